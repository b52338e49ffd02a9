import type { Io, OutputStream } from "../io.ts";

const CODES = { red: 31, green: 32, yellow: 33, cyan: 36, bold: 1, dim: 2 } as const;

/** Wraps text in a colour, or leaves it as it is where colours are off. */
export type Paint = (style: keyof typeof CODES, text: string) => string;

/** For files, and where colours are not wanted. */
export const plainPaint: Paint = (_style, text) => text;

/** For terminals. Bold and dim share one code that ends them (22), colours another (39). */
export const colorPaint: Paint = (style, text) =>
  text === "" ? "" : `\u001b[${CODES[style]}m${text}\u001b[${style === "bold" || style === "dim" ? 22 : 39}m`;

/** Colours on a terminal, unless `NO_COLOR` is set to anything (https://no-color.org) or the terminal is dumb. */
export function paintFor(stream: OutputStream, env: Io["env"]): Paint {
  return usesColor(stream, env) ? colorPaint : plainPaint;
}

/** Whether a stream takes colours; `paintFor` says when. */
export function usesColor(stream: OutputStream, env: Io["env"]): boolean {
  return stream.isTty && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}

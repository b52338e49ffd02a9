import type { Io } from "../io.ts";

/** Prints an answer as one line of JSON. */
export function printJson(io: Pick<Io, "stdout">, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value)}\n`);
}

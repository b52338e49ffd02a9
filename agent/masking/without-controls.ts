/** A line without what a terminal does not show, and where each of its characters stands in the line. */
export interface VisibleText {
  readonly text: string;
  /** Index in the line of the character at an index of `text`. */
  placeOf(at: number): number;
}

/** Escape sequences (ECMA-48: CSI, OSC, two characters) and control characters; tabs are shown. */
const CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that this is about.
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-_]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** What is left of a line without its controls; `undefined` where there are none, as in most lines. */
export function withoutControls(line: string): VisibleText | undefined {
  const kept: { readonly at: number; readonly place: number }[] = [];
  let text = "";
  let end = 0;
  for (const { 0: control, index } of line.matchAll(CONTROLS)) {
    kept.push({ at: text.length, place: end });
    text += line.slice(end, index);
    end = index + control.length;
  }
  if (end === 0) {
    return undefined;
  }
  kept.push({ at: text.length, place: end });
  text += line.slice(end);
  return {
    text,
    placeOf(at) {
      // The last part that begins at or before `at`; empty parts share their beginning with the next.
      let low = 0;
      for (let high = kept.length; high - low > 1; ) {
        const middle = (low + high) >> 1;
        if ((kept[middle]?.at ?? 0) <= at) {
          low = middle;
        } else {
          high = middle;
        }
      }
      const part = kept[low];
      return part === undefined ? at : part.place + at - part.at;
    },
  };
}

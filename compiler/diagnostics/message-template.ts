/** What a message may be filled with. */
export type MessageParam = string | number;

/** A message with named holes; `keys` makes a missing parameter a compile error of our own code. */
export interface MessageTemplate<K extends string> {
  readonly keys: readonly K[];
  render(params: { readonly [key: string]: MessageParam }): string;
}

/**
 * Template tag for catalog messages: `` text`Alias "${"alias"}" is used twice.` `` needs `{ alias }`.
 * User text is cut at 120 characters and its control characters are shown as spaces, so a message stays one line.
 */
export function text<const K extends readonly string[]>(
  strings: TemplateStringsArray,
  ...keys: K
): MessageTemplate<K[number]> {
  return {
    keys,
    render: (params) => String.raw({ raw: strings }, ...keys.map((key) => showParam(params[key]))),
  };
}

const LONGEST_PARAM = 120;

function showParam(param: MessageParam | undefined): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters of user text must not reach a terminal
  const line = String(param).replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
  return line.length > LONGEST_PARAM ? `${line.slice(0, LONGEST_PARAM - 1)}…` : line;
}

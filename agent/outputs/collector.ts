import { OUTPUT_LIMITS, type OutputEntry } from "../protocol.ts";

/** The outputs of an attempt as they are seen; a later value of the same name wins. */
export interface OutputCollector {
  add(entry: OutputEntry): void;
  /** Outputs that changed since they were last taken. */
  takeChanged(): OutputEntry[];
  /** Puts entries back that could not be delivered; a newer value stands. */
  putBack(entries: readonly OutputEntry[]): void;
  all(): OutputEntry[];
}

/**
 * Keeps outputs within the limits of reference/erda.md 1.17 (100 entries, names of 128 characters, values of 1,024,000
 * bytes). What is beyond them is left out, and `onRefused` says so once per name. `onChange` is called on every change.
 */
export function createOutputCollector(callbacks: {
  onChange(): void;
  onRefused(message: string): void;
}): OutputCollector {
  const entries = new Map<string, { readonly value: unknown; readonly text: string }>();
  const changed = new Set<string>();
  const refused = new Set<string>();
  const refusal = (name: string, text: string): string | undefined => {
    if (name === "") {
      return "it has no name";
    }
    if (name.length > OUTPUT_LIMITS.keyCharacters) {
      return `its name has ${name.length} characters; at most ${OUTPUT_LIMITS.keyCharacters} are allowed`;
    }
    const bytes = Buffer.byteLength(text);
    if (bytes > OUTPUT_LIMITS.valueBytes) {
      return `it has ${bytes} bytes; at most ${OUTPUT_LIMITS.valueBytes} are allowed`;
    }
    if (!entries.has(name) && entries.size >= OUTPUT_LIMITS.entries) {
      return `an action can put out at most ${OUTPUT_LIMITS.entries}`;
    }
    return undefined;
  };
  const current = (name: string): OutputEntry => ({ name, value: entries.get(name)?.value });
  return {
    add({ name, value }) {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      if (entries.get(name)?.text === text && typeof entries.get(name)?.value === typeof value) {
        return;
      }
      const reason = refusal(name, text);
      if (reason !== undefined) {
        if (!refused.has(name)) {
          refused.add(name);
          callbacks.onRefused(`The output "${name.slice(0, 200)}" is not kept: ${reason}.`);
        }
        return;
      }
      entries.set(name, { value, text });
      changed.add(name);
      callbacks.onChange();
    },
    takeChanged() {
      const taken = [...changed].map(current);
      changed.clear();
      return taken;
    },
    putBack(taken) {
      for (const { name } of taken) {
        changed.add(name);
      }
    },
    all: () => [...entries.keys()].map(current),
  };
}

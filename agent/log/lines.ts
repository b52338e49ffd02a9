import { StringDecoder } from "node:string_decoder";

/** Cuts a stream of bytes into lines. */
export interface LineSplitter {
  /** Answers the lines that are complete with `chunk`, without their line feed. */
  push(chunk: Buffer): string[];
  /** Answers what is left when the stream has ended without a line feed. */
  end(): string[];
}

/**
 * Lines of UTF-8 text; a character that is cut by two chunks is put together again. A line of more than `longest`
 * characters is given out in pieces, so that memory stays bounded; `cut` says where it may be cut.
 */
export function createLineSplitter(longest: number, cut: (text: string) => number): LineSplitter {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  const split = (text: string): string[] => {
    const lines = text.split("\n");
    rest = rest === "" ? (lines[0] ?? "") : rest + (lines[0] ?? "");
    const complete: string[] = [];
    for (const line of lines.slice(1)) {
      complete.push(withoutReturn(rest));
      rest = line;
    }
    while (rest.length > longest) {
      const at = Math.max(1, cut(rest));
      complete.push(rest.slice(0, at));
      rest = rest.slice(at);
    }
    return complete;
  };
  return {
    push: (chunk) => split(decoder.write(chunk)),
    end() {
      const lines = split(decoder.end());
      if (rest !== "") {
        lines.push(withoutReturn(rest));
        rest = "";
      }
      return lines;
    },
  };
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

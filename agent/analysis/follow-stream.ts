import { FAMILIES } from "./families/index.ts";
import type { Finding, Findings } from "./findings.ts";
import { isNoise } from "./noise.ts";
import { plainLine } from "./plain-line.ts";
import { MOST_LINES_BEFORE, type Sign } from "./sign.ts";

const SIGNS: readonly Sign[] = FAMILIES.flat();

/** All signs in one pattern for each set of flags: nearly every line of a log has none, and is then tested seven times faster. */
const ANY_SIGN: readonly RegExp[] = [...Map.groupBy(SIGNS, ({ line }) => line.flags)].map(
  ([flags, signs]) => new RegExp(signs.map(({ line }) => `(?:${line.source})`).join("|"), flags),
);

/** What a sign that has `ends` waits for comes within this many lines, or not at all. */
const LONGEST_STORY_LINES = 200;

/** A finding that still takes lines. */
interface Open {
  readonly finding: Finding;
  left: number;
}

/**
 * Reads one stream of the scripts line by line, masked, and adds what it finds. Each stream has its own reader, so that
 * the lines around a finding are those of its own stream. `next` numbers findings across the streams.
 */
export function followStream(findings: Findings, next: () => number): (line: string) => void {
  let before: string[] = [];
  let open: Open | undefined;
  const remember = (text: string) => {
    before.push(text);
    if (before.length > MOST_LINES_BEFORE) {
      before.shift();
    }
  };
  const start = (sign: Sign, text: string) => {
    const taken = before.slice(before.length - Math.min(sign.before ?? 0, before.length));
    const finding: Finding = { sign, at: next(), lines: [...taken, text], headline: text };
    before = [];
    open = { finding, left: sign.ends === undefined ? (sign.after ?? 0) : LONGEST_STORY_LINES };
    if (sign.ends === undefined) {
      findings.add(finding);
    }
  };
  return (line) => {
    const text = plainLine(line);
    if (text.trim() === "") {
      return;
    }
    if (open?.finding.sign.ends !== undefined) {
      if (continueStory(open, text)) {
        if (open.left === 0) {
          findings.add(open.finding);
          open = undefined;
        }
        return;
      }
      open = undefined;
    }
    const sign = signOf(text);
    if (open !== undefined && open.left > 0 && (sign === undefined || sign.weight < open.finding.sign.weight)) {
      if (!isNoise(text)) {
        open.finding.lines.push(text);
        open.left -= 1;
      }
    } else if (sign === undefined) {
      remember(text);
    } else {
      start(sign, text);
    }
  };
}

/** Takes one line into a story with an end; answers false where the story does not end as such stories do. */
function continueStory(open: Open, text: string): boolean {
  const { finding } = open;
  open.left -= 1;
  finding.lines.push(text);
  if (finding.sign.ends?.test(text)) {
    finding.headline = text;
    const own = signOf(text);
    if (own !== undefined && own.weight >= finding.sign.weight) {
      finding.sign = own;
    }
    open.left = 0;
    return true;
  }
  // The opening line stays, and the last few: a traceback names the innermost place last.
  if (finding.lines.length > 1 + (finding.sign.after ?? 0)) {
    finding.lines.splice(1, 1);
  }
  return open.left > 0;
}

function signOf(text: string): Sign | undefined {
  if (!ANY_SIGN.some((pattern) => pattern.test(text))) {
    return undefined;
  }
  return SIGNS.find(({ line, except }) => line.test(text) && except?.test(text) !== true);
}

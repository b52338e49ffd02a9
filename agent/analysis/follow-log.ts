import { FAMILIES } from "./families/index.ts";
import type { Finding, Findings } from "./findings.ts";
import { isNoise } from "./noise.ts";
import { plainLine } from "./plain-line.ts";
import { MOST_LINES_BEFORE, type Sign, WEIGHTS } from "./sign.ts";
import { absolvedWeight } from "./success.ts";
import { createSuspects } from "./suspects.ts";
import { withoutPrefix } from "./without-prefix.ts";

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
  isTold: boolean;
}

/** A line as it is shown, and as the signs see it. */
interface Line {
  readonly shown: string;
  readonly text: string;
}

/**
 * Reads what the scripts print line by line, masked, and adds what it finds. `next` numbers the lines.
 */
export function followLog(findings: Findings, next: () => number): (line: string) => void {
  const suspects = createSuspects();
  let before: string[] = [];
  let open: Open | undefined;
  const remember = (shown: string) => {
    before.push(shown);
    if (before.length > MOST_LINES_BEFORE) {
      before.shift();
    }
  };
  const start = (sign: Sign, { shown }: Line, at: number) => {
    const taken = before.slice(before.length - Math.min(sign.before ?? 0, before.length));
    const told = sign.tells === undefined ? -1 : taken.findLastIndex((line) => sign.tells?.test(withoutPrefix(line)));
    const finding: Finding = {
      sign,
      at,
      lines: [...taken, shown],
      headline: withoutPrefix(taken[told] ?? shown),
      headlineAt: told === -1 ? taken.length : told,
    };
    before = sign.weight <= WEIGHTS.hint ? [...before, shown].slice(-MOST_LINES_BEFORE) : [];
    open = { finding, left: sign.ends === undefined ? (sign.after ?? 0) : LONGEST_STORY_LINES, isTold: told !== -1 };
    if (sign.ends === undefined) {
      findings.add(finding);
    }
    if (sign.weight === WEIGHTS.consequence) {
      suspects.confirmed(at).forEach(findings.add);
    } else {
      suspects.note(finding);
    }
  };
  return (written) => {
    const shown = plainLine(written);
    if (shown.trim() === "") {
      return;
    }
    const at = next();
    const text = withoutPrefix(shown);
    if (open?.finding.sign.ends !== undefined) {
      if (continueStory(open, { shown, text })) {
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
      takeLine(open, { shown, text });
      if (open.finding.sign.weight <= WEIGHTS.hint) {
        remember(shown);
      }
    } else if (sign === undefined) {
      remember(shown);
    } else {
      start(sign, { shown, text }, at);
    }
    const absolved = absolvedWeight(text);
    if (absolved !== undefined) {
      findings.absolve(absolved);
      suspects.forget();
      open = undefined;
    }
  };
}

/** Takes a line that stands behind a finding. */
function takeLine(open: Open, { shown, text }: Line): void {
  if (isNoise(text)) return;
  open.finding.lines.push(shown);
  open.left -= 1;
  if (!open.isTold && open.finding.sign.tells?.test(text) === true) {
    open.finding.headline = text;
    open.finding.headlineAt = open.finding.lines.length - 1;
    open.isTold = true;
  }
}

/** Takes one line into a story with an end; answers false where the story does not end as such stories do. */
function continueStory(open: Open, { shown, text }: Line): boolean {
  const { finding } = open;
  open.left -= 1;
  finding.lines.push(shown);
  if (finding.sign.ends?.test(text)) {
    finding.headline = text;
    finding.headlineAt = finding.lines.length - 1;
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

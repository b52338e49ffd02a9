import { ANALYSIS_LIMITS, type FailureAnalysis, type FailureKind } from "../protocol.ts";
import { didSucceed, type ExitMeaning, type ExitOfScripts, exitMeaning } from "./exit-meaning.ts";
import { createFindings, decisive, type SortOfFinding } from "./findings.ts";
import { followLog } from "./follow-log.ts";
import { WEIGHTS } from "./sign.ts";

/** Reads along while the scripts run, and says at their end why they failed. */
export interface FailureAnalyser {
  /** Takes a line, masked. */
  follow(line: string): void;
  /** `undefined` where the scripts succeeded, and where nothing tells why they failed. */
  conclude(end: ExitOfScripts): FailureAnalysis | undefined;
}

/**
 * What an exit code adds to the lines that say the same, in the units of `WEIGHTS`: a small command's line (5) then
 * counts more than a compiler's (8), and still less than one that explains the code (9).
 */
const CONFIRMED = 3.5;

/** What a summary begins with. */
const WORDS: { readonly [kind in FailureKind]: string } = {
  compile: "Compile error",
  lint: "Lint error",
  test: "Test failure",
  exception: "Uncaught error",
  crash: "Crash",
  memory: "Out of memory",
  "disk-full": "Disk full",
  dependency: "Dependency not available",
  configuration: "Configuration error",
  script: "Error in the script",
  "missing-file": "Missing file",
  "command-not-found": "Command not found",
  permission: "Permission denied",
  network: "Network error",
  authentication: "Not authorised",
  git: "git error",
  tool: "A tool failed",
  unknown: "Error",
};

/**
 * An analyser of one attempt. It keeps at most six findings of each kind and weight, with a few lines each, so its
 * memory does not grow with the log; each line is cut and tested once, so its time grows with it linearly.
 */
export function createFailureAnalyser(): FailureAnalyser {
  const findings = createFindings();
  let count = 0;
  return {
    follow: followLog(findings, () => ++count),
    conclude(end) {
      if (didSucceed(end)) {
        return undefined;
      }
      const meaning = exitMeaning(end);
      const best = mostTelling(
        findings.sorts().filter((sort) => isNearEnough(sort, count)),
        meaning,
      );
      if (meaning !== undefined && (best === undefined || (meaning.isCertain && best.kind !== meaning.kind))) {
        return { kind: meaning.kind, summary: `${meaning.summary}.`, lines: [] };
      }
      return best && analysisOf(best);
    },
  };
}

/** In how many of a log's last lines the words of each weight tell something; all others do wherever they stand. */
const LAST_LINES: ReadonlyMap<number, number> = new Map([
  [WEIGHTS.hint, 12],
  [WEIGHTS.whisper, 4],
]);

function isNearEnough({ weight, lastAt }: SortOfFinding, lines: number): boolean {
  return lastAt > lines - (LAST_LINES.get(weight) ?? lines);
}

/** The greatest weight; of equal weights what was written last, for scripts end with what fails. */
function mostTelling(sorts: readonly SortOfFinding[], meaning: ExitMeaning | undefined): SortOfFinding | undefined {
  const weightOf = ({ kind, weight }: SortOfFinding) => weight + (kind === meaning?.kind ? CONFIRMED : 0);
  return sorts.toSorted((a, b) => weightOf(b) - weightOf(a) || b.lastAt - a.lastAt)[0];
}

function analysisOf(sort: SortOfFinding): FailureAnalysis {
  const headline = decisive(sort)?.headline.trim() ?? "";
  const more = sort.count > 1 ? ` (one of ${sort.count})` : "";
  const longest = ANALYSIS_LIMITS.summaryCharacters - more.length;
  const text = `${WORDS[sort.kind]}: ${headline}`;
  return {
    kind: sort.kind,
    summary: `${text.length > longest ? `${text.slice(0, longest - 1)}…` : text}${more}`.toWellFormed(),
    lines: linesOf(sort).map((line) => line.slice(0, ANALYSIS_LIMITS.lineCharacters).toWellFormed()),
  };
}

/** The decisive finding whole, then of the others what tells most, as far as there is room, in the order of the log. */
function linesOf(sort: SortOfFinding): readonly string[] {
  const first = decisive(sort);
  const firstLines = first?.lines.slice(0, ANALYSIS_LIMITS.lines) ?? [];
  const others = sort.kept.filter((finding) => finding !== first);
  const room = ANALYSIS_LIMITS.lines - firstLines.length;
  const linesOfEach = Math.max(1, Math.floor(room / Math.max(1, others.length)));
  // Those next to the decisive one: where the first counts the ones after it, else the ones before.
  const nearest =
    first !== undefined && first === sort.kept[0] ? others.slice(0, room) : others.slice(-room || others.length);
  const chosen = room === 0 ? [] : nearest;
  return sort.kept.flatMap((finding) => {
    if (finding === first) return firstLines;
    const from = finding.lines.length <= linesOfEach ? 0 : finding.headlineAt;
    return chosen.includes(finding) ? finding.lines.slice(from, from + linesOfEach) : [];
  });
}

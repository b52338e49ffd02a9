import { parseCron } from "../../cron/parse-cron.ts";
import { DEFAULT_TIME_ZONE, readTimeZone, timeZoneNames } from "../../cron/time-zone.ts";
import { didYouMean, joinWords } from "../../diagnostics/suggest.ts";
import { renameToNear, replaceName } from "../../diagnostics/text-fixes.ts";
import { DEFAULT_OVERLAP, OVERLAP_POLICIES, type OverlapPolicy, type Schedule } from "../../model/schedule.ts";
import type { YamlEntry } from "../../parse/tree.ts";
import type { Located } from "../../source/span.ts";
import { field, wordsOf } from "./fields.ts";
import { type NamedContext, referenceContext } from "./read-context.ts";
import { reportCronProblem } from "./report-cron-problem.ts";

/** `cron`, `cron_timezone` and `cron_overlap`. Source: reference/erda.md 1.8; Erda has only the first. */
export function readSchedule(entries: readonly YamlEntry[], context: NamedContext): Schedule | undefined {
  const timezone = readZone(wordsOf(field(entries, "cron_timezone")), context);
  const overlap = readOverlap(wordsOf(field(entries, "cron_overlap")), context);
  const node = field(entries, "cron");
  const text = wordsOf(node);
  if (node?.kind !== "scalar" || !text) {
    // A value of another type was told as that.
    if (node === undefined || node.kind === "scalar") {
      reportAlone(entries, ["cron_timezone", "cron_overlap"], 'the pipeline has no "cron"', context);
    }
    return undefined;
  }
  const { cron, problems } = parseCron(text.value);
  const { spanOf } = referenceContext(node, context, "value");
  for (const problem of problems) reportCronProblem(problem, spanOf(problem.span.start, problem.span.end), context);
  if (cron === undefined || problems.length > 0) return undefined;
  if (cron.kind === "rate") {
    reportAlone(entries, ["cron_timezone"], '"@every" counts minutes, whatever the clock says', context);
  }
  return { cron: { value: cron, span: text.span }, text: text.value.trim(), timezone, overlap };
}

function readZone(written: Located<string> | undefined, { collector }: NamedContext): string {
  if (written === undefined) return DEFAULT_TIME_ZONE;
  const zone = readTimeZone(written.value);
  if (zone !== undefined) return zone;
  const help = didYouMean(written.value, nearZones(written.value));
  collector.report(
    "read/unknown-time-zone",
    written.span,
    { zone: written.value },
    { help: help ?? 'Write a name of the IANA database: "UTC", "Asia/Shanghai".' },
  );
  return DEFAULT_TIME_ZONE;
}

/** Zones of the same continent, where one is written: there are too many to compare with all. */
function nearZones(written: string): readonly string[] {
  const slash = written.indexOf("/");
  const continent = written.slice(0, slash + 1).toLowerCase();
  return timeZoneNames().filter((name) =>
    slash === -1 ? !name.includes("/") : name.toLowerCase().startsWith(continent),
  );
}

const OTHER_WORDS: ReadonlyMap<string, OverlapPolicy> = new Map([
  ["skip", "forbid"],
  ["cancel", "replace"],
]);

function readOverlap(written: Located<string> | undefined, { collector, file }: NamedContext): OverlapPolicy {
  if (written === undefined) return DEFAULT_OVERLAP;
  const { span, value } = written;
  const known = OVERLAP_POLICIES.find((policy) => policy === value);
  if (known !== undefined) return known;
  const lower = value.toLowerCase();
  const other = OTHER_WORDS.get(lower) ?? OVERLAP_POLICIES.find((policy) => policy === lower);
  const fixes = other ? replaceName(file, span, value, other) : renameToNear(file, span, value, OVERLAP_POLICIES);
  const words = joinWords(
    OVERLAP_POLICIES.map((policy) => `"${policy}"`),
    "or",
  );
  const help = other ? `Write "${other}".` : (didYouMean(value, OVERLAP_POLICIES) ?? `Write ${words}.`);
  collector.report("read/unknown-overlap", span, { overlap: value }, { help, fixes });
  return DEFAULT_OVERLAP;
}

function reportAlone(
  entries: readonly YamlEntry[],
  keys: readonly string[],
  why: string,
  { collector }: NamedContext,
): void {
  for (const { key, keySpan, value } of entries) {
    if (keys.includes(key) && wordsOf(value)) {
      collector.report("read/cron-alone", keySpan, { key, why }, { help: `Take "${key}" away.` });
    }
  }
}

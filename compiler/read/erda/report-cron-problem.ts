import { assertNever } from "../../assert-never.ts";
import type { CronProblem } from "../../cron/cron.ts";
import { CRON_DESCRIPTORS } from "../../cron/parse-cron.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { replaceName } from "../../diagnostics/text-fixes.ts";
import type { Span } from "../../source/span.ts";
import type { ReadContext } from "./read-context.ts";

/** Tells what is wrong with a `cron`, at its place in the file. */
export function reportCronProblem(problem: CronProblem, span: Span, { collector, file }: ReadContext): void {
  const instead = (from: string, to: string): readonly Fix[] => replaceName(file, span, from, to);
  switch (problem.kind) {
    case "field-count":
      collector.report("read/cron-field-count", span, { count: problem.count });
      return;
    case "value": {
      const { allowed, field: name, help, replacement, text, why } = problem;
      const fixes = replacement === undefined ? [] : instead(text, replacement);
      collector.report("read/cron-value", span, { text, why, field: name, allowed }, { help, fixes });
      return;
    }
    case "seconds":
      collector.report("read/cron-seconds", span, { text: problem.text }, { fixes: instead(problem.text, "0") });
      return;
    case "descriptor": {
      const { text } = problem;
      const help = didYouMean(text, CRON_DESCRIPTORS) ?? `The words are ${CRON_DESCRIPTORS.join(", ")}.`;
      collector.report("read/cron-descriptor", span, { text }, { help });
      return;
    }
    case "duration":
      collector.report("read/cron-duration", span, { text: problem.text });
      return;
    case "not-minutes": {
      const { nearest, text } = problem;
      collector.report("read/cron-whole-minutes", span, { text, nearest }, { fixes: instead(text, nearest) });
      return;
    }
    case "zone":
      collector.report("read/cron-zone-in-front", span, { text: problem.text, zone: problem.zone });
      return;
    case "never":
      collector.report("read/cron-never", span, { days: problem.days });
      return;
    /* v8 ignore next -- @preserve */
    default:
      assertNever(problem);
  }
}

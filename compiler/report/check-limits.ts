import { LARGEST_DEFINITION_BYTES, MOST_HISTORY_EVENTS } from "../asl/limits.ts";
import { createDiagnosticCollector } from "../diagnostics/collector.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { EmittedMachine } from "../emit/emit-machine.ts";
import type { LoweredMachine } from "../lower/lowered.ts";
import type { SourceFile } from "../source/source-file.ts";
import { type MachineCosts, retryEventsOf, stepsOf } from "./costs.ts";

/** Where something concerns the file as a whole. */
const WHOLE_FILE = { start: 0, end: 0 };

/** Says where a machine is larger than Step Functions allows, or its history may become so. */
export function checkLimits(
  lowered: LoweredMachine,
  machine: EmittedMachine,
  costs: MachineCosts,
  file: SourceFile,
): readonly Diagnostic[] {
  const collector = createDiagnosticCollector(file);
  const { bytes } = machine;
  if (bytes > LARGEST_DEFINITION_BYTES) {
    collector.report("lower/definition-too-large", WHOLE_FILE, { bytes, limit: LARGEST_DEFINITION_BYTES });
  }
  const limit = MOST_HISTORY_EVENTS;
  if (costs.eventsWithoutRetries > limit) {
    collector.report("lower/too-many-events", WHOLE_FILE, { events: costs.eventsWithoutRetries, limit });
  } else if (costs.worstCaseEvents > limit) {
    // Named is whoever repeats most: its numbers are the ones to change.
    const steps = lowered.stages.flatMap(stepsOf).toSorted((a, b) => retryEventsOf(b) - retryEventsOf(a));
    const { action } = steps[0]?.node ?? {};
    if (action) {
      const span = action.loop?.span ?? action.retry?.span ?? action.span;
      const params = { alias: action.alias.value, events: costs.worstCaseEvents, limit };
      collector.report("lower/loop-may-exhaust-history", span, params);
    }
  }
  return collector.diagnostics;
}

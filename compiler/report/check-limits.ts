import { LARGEST_DEFINITION_BYTES, MOST_HISTORY_EVENTS } from "../asl/limits.ts";
import { createDiagnosticCollector } from "../diagnostics/collector.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { EmittedMachine } from "../emit/emit-machine.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import type { LoweredMachine, LoweredStage } from "../lower/lowered.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";
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
    const [most] = lowered.stages.flatMap(policiesOf).toSorted((a, b) => b.events - a.events);
    if (!most) throw new InternalCompilerError("Nothing is repeated, and yet repetitions add events.");
    const params = { alias: most.alias, events: costs.worstCaseEvents, limit };
    collector.report("lower/loop-may-exhaust-history", most.span, params);
  }
  return collector.diagnostics;
}

/** Where the actions of a stage say how often they repeat, and how many events that may add. */
function policiesOf(
  stage: LoweredStage,
): readonly { readonly alias: string; readonly span: Span; readonly events: number }[] {
  return stepsOf(stage).flatMap((step) => {
    const { alias, loop, retry } = step.node.action;
    const policy = loop ?? retry;
    return policy ? [{ alias: alias.value, span: policy.span, events: retryEventsOf(step) }] : [];
  });
}

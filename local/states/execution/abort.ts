import { recordAfter } from "../history/record.ts";
import { dropVariables } from "./assign.ts";
import { type StepContext, stateNamed } from "./context.ts";
import type { Activity, Frame } from "./execution.ts";

/** States that can be under way while another branch fails. */
const ABORTABLE: ReadonlySet<string> = new Set(["Task", "Wait", "Parallel", "Map"]);

/** Stops what a state waits for. A call that is under way is left to itself; its answer comes too late. */
export function stopActivity(context: StepContext, activity: Activity | undefined): void {
  const cancel = (timer: number | undefined): void => {
    if (timer !== undefined) context.effects.push({ kind: "cancelTimer", timer });
  };
  switch (activity?.kind) {
    case "wait":
    case "backoff":
      cancel(activity.timer);
      break;
    case "task":
      cancel(activity.timeoutTimer);
      cancel(activity.heartbeatTimer);
      break;
    default:
      break;
  }
}

/** Ends a branch or iteration because another one has failed. All its events follow the one that failed. */
function abortFrame(context: StepContext, frame: Frame, failedEventId: number): void {
  const { run } = frame;
  if (run !== undefined) {
    const { activity } = run;
    if (activity?.kind === "parallel" || activity?.kind === "map") {
      abortFrames(context, activity.frames, failedEventId, activity.kind === "map" ? run.state : undefined);
    }
    stopActivity(context, activity);
    const { type } = stateNamed(context, frame, run.state);
    if (ABORTABLE.has(type)) recordAfter(context, failedEventId, `${type}StateAborted`);
  }
  removeFrame(context, frame);
}

/** @param mapState the name of the Map state whose iterations these are; undefined for branches */
export function abortFrames(
  context: StepContext,
  frames: readonly (number | null)[],
  failedEventId: number,
  mapState: string | undefined,
): void {
  for (const [index, id] of frames.entries()) {
    const frame = id === null ? undefined : context.execution.frames[id];
    if (frame === undefined) continue;
    if (mapState !== undefined) {
      const details = ["mapIterationAbortedEventDetails", { name: mapState, index }] as const;
      recordAfter(context, failedEventId, "MapIterationAborted", details);
    }
    abortFrame(context, frame, failedEventId);
  }
}

/** Forgets a frame that has ended. */
export function removeFrame(context: StepContext, frame: Frame): void {
  dropVariables(context, frame);
  frame.run = undefined;
  frame.entering = undefined;
  delete context.execution.frames[frame.id];
}

import type { Compilation } from "../../compiler/index.ts";
import type { RunView } from "../../functions/index.ts";
import { advance, type ProgressEvent, type RunProgress, settle, startProgress } from "./progress.ts";
import type { ProgressView } from "./view.ts";

/** Turns what happens into progress, and hands each change to a view. */
export interface Follower {
  /** Shows the run as it is before anything has happened. */
  begin(): void;
  event(event: ProgressEvent): void;
  /** Lines of an action that the plan does not know are dropped. `at` is in milliseconds since the epoch. */
  logLine(line: { readonly actionKey: string; readonly attempt: number; readonly text: string }, at: number): void;
  /** The run as it was recorded: the last word about statuses and times. */
  finish(run: RunView, endedAt: number): void;
}

/** Follows one run of a compilation from before its first action. */
export function createFollower(
  compilation: Compilation,
  run: { readonly runId: string; readonly startedAt: number },
  view: ProgressView,
): Follower {
  const { plan } = compilation;
  const actions = new Map(plan.order.map((action) => [action.key, action]));
  let progress: RunProgress = startProgress({ pipeline: plan.name, ...run }, plan.order);
  const show = (next: RunProgress) => {
    progress = next;
    view.update(progress);
  };
  return {
    begin: () => show(progress),
    event: (event) => show(advance(progress, event)),
    logLine: ({ actionKey: key, attempt, text }, at) => {
      const action = actions.get(key);
      if (action === undefined) return;
      show(advance(progress, { kind: "log", key, attempt, text, at }));
      view.logLine(action, text);
    },
    finish: (run, endedAt) => {
      progress = settle(progress, run, endedAt);
      view.finish(progress);
    },
  };
}

import type { Paint } from "../text/color.ts";
import type { ActionStatus, RunStatus } from "./progress.ts";

interface Look {
  readonly sign: string;
  readonly words: string;
  readonly style: Parameters<Paint>[0];
}

/** How each status of an action is shown. The sign of a running one is the spinner's frame. */
export const ACTION_LOOKS: Readonly<Record<ActionStatus, Look>> = {
  pending: { sign: "·", words: "pending", style: "dim" },
  skipped: { sign: "↷", words: "skipped", style: "dim" },
  disabled: { sign: "–", words: "disabled", style: "dim" },
  queued: { sign: "…", words: "queued", style: "dim" },
  running: { sign: "▶", words: "running", style: "cyan" },
  waiting: { sign: "?", words: "waiting for a person", style: "yellow" },
  succeeded: { sign: "✓", words: "succeeded", style: "green" },
  failed: { sign: "✗", words: "failed", style: "red" },
  timedOut: { sign: "✗", words: "timed out", style: "red" },
  cancelled: { sign: "■", words: "cancelled", style: "yellow" },
};

/** How each status of a run is shown. */
export const RUN_LOOKS: Readonly<Record<RunStatus, Look>> = {
  queued: { sign: "…", words: "queued", style: "dim" },
  running: { sign: "▶", words: "running", style: "cyan" },
  suspended: { sign: "‖", words: "suspended", style: "yellow" },
  succeeded: { sign: "✓", words: "succeeded", style: "green" },
  failed: { sign: "✗", words: "failed", style: "red" },
  cancelled: { sign: "■", words: "cancelled", style: "yellow" },
  timedOut: { sign: "✗", words: "timed out", style: "red" },
};

/** `text` in the colour of a look. */
export function painted(paint: Paint, look: Look, text: string): string {
  return paint(look.style, text);
}

/** Whether a text that came over the bus is a status of an action. */
export function isActionStatus(text: string): text is ActionStatus {
  return Object.hasOwn(ACTION_LOOKS, text);
}

/** Whether a text that came over the bus is a status of a run. */
export function isRunStatus(text: string): text is RunStatus {
  return Object.hasOwn(RUN_LOOKS, text);
}

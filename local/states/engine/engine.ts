import type { Clock } from "../../clock.ts";
import type { Machine } from "../definition/model.ts";
import { STATES_ERRORS } from "../error-names.ts";
import { advance, nesting } from "../execution/advance.ts";
import type { StepContext } from "../execution/context.ts";
import type { Effect, ExecutionEvent } from "../execution/event.ts";
import type { Execution } from "../execution/execution.ts";
import { failExecution } from "../execution/finish.ts";
import type { RandomBytes } from "../randomness.ts";
import { runStep } from "../step.ts";
import type { TaskAnswer } from "../tasks/integration.ts";

/** What the engine takes from outside. */
export interface EngineOptions {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly region: string;
  /** Called when an execution has begun and when it has ended, after the step that did it. */
  onStatusChange(execution: Execution): void;
}

/** Everything around the step function that is no data: mailboxes, timers, calls. */
export interface Engine {
  start(execution: Execution, machine: Machine): void;
  /** Gives an event to an execution; answers whether it was of any use. */
  post(arn: string, event: ExecutionEvent): Promise<boolean>;
  /** Lets nothing happen any more. */
  stop(): void;
}

/** An execution that runs. Its events are handled one after the other. */
interface Live {
  readonly execution: Execution;
  readonly machine: Machine;
  readonly mailbox: { readonly event: ExecutionEvent; readonly answer: (isTimely: boolean) => void }[];
  /** How to cancel each timer, by its number. */
  readonly timers: Map<number, () => void>;
  isBusy: boolean;
}

/** An engine without executions. */
export function createEngine({ clock, random, region, onStatusChange }: EngineOptions): Engine {
  const lives = new Map<string, Live>();

  const post = (live: Live, event: ExecutionEvent): Promise<boolean> =>
    new Promise((answer) => {
      live.mailbox.push({ event, answer });
      work(live);
    });

  const work = (live: Live): void => {
    while (!live.isBusy) {
      const mail = live.mailbox.shift();
      if (mail === undefined) return;
      live.isBusy = true;
      const context: StepContext = {
        execution: live.execution,
        machine: live.machine,
        region,
        now: clock.now(),
        random,
        effects: [],
        ready: [],
        nesting,
      };
      let isSynchronous = true;
      const whenDone = (isTimely: boolean): void => {
        settle(live, context.effects);
        live.isBusy = false;
        mail.answer(isTimely);
        // Where the step had to wait, the loop that began it is long gone.
        if (!isSynchronous) work(live);
      };
      runStep(advance(context, mail.event), whenDone, (error) => {
        // A bug of ours: the execution ends and says so, instead of hanging for ever.
        const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
        failExecution(context, { error: STATES_ERRORS.runtime, cause }, live.execution.history.length);
        whenDone(true);
      });
      isSynchronous = false;
    }
  };

  /** Does what a step asked for, once the step is over. This is the place to store the execution before. */
  const settle = (live: Live, effects: readonly Effect[]): void => {
    const { execution } = live;
    if (execution.status === "RUNNING") {
      for (const effect of effects) perform(live, effect);
      return;
    }
    lives.delete(execution.arn);
    for (const cancel of live.timers.values()) cancel();
    live.timers.clear();
    onStatusChange(execution);
  };

  const perform = (live: Live, effect: Effect): void => {
    switch (effect.kind) {
      case "startTimer": {
        const { timer, frame, due } = effect;
        const cancel = clock.schedule(Math.max(0, due - clock.now()), () => {
          live.timers.delete(timer);
          void post(
            live,
            frame === undefined ? { type: "executionTimedOut", timer } : { type: "timerDue", frame, timer },
          );
        });
        live.timers.set(timer, cancel);
        return;
      }
      case "cancelTimer":
        live.timers.get(effect.timer)?.();
        live.timers.delete(effect.timer);
        return;
      case "startTask":
        callTask(live, effect);
        return;
    }
  };

  const callTask = (live: Live, effect: Extract<Effect, { kind: "startTask" }>): void => {
    const { frame, task } = effect;
    const state = live.machine.flows[effect.flow]?.states.get(effect.state);
    const activity = live.execution.frames[frame]?.run?.activity;
    // The step that wanted the call may have stopped its branch further on.
    if (state?.type !== "Task" || activity?.kind !== "task" || activity.task !== task) return;
    const { integration } = state;
    void post(live, { type: "taskStarted", frame, task });
    void integration
      .run(effect.arguments)
      .then((answer) => post(live, answerEvent(answer, frame, task, integration.waitsForToken)));
  };

  return {
    start(execution, machine) {
      const live: Live = { execution, machine, mailbox: [], timers: new Map(), isBusy: false };
      lives.set(execution.arn, live);
      onStatusChange(execution);
      void post(live, { type: "started" });
    },
    async post(arn, event) {
      const live = lives.get(arn);
      return live === undefined ? false : post(live, event);
    },
    stop() {
      for (const live of lives.values()) {
        live.isBusy = true;
        for (const cancel of live.timers.values()) cancel();
      }
      lives.clear();
    },
  };
}

function answerEvent(answer: TaskAnswer, frame: number, task: number, waitsForToken: boolean): ExecutionEvent {
  if (answer.kind === "failed") return { type: "taskFailed", frame, task, error: answer.error, cause: answer.cause };
  return { type: waitsForToken ? "taskSubmitted" : "taskSucceeded", frame, task, output: answer.output };
}

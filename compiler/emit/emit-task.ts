import { LAMBDA_ERRORS, SLUICE_ERRORS } from "../asl/error-names.ts";
import type { TaskPayload } from "../asl/payload.ts";
import type { Retrier, TaskState } from "../asl/types.ts";
import type { LoweredStep } from "../lower/lowered.ts";

type Payload<Without extends keyof TaskPayload> = { readonly [Key in Exclude<keyof TaskPayload, Without>]-?: string };

/** Placeholder of the function that ends a run. */
export const RECORD_RUN_PLACEHOLDER = "${RecordRun}";

/** Reading the records of a run takes seconds; this ends what nobody answers. */
const END_OF_RUN_TIMEOUT_SECONDS = 300;

/**
 * Faults that pass: of Lambda, and those that our functions report as such (throttled, no capacity). Six retries wait
 * up to 2 + 4 + 8 + 16 + 32 + 60 = 122 seconds, a random part of it each; what lasts longer is an outage.
 */
const PLATFORM_RETRIER: Retrier = {
  ErrorEquals: [...LAMBDA_ERRORS, SLUICE_ERRORS.retryable],
  IntervalSeconds: 2,
  MaxAttempts: 6,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: "FULL",
};

/** Where an action repeats nothing itself: one list for all of them, which is written as JSON only once. */
const PLATFORM_RETRY: readonly Retrier[] = [PLATFORM_RETRIER];

const CALLBACK = "arn:aws:states:::lambda:invoke.waitForTaskToken";
const REQUEST = "arn:aws:states:::lambda:invoke";
const TOKEN = "{% $states.context.Task.Token %}";
/** Without it a function's result would stand beside Lambda's own fields. */
const FUNCTION_RESULT = "{% $states.result.Payload %}";

/** The Task of an action that an executor runs. */
export function emitTask(step: LoweredStep & { readonly kind: "task" }, pipelineKey: string): TaskState {
  const { traits, key } = step.node;
  const isCallback = traits.integration === "callback";
  const payload: Payload<"token"> = { ...runPayload(pipelineKey), action: key };
  return {
    Type: "Task",
    Resource: isCallback ? CALLBACK : REQUEST,
    Arguments: {
      FunctionName: traits.functionPlaceholder,
      Payload: isCallback ? { token: TOKEN, ...payload } : payload,
    },
    ...(isCallback ? {} : { Output: FUNCTION_RESULT }),
    TimeoutSeconds: step.timeoutSeconds,
    ...(step.heartbeatSeconds === undefined ? {} : { HeartbeatSeconds: step.heartbeatSeconds }),
    Retry: step.tries.retriers.length === 0 ? PLATFORM_RETRY : [PLATFORM_RETRIER, ...step.tries.retriers],
  };
}

/** The Task in front of a Wait: it answers `{status, seconds}`. */
export function emitGate(step: LoweredStep & { readonly kind: "gatedWait" }, pipelineKey: string): TaskState {
  const { traits, key } = step.node;
  const payload: Payload<"token"> = { ...runPayload(pipelineKey), action: key };
  return {
    Type: "Task",
    Resource: REQUEST,
    Arguments: { FunctionName: traits.functionPlaceholder, Payload: payload },
    Output: FUNCTION_RESULT,
    TimeoutSeconds: step.timeoutSeconds,
    Retry: PLATFORM_RETRY,
  };
}

/** The last Task of a machine that catches: it fails the run whose failures were caught. */
export function emitEndOfRun(pipelineKey: string): TaskState {
  const payload: Payload<"action"> = { token: TOKEN, ...runPayload(pipelineKey) };
  return {
    Type: "Task",
    Resource: CALLBACK,
    Arguments: { FunctionName: RECORD_RUN_PLACEHOLDER, Payload: payload },
    TimeoutSeconds: END_OF_RUN_TIMEOUT_SECONDS,
    Retry: PLATFORM_RETRY,
    End: true,
  };
}

function runPayload(pipelineKey: string): Payload<"token" | "action"> {
  return {
    execution: "{% $states.context.Execution.Id %}",
    redrive: "{% $states.context.Execution.RedriveCount %}",
    pipeline: pipelineKey,
  };
}

import { StartExecutionCommand } from "@aws-sdk/client-sfn";
import { OUTPUT_LIMITS } from "../../agent/protocol.ts";
import type { Json } from "../../compiler/index.ts";
import { RUN_CHECK_SECONDS } from "../attempts/limits.ts";
import { hasName } from "../errors/has-name.ts";
import { publishRunStatus } from "../events/publish-event.ts";
import { readCurrentPlan, readPlanIndex } from "../plans/read-plan.ts";
import { INLINE_TEXT_BYTES, storeLargeText } from "../records/large-text.ts";
import { createRunRecord, type RunRecord, readRunRecord } from "../records/run.ts";
import type { Runtime } from "../runtime.ts";
import { executionArnOf, isRunId, newRunId } from "./run-id.ts";
import { InvalidRunError, type ParamValue, validateEnvs, validateParams } from "./validate-params.ts";

/** What is submitted. */
export interface RunSubmission {
  /** Pipeline key. */
  readonly pipeline: string;
  /** Default: the pipeline's current plan. */
  readonly planHash?: string;
  /** State machine (or version of one) that fits the plan. Default: the one of the current plan. */
  readonly stateMachineArn?: string;
  /** Texts are read as the types that the pipeline declares. Default none. */
  readonly params?: { readonly [name: string]: Json };
  /** Win over the pipeline's own `envs`. Default none. */
  readonly envs?: { readonly [name: string]: string };
  /** Makes the submission idempotent: the same again answers the same run. Default: a new one. */
  readonly runId?: string;
  /** What makes two submissions of one run id the same. Default: plan, params, envs and trigger. */
  readonly contentHash?: string;
  /** What started the run, for people. */
  readonly trigger?: Json;
}

/** A run that was accepted. */
export interface SubmittedRun {
  readonly runId: string;
  readonly executionArn: string;
  /** As it was recorded; of a repeated submission, as it is now. */
  readonly run: RunRecord;
  /** False where the run had been recorded before. */
  readonly isNew: boolean;
}

/** A run of this id exists with another plan, other params or other envs. */
export class RunConflictError extends Error {
  override readonly name = "RunConflictError";
}

/** As long as an output may be. */
const LARGEST_PARAM_BYTES = OUTPUT_LIMITS.valueBytes;

/** Largest input of an execution. Source: reference/aws.md 3.1. */
const LARGEST_INPUT_BYTES = 262_144;

/**
 * Submits a run: checks what was given, records the run, starts its execution under the run's id. A repeated call
 * with the same id completes what an earlier one left undone. Throws `InvalidRunError`, `RunConflictError`.
 */
export async function submitRun(runtime: Runtime, submission: RunSubmission): Promise<SubmittedRun> {
  const record = await plannedRun(runtime, submission);
  const now = runtime.clock.now();
  if (!(await createRunRecord(runtime, record, now + RUN_CHECK_SECONDS * 1000))) {
    const existing = await readRunRecord(runtime, record.runId);
    const isSame =
      submission.contentHash === undefined
        ? existing !== undefined && inputOf(existing) === inputOf(record)
        : existing?.contentHash === submission.contentHash;
    if (existing === undefined || !isSame) {
      throw conflict(record.runId);
    }
    return repeat(runtime, existing);
  }
  await publishRunStatus(runtime, record);
  await startExecution(runtime, record);
  return { runId: record.runId, executionArn: record.executionArn, run: record, isNew: true };
}

/**
 * The run that an earlier submission of the same content has made, started if that one did not come so far;
 * `undefined` where there is none. Throws `RunConflictError` where the id is that of another run.
 */
export async function repeatSubmission(
  runtime: Runtime,
  runId: string,
  contentHash: string,
): Promise<SubmittedRun | undefined> {
  const existing = isRunId(runId) ? await readRunRecord(runtime, runId) : undefined;
  if (existing !== undefined && existing.contentHash !== contentHash) {
    throw conflict(runId);
  }
  return existing && repeat(runtime, existing);
}

async function repeat(runtime: Runtime, run: RunRecord): Promise<SubmittedRun> {
  if (run.status === "queued") {
    await startExecution(runtime, run);
  }
  return { runId: run.runId, executionArn: run.executionArn, run, isNew: false };
}

function conflict(runId: string): RunConflictError {
  return new RunConflictError(`Run "${runId}" exists with another plan, other params or other envs.`);
}

/** Once, however often it is called: the name of the execution is the run's id, and its input is what was recorded. */
async function startExecution(runtime: Runtime, run: RunRecord): Promise<void> {
  try {
    await runtime.clients.states.send(
      new StartExecutionCommand({ stateMachineArn: run.stateMachineArn, name: run.runId, input: inputOf(run) }),
    );
  } catch (error) {
    // It was started before and has ended already.
    if (!hasName(error, "ExecutionAlreadyExists")) {
      throw error;
    }
  }
}

async function plannedRun(runtime: Runtime, submission: RunSubmission): Promise<RunRecord> {
  const { pipeline, params = {}, envs = {}, runId = newRunId(runtime) } = submission;
  const needsCurrent = submission.planHash === undefined || submission.stateMachineArn === undefined;
  const current = needsCurrent ? await readCurrentPlan(runtime, pipeline) : undefined;
  const planHash = submission.planHash ?? current?.planHash;
  const prefix = runtime.environment.stateMachineArnPrefix;
  const currentArn = prefix !== undefined && current?.machine !== undefined ? prefix + current.machine : undefined;
  const stateMachineArn = submission.stateMachineArn ?? currentArn;
  if (planHash === undefined || stateMachineArn === undefined) {
    throw new InvalidRunError([`There is no pipeline "${pipeline}"; deploy it first.`]);
  }
  if (!isRunId(runId)) {
    throw new InvalidRunError([`"${runId}" is no run id; it must be 1 to 60 letters, digits, "-" or "_".`]);
  }
  const plan = await readPlanIndex(runtime, planHash);
  const record: RunRecord = {
    runId,
    pipeline,
    name: plan.name,
    planHash,
    status: "queued",
    executionArn: executionArnOf(stateMachineArn, runId),
    stateMachineArn,
    ...(submission.contentHash !== undefined && { contentHash: submission.contentHash }),
    redrive: 0,
    ...(await storeParams(runtime, runId, validateParams(plan, params))),
    envs: validateEnvs(envs),
    ...(submission.trigger !== undefined && { trigger: JSON.stringify(submission.trigger) }),
    seed: Buffer.from(runtime.random(16)).toString("base64url"),
    createdAt: new Date(runtime.clock.now()).toISOString(),
  };
  const bytes = Buffer.byteLength(inputOf(record));
  if (bytes > LARGEST_INPUT_BYTES) {
    throw new InvalidRunError([
      `Params, envs and trigger have ${bytes} bytes; at most ${LARGEST_INPUT_BYTES} are allowed, ` +
        `not counting params of more than ${INLINE_TEXT_BYTES} bytes.`,
    ]);
  }
  return record;
}

/** Long texts go to objects: neither the run's item (400 KB) nor the execution's input (256 KiB) would take them. */
async function storeParams(
  runtime: Runtime,
  runId: string,
  values: RunRecord["params"],
): Promise<Pick<RunRecord, "params" | "largeParams">> {
  const params = new Map<string, ParamValue>();
  const largeParams = new Map<string, string>();
  for (const [name, value] of Object.entries(values)) {
    const text = String(value);
    if (Buffer.byteLength(text) <= INLINE_TEXT_BYTES) {
      params.set(name, value);
      continue;
    }
    const bytes = Buffer.byteLength(text);
    if (bytes > LARGEST_PARAM_BYTES) {
      throw new InvalidRunError([`Param "${name}" has ${bytes} bytes; at most ${LARGEST_PARAM_BYTES} are allowed.`]);
    }
    largeParams.set(name, await storeLargeText(runtime, `${runId}/params`, text));
  }
  return {
    params: Object.fromEntries(params),
    ...(largeParams.size > 0 && { largeParams: Object.fromEntries(largeParams) }),
  };
}

/** Input of the execution: equal for equal submissions, which is what makes StartExecution idempotent. */
function inputOf({ params, largeParams, envs, trigger, planHash }: RunRecord): string {
  const sorted = (values: object) => Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify({
    params: sorted(params),
    ...(largeParams !== undefined && { largeParams: sorted(largeParams) }),
    envs: sorted(envs),
    ...(trigger !== undefined && { trigger: JSON.parse(trigger) }),
    plan: planHash,
  });
}

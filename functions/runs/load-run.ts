import { DescribeExecutionCommand } from "@aws-sdk/client-sfn";
import * as z from "zod";
import { SLUICE_ERRORS, type TaskPayload } from "../../compiler/index.ts";
import { RUN_CHECK_SECONDS } from "../attempts/limits.ts";
import { retryable, SluiceError } from "../errors/sluice-error.ts";
import { publishRunStatus } from "../events/publish-event.ts";
import { readCurrentPlan, readPlanIndex } from "../plans/read-plan.ts";
import { below, equals } from "../records/condition.ts";
import { json } from "../records/output.ts";
import { changeRun, createRunRecord, LIVING_RUN, type RunRecord, readRunRecord } from "../records/run.ts";
import type { Runtime } from "../runtime.ts";
import { runIdOf } from "./run-id.ts";
import { InvalidRunError, validateEnvs, validateParams } from "./validate-params.ts";

/** Input of an execution; every key may be absent, so that `{}` from the AWS console runs the pipeline. */
const executionInput = z.object({
  params: z.record(z.string(), json).optional(),
  envs: z.record(z.string(), z.string()).optional(),
  /** What a submission writes for params that stand in objects; it has recorded the run before. */
  largeParams: z.never("can only be given by submitting the run").optional(),
  trigger: json.optional(),
  /** Hash of a plan of this pipeline; default is the current one. */
  plan: z.string().optional(),
});

/**
 * The run that a Task belongs to: made from the execution where nobody has recorded it (started from the AWS
 * console), set to running, and taken over into a redrive. Throws `Sluice.ActionFailed` where the execution's input
 * does not fit the pipeline.
 */
export async function loadRun(
  runtime: Runtime,
  payload: Pick<TaskPayload, "execution" | "redrive" | "pipeline">,
): Promise<RunRecord> {
  const runId = runIdOf(payload.execution);
  const run = (await readRunRecord(runtime, runId)) ?? (await recordMissingRun(runtime, runId, payload));
  return markRunning(runtime, run, payload.redrive);
}

/** Notes that the execution runs, at this redrive count. Answers the run as it is now. */
export async function markRunning(runtime: Runtime, run: RunRecord, redrive: number): Promise<RunRecord> {
  const now = runtime.clock.now();
  const set = { status: "running", redrive, living: LIVING_RUN, checkAt: now + RUN_CHECK_SECONDS * 1000 };
  const setOnce = { startedAt: new Date(now).toISOString() };
  let changed: RunRecord | undefined;
  if (redrive > run.redrive) {
    changed = await changeRun(
      runtime,
      run.runId,
      { set, setOnce, remove: ["endedAt", "error"] },
      below("redrive", redrive),
    );
  } else if (run.status === "queued") {
    changed = await changeRun(
      runtime,
      run.runId,
      { set: { ...set, redrive: run.redrive }, setOnce },
      equals("status", "queued"),
    );
  } else {
    return run;
  }
  if (changed) {
    await publishRunStatus(runtime, changed);
  }
  return changed ?? (await readRunRecord(runtime, run.runId)) ?? run;
}

async function recordMissingRun(
  runtime: Runtime,
  runId: string,
  { execution, pipeline }: Pick<TaskPayload, "execution" | "pipeline">,
): Promise<RunRecord> {
  const described = await runtime.clients.states.send(new DescribeExecutionCommand({ executionArn: execution }));
  const input = parseInput(described.input);
  const planHash = input.plan ?? (await readCurrentPlan(runtime, pipeline))?.planHash;
  if (planHash === undefined) {
    throw new SluiceError(SLUICE_ERRORS.actionFailed, `pipeline "${pipeline}" has no plan; deploy it again`);
  }
  const plan = await readPlanIndex(runtime, planHash);
  if (plan.pipeline !== pipeline) {
    const message = `plan ${planHash} belongs to pipeline "${plan.pipeline}", not to "${pipeline}"`;
    throw new SluiceError(SLUICE_ERRORS.actionFailed, message);
  }
  const now = runtime.clock.now();
  const run: RunRecord = {
    runId,
    pipeline,
    name: plan.name,
    planHash,
    status: "queued",
    executionArn: execution,
    redrive: 0,
    ...orActionFailed(() => ({
      params: validateParams(plan, input.params ?? {}),
      envs: validateEnvs(input.envs ?? {}),
    })),
    ...(input.trigger !== undefined && { trigger: JSON.stringify(input.trigger) }),
    seed: Buffer.from(runtime.random(16)).toString("base64url"),
    createdAt: (described.startDate ?? new Date(now)).toISOString(),
  };
  if (await createRunRecord(runtime, run, now + RUN_CHECK_SECONDS * 1000)) {
    return run;
  }
  const existing = await readRunRecord(runtime, runId);
  if (existing === undefined) {
    throw retryable(`run ${runId} cannot be read`);
  }
  return existing;
}

function parseInput(text: string | undefined): z.infer<typeof executionInput> {
  const parsed = executionInput.safeParse(JSON.parse(text ?? "{}"));
  if (!parsed.success) {
    const message = `the execution's input is not {params?, envs?, trigger?, plan?}: ${z.prettifyError(parsed.error)}`;
    throw new SluiceError(SLUICE_ERRORS.actionFailed, message.replaceAll("\n", " "));
  }
  return parsed.data;
}

function orActionFailed<T>(validate: () => T): T {
  try {
    return validate();
  } catch (error) {
    if (error instanceof InvalidRunError) {
      throw new SluiceError(SLUICE_ERRORS.actionFailed, error.message, { cause: error });
    }
    throw error;
  }
}

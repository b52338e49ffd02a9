import { createHash } from "node:crypto";
import {
  type Compilation,
  canonicalJson,
  compile,
  type Diagnostic,
  diagnosticsToJson,
  pipelineKeyOf,
} from "../../../compiler/index.ts";
import { hasName } from "../../errors/has-name.ts";
import { ensureMachine } from "../../machines/ensure-machine.ts";
import { storePlan } from "../../plans/publish-plan.ts";
import { readCurrentPlan } from "../../plans/read-plan.ts";
import { isRunId, newRunId } from "../../runs/run-id.ts";
import { type RunSubmission, repeatSubmission, type SubmittedRun, submitRun } from "../../runs/submit-run.ts";
import { validateEnvs, validateParams } from "../../runs/validate-params.ts";
import type { ApiAnswer } from "../answer.ts";
import { ApiProblem } from "../problem.ts";
import { type ApiRequest, readBody } from "../request.ts";
import type { RunsApiRuntime } from "../runtime.ts";
import { type ApiDiagnostic, type SubmissionBody, submission, type submittedRun } from "../schemas.ts";

/** Name of a file that was submitted without one. */
const UNNAMED_FILE = "pipeline.yaml";

/** `POST /runs`: 201 for a new run, 200 for one that the same submission has made before. */
export async function submit(runtime: RunsApiRuntime, request: ApiRequest): Promise<ApiAnswer> {
  const body = readBody(request, submission);
  const contentHash = contentHashOf(body);
  const runId = body.idempotencyKey === undefined ? newRunId(runtime) : runIdOfKey(body.idempotencyKey);
  if (body.idempotencyKey !== undefined) {
    const repeated = await repeatSubmission(runtime, runId, contentHash);
    if (repeated !== undefined) {
      return answer(repeated, []);
    }
  }
  const given: Pick<RunSubmission, "params" | "envs" | "runId" | "contentHash" | "trigger"> = {
    params: body.params ?? {},
    envs: body.envs ?? {},
    runId,
    contentHash,
    trigger: { kind: "api", caller: request.caller },
  };
  if (body.yaml === undefined) {
    return answer(await submitDeployed(runtime, body.pipeline ?? "", given), []);
  }
  const { compilation, diagnostics } = await compileText(runtime, body.yaml, body.file);
  return answer(await submitCompiled(runtime, compilation, given), diagnostics);
}

/** The key itself where it can be a run's id, so that people find the run by it. */
function runIdOfKey(key: string): string {
  return isRunId(key) ? key : `key-${sha256(key).slice(0, 40)}`;
}

function contentHashOf({ pipeline, yaml, file, params = {}, envs = {} }: SubmissionBody): string {
  if ((pipeline === undefined) === (yaml === undefined)) {
    const problem = 'Give either "pipeline", the name of a deployed one, or "yaml", the text of a file.';
    throw new ApiProblem("invalid-request", `The body is wrong: ${problem}`, { problems: [problem] });
  }
  const source = pipeline === undefined ? { yaml: yaml ?? "", file: file ?? UNNAMED_FILE } : { pipeline };
  return sha256(canonicalJson({ ...source, params, envs }));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function submitDeployed(
  runtime: RunsApiRuntime,
  nameOrKey: string,
  given: Omit<RunSubmission, "pipeline">,
): Promise<SubmittedRun> {
  const pipeline = pipelineKeyOf(nameOrKey);
  const current = await readCurrentPlan(runtime, pipeline);
  if (current?.machine === undefined) {
    throw new ApiProblem(
      "not-found",
      `There is no pipeline "${nameOrKey}"; GET /pipelines lists those that there are.`,
    );
  }
  const stateMachineArn = runtime.machines.arnPrefix + current.machine;
  return submitRun(runtime, { ...given, pipeline, planHash: current.planHash, stateMachineArn });
}

async function compileText(
  runtime: RunsApiRuntime,
  text: string,
  file = UNNAMED_FILE,
): Promise<{ readonly compilation: Compilation; readonly diagnostics: readonly ApiDiagnostic[] }> {
  const { compilation, diagnostics } = compile({ name: file, text }, await runtime.compileContext());
  const described = describe(diagnostics);
  if (compilation === undefined) {
    const errors = described.filter(({ severity }) => severity === "error");
    const [first] = errors;
    const where = first === undefined ? "" : ` ${first.file}:${first.line}:${first.column}: ${first.message}`;
    const more = errors.length > 1 ? ` And ${errors.length - 1} more.` : "";
    throw new ApiProblem("invalid-pipeline", `The pipeline has mistakes.${where}${more}`, { diagnostics: described });
  }
  return { compilation, diagnostics: described };
}

function describe(diagnostics: readonly Diagnostic[]): ApiDiagnostic[] {
  return diagnosticsToJson(diagnostics).map(({ related, ...diagnostic }, at) => ({
    ...diagnostic,
    file: diagnostics[at]?.file.name ?? "",
    ...(related !== undefined && { related: [...related] }),
  }));
}

/** What can be refused is refused before a machine is made: that is one a second for the whole account. */
async function submitCompiled(
  runtime: RunsApiRuntime,
  { machine, plan, planHash }: Compilation,
  given: Omit<RunSubmission, "pipeline">,
): Promise<SubmittedRun> {
  validateParams(plan, given.params ?? {});
  validateEnvs(given.envs ?? {});
  await storePlan(runtime, { plan, planHash });
  const stateMachineArn = await ensureMachine(runtime, machine);
  const whole = { ...given, pipeline: plan.pipeline, planHash, stateMachineArn };
  try {
    return await submitRun(runtime, whole);
  } catch (error) {
    if (!hasName(error, "StateMachineDoesNotExist")) {
      throw error;
    }
    // Somebody has deleted it by hand; the run is recorded, and waits for its execution.
    await ensureMachine(runtime, machine, { isGone: true });
    return submitRun(runtime, whole);
  }
}

function answer({ run, isNew }: SubmittedRun, diagnostics: readonly ApiDiagnostic[]): ApiAnswer {
  const body: ReturnType<(typeof submittedRun)["parse"]> = {
    runId: run.runId,
    pipeline: run.pipeline,
    name: run.name,
    status: run.status,
    createdAt: run.createdAt,
    planHash: run.planHash,
    executionArn: run.executionArn,
    diagnostics: [...diagnostics],
  };
  return { status: isNew ? 201 : 200, headers: { location: `/runs/${run.runId}` }, body };
}

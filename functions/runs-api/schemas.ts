import * as z from "zod";
import { FAILURE_KINDS } from "../../agent/protocol.ts";
import { json } from "../records/output.ts";
import { ACTION_STATUSES, RUN_STATUSES } from "../records/statuses.ts";
import type { RunView } from "../runs/run-view.ts";

// What stands in bodies and answers. `openapi.ts` makes the document of it, so descriptions are for its readers.

const time = z.iso.datetime().describe("ISO 8601, in UTC.");
const outputs = z.record(z.string(), json).describe("Values by name.");
const omitted = z
  .record(z.string(), z.strictObject({ bytes: z.int() }))
  .exactOptional()
  .describe("Outputs that are too large to be shown beside the others, by name, and their size.");
const runId = z.string().describe("Also the name of the execution.");
const pipelineKey = z.string().describe("Key of the pipeline: `[a-z0-9-]`, from its name.");
const trigger = json.describe('What started the run: `{"kind": "api", "caller": "<ARN of the caller>"}` for this API.');

/** Longest key of idempotency. */
const LONGEST_KEY = 200;

/** Body of `POST /runs`. */
export const submission = z
  .strictObject({
    pipeline: z.string().min(1).max(200).exactOptional().describe("Name or key of a pipeline that was deployed."),
    yaml: z.string().min(1).exactOptional().describe("Text of a pipeline file: it is compiled and run, not deployed."),
    file: z
      .string()
      .min(1)
      .max(200)
      .exactOptional()
      .describe("Name of the file, for `yaml`: it stands in messages, and is the pipeline's name where it has none."),
    params: z.record(z.string(), json).exactOptional().describe("Values of the params that the pipeline declares."),
    envs: z
      .record(z.string(), z.string())
      .exactOptional()
      .describe("Environment variables of every action; they win over the pipeline's own."),
    idempotencyKey: z
      .string()
      .min(1)
      .max(LONGEST_KEY)
      .exactOptional()
      .describe(
        "The same key with the same content answers the same run, however often it is sent; with other content it is " +
          "refused. A key of at most 60 letters, digits, `-` and `_` is the run's id.",
      ),
  })
  .meta({ oneOf: [{ required: ["pipeline"] }, { required: ["yaml"] }] });

/** What is submitted. */
export type SubmissionBody = z.infer<typeof submission>;

/** Body of `POST /runs/{runId}/actions/{action}/update`. */
export const actionUpdate = z.strictObject({
  deadlineSeconds: z
    .int()
    .min(1)
    .max(31_536_000)
    .describe("Seconds from now after which the executor ends the attempt, whatever the agent does."),
});

const place = {
  line: z.int().describe("1-based, as are the others; the end is exclusive."),
  column: z.int(),
  endLine: z.int(),
  endColumn: z.int(),
};

/** What the compiler says about a file. */
export const diagnostic = z.strictObject({
  code: z.string().describe("As in docs/diagnostics.md: `validate/unknown-action`."),
  severity: z.enum(["error", "warning"]),
  message: z.string(),
  file: z.string(),
  ...place,
  help: z.string().describe("What to do about it."),
  fix: z.string().exactOptional().describe("What `sluice fix` would do about it."),
  related: z.array(z.strictObject({ message: z.string(), ...place })).exactOptional(),
});

/** A diagnostic of an answer. */
export type ApiDiagnostic = z.infer<typeof diagnostic>;

/** Answer of `POST /runs`. */
export const submittedRun = z.strictObject({
  runId,
  pipeline: pipelineKey,
  name: z.string().describe("The pipeline's name as written."),
  status: z.enum(RUN_STATUSES),
  createdAt: time,
  planHash: z.string(),
  executionArn: z.string(),
  diagnostics: z.array(diagnostic).describe("Warnings of the compiler about `yaml`."),
});

const listedRun = z.strictObject({
  runId,
  pipeline: pipelineKey,
  name: z.string(),
  status: z.enum(RUN_STATUSES),
  createdAt: time,
  startedAt: time.exactOptional(),
  endedAt: time.exactOptional(),
  trigger: trigger.exactOptional(),
});

const next = z.string().exactOptional().describe("Give it as `after` for the next page; absent behind the last one.");

/** Answer of `GET /runs`. */
export const runList = z.strictObject({ runs: z.array(listedRun).describe("The newest first."), next });

const storedFile = z.strictObject({ name: z.string(), bytes: z.int(), objectKey: z.string() });

const actionError = z.strictObject({
  name: z.string(),
  message: z.string(),
  exitCode: z.int().exactOptional(),
  analysis: z
    .strictObject({ kind: z.enum(FAILURE_KINDS), summary: z.string(), lines: z.array(z.string()) })
    .exactOptional()
    .describe("Why the scripts failed, as far as their log tells."),
  logTail: z.array(z.string()).exactOptional().describe("Last lines of the log, masked."),
});

const action = z.strictObject({
  key: z.string(),
  alias: z.string(),
  type: z.string(),
  stage: z.int().describe("Zero-based."),
  status: z.enum(ACTION_STATUSES),
  attempts: z.int(),
  startedAt: time.exactOptional(),
  endedAt: time.exactOptional(),
  outputs,
  omittedOutputs: omitted,
  files: z.array(storedFile).exactOptional().describe("What the latest attempt left in `$UPLOADDIR`."),
  error: actionError.exactOptional(),
  reason: z.string().exactOptional().describe("Why the action was skipped."),
  placement: z
    .strictObject({
      executor: z.string().describe("Name of the executor."),
      handle: z.string().exactOptional().describe("What it started: an ECS task's ARN, a Job, a process id."),
      allotment: z.string().exactOptional().describe("What the attempt got, where that is not what it asked for."),
      log: z
        .strictObject({ region: z.string(), group: z.string(), stream: z.string(), link: z.string() })
        .exactOptional()
        .describe("Where its log is kept in CloudWatch Logs, and the page of the AWS console that shows it."),
    })
    .exactOptional()
    .describe("Where the latest attempt runs or ran; absent where none was made."),
});

/** Answer of `GET /runs/{runId}`. */
export const run = z.strictObject({
  runId,
  pipeline: pipelineKey,
  name: z.string(),
  status: z.enum(RUN_STATUSES),
  createdAt: time,
  startedAt: time.exactOptional(),
  endedAt: time.exactOptional(),
  trigger: trigger.exactOptional(),
  error: z.strictObject({ name: z.string(), cause: z.string() }).exactOptional(),
  outputs,
  omittedOutputs: omitted,
  actions: z.array(action).describe("Every action in the order of the file."),
}) satisfies z.ZodType<RunView>;

/** Answer of `POST /runs/{runId}/cancel`. */
export const cancelledRun = z.strictObject({
  runId,
  status: z.enum(RUN_STATUSES).describe("As it is recorded now; the run is `cancelled` when its execution has ended."),
});

/** Answer of `GET /runs/{runId}/actions/{action}/log`. */
export const logPage = z.strictObject({
  runId,
  action: z.string().describe("Key of the action."),
  alias: z.string(),
  attempt: z.int().describe("1-based; 0 where the action has not begun."),
  lines: z.array(z.strictObject({ text: z.string(), time: time.exactOptional() })).describe("Masked."),
  next: z.string().describe("Give it as `after` to read on, also when no line has come yet."),
  complete: z.boolean().describe("The attempt has ended and nothing comes behind these lines."),
  ended: z.boolean().describe("The action has ended: no attempt follows this one."),
});

/** Answer of `GET /runs/{runId}/actions/{action}/inspect`. */
export const inspection = z.strictObject({
  runId,
  action: z.string(),
  alias: z.string(),
  attempt: z.int(),
  executor: z.string().describe("Name of the configured executor."),
  handle: z.string().exactOptional().describe("What it started: the ARN of a task, a job, a process."),
  acceptedAt: time,
  startedAt: time.exactOptional().describe("When the scripts started."),
  lastSeen: time.exactOptional().describe("When the agent was heard of last."),
  deadlineAt: time.describe("When the attempt must have ended."),
  cancelReason: z.string().exactOptional(),
  end: z.string().exactOptional().describe("How the attempt ended."),
  allotment: z.string().exactOptional().describe("What it got where that is not what it asked for."),
  log: z
    .strictObject({ region: z.string(), group: z.string(), stream: z.string() })
    .exactOptional()
    .describe("Where its log is in CloudWatch Logs."),
  text: z.string().describe("What the executor has to say about it, for people."),
});

/** Answer of `POST /runs/{runId}/actions/{action}/update`. */
export const updatedAction = z.strictObject({ runId, action: z.string(), attempt: z.int() });

const pipeline = z.strictObject({
  pipeline: pipelineKey,
  name: z.string(),
  planHash: z.string(),
  params: z.array(
    z.strictObject({ name: z.string(), type: z.enum(["string", "int", "boolean"]), required: z.boolean() }),
  ),
  outputs: z.array(z.string()).describe("Names of the outputs that it declares."),
});

/** Answer of `GET /pipelines`. */
export const pipelineList = z.strictObject({ pipelines: z.array(pipeline).describe("By key."), next });

/** Body of `PUT /pipelines/{pipeline}/schedule`. */
export const scheduleSwitch = z.strictObject({
  enabled: z.boolean().describe("Whether the times start runs. A deployment of the pipeline does not change it."),
});

const tick = z.strictObject({
  scheduledTime: time,
  decidedAt: time,
  outcome: z.enum(["started", "skipped"]),
  runId: runId.exactOptional(),
  reason: z.string().exactOptional().describe("Why no run was started."),
});

/** Answer of `GET` and `PUT /pipelines/{pipeline}/schedule`. */
export const schedule = z.strictObject({
  pipeline: pipelineKey,
  cron: z.string().describe("As it is written."),
  timezone: z.string().describe("Of the IANA database."),
  overlap: z.enum(["forbid", "replace", "allow"]).describe("What a time does while a run is under way."),
  expressions: z.array(z.string()).describe("The same in the language of EventBridge Scheduler."),
  onlyDaysOfWeek: z.array(z.int()).exactOptional().describe("Days (0 is Sunday) on which the expressions count."),
  enabled: z.boolean(),
  ticks: z.array(tick).describe("What became of the latest times, the newest first."),
});

/** Every refusal and failure, as RFC 9457 has it. */
export const problem = z.strictObject({
  type: z.string().describe("`urn:sluice:problem:<name>`, see docs/api.md."),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe("What is wrong with this request, and what to do."),
  requestId: z.string().exactOptional().describe("Stands in the function's log."),
  problems: z.array(z.string()).exactOptional().describe("Each mistake in a sentence, where there are several."),
  diagnostics: z.array(diagnostic).exactOptional().describe("What the compiler says about `yaml`."),
});

/** A problem document. */
export type Problem = z.infer<typeof problem>;

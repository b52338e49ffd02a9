import type { Invariant } from "./invariants.ts";

/** A mistake put into the code under test, to see that the harness finds it. */
export interface PlantedBug {
  readonly name: string;
  /** The invariant that must find it. */
  readonly breaks: Invariant;
  readonly changes: readonly { readonly file: string; readonly text: string; readonly replacement: string }[];
}

/** At least one for each invariant. Each is silent where nothing goes wrong: only a fault brings it out. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    name: "a repeated submission does not start what an earlier one left unstarted",
    breaks: "every run ends",
    changes: [
      { file: "functions/runs/submit-run.ts", text: 'if (run.status === "queued") {', replacement: "if (false) {" },
    ],
  },
  {
    name: "an attempt that was started is started once more, with a nonce that may be used again",
    breaks: "no action's work runs twice at once",
    changes: [
      {
        file: "actions/executors/ecs/ecs-executor.ts",
        text: "clientToken: attemptHash(attempt.attemptId)",
        replacement: "clientToken: attemptHash(attempt.attemptId + Object.values(attempt.agentEnvironment).join())",
      },
      { file: "functions/attempts/start-attempt.ts", text: "if (!existence.started) {", replacement: "if (true) {" },
      {
        file: "functions/agent-api/bootstrap.ts",
        text: "if (attempt.secretHash !== undefined) {",
        replacement: "if (false) {",
      },
      {
        file: "functions/agent-api/bootstrap.ts",
        text: 'all(absent("secretHash"), absent("end"), absent("cancelReason"))',
        replacement: 'all(absent("end"), absent("cancelReason"))',
      },
    ],
  },
  {
    name: "an action that has succeeded is begun anew when its Task is entered again",
    breaks: "nothing that succeeded runs again",
    changes: [
      {
        file: "functions/execute-action/execute-action.ts",
        text: "return payload.token === undefined ? functionOutput(record) : undefined;",
        replacement:
          'if (record.status !== "succeeded" && payload.token !== undefined) throw retryable("not yet"); return undefined;',
      },
      {
        file: "functions/execute-action/execute-action.ts",
        text: "if (hasActionEnded(previous.status)) {",
        replacement: 'if (previous.status === "failed") {',
      },
    ],
  },
  {
    name: "outputs are confirmed before they are written, and not written again at the end",
    breaks: "no output is lost",
    changes: [
      {
        file: "functions/agent-api/put-outputs.ts",
        text: "const outputNames = await writeOutputs(runtime, { runId: attempt.runId, key: attempt.key, attempt: attempt.n }, kept);",
        replacement:
          "void writeOutputs(runtime, { runId: attempt.runId, key: attempt.key, attempt: attempt.n }, kept).catch(() => {}); const outputNames = new Set<string>();",
      },
      {
        file: "functions/attempts/end-attempt.ts",
        text: "await writeOutputs(runtime, { runId: name.runId, key: name.key, attempt: name.n }, outputs);",
        replacement: "",
      },
    ],
  },
  {
    name: "a task is not stopped",
    breaks: "no container outlives its run and the sweep after it",
    changes: [
      {
        file: "actions/executors/ecs/ecs-executor.ts",
        text: "await client.send(new StopTaskCommand(request));",
        replacement: "void request;",
      },
    ],
  },
  {
    name: "the sweep does not look at runs",
    breaks: "DynamoDB and the execution agree",
    changes: [
      {
        file: "functions/sweep/sweep.ts",
        text: "  { living: LIVING_RUN, limit: 250, atATime: 5 },\n",
        replacement: "",
      },
    ],
  },
  {
    name: "a throttled call to AWS counts as a failure of the action",
    breaks: "only what costs an attempt changes the outcome",
    changes: [{ file: "actions/executors/is-transient.ts", text: '  "ThrottlingException",\n', replacement: "" }],
  },
];

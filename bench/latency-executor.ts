import type { ActionExecutor, AttemptSpecification } from "../actions/index.ts";
import { AGENT_API_VERSION, AGENT_ENVIRONMENT } from "../agent/protocol.ts";

/** What containers did, by attempt id; times are of `performance.now()`. */
export interface ContainerTimes {
  readonly started: Map<string, number>;
  readonly ended: Map<string, number>;
}

/** Between these the containers run, in milliseconds, so that they do not end in step. */
const WORK_MILLISECONDS = { least: 4_000, most: 12_000 } as const;

/**
 * An executor whose containers cost nothing: each speaks the agent protocol over HTTP, waits, and reports. What is
 * measured is what lies between two of them, which is Sluice's alone. `asked` is called with what the executor is asked
 * instead of being told.
 */
export function createMeasuredExecutor(
  name: string,
  times: ContainerTimes,
  asked: (operation: string) => void,
): ActionExecutor {
  return {
    kind: "eks",
    name,
    async exist() {
      asked("exist");
      return { created: false, started: false };
    },
    async create() {},
    async start(attempt) {
      times.started.set(attempt.attemptId, performance.now());
      void live(attempt, times);
      return attempt.attemptId;
    },
    async update() {},
    async status() {
      asked("status");
      return { phase: "running" };
    },
    async inspect() {
      asked("inspect");
      return "";
    },
    async cancel() {},
    async remove() {},
  };
}

async function live({ agentEnvironment, attemptId }: AttemptSpecification, times: ContainerTimes): Promise<void> {
  const base = `${agentEnvironment[AGENT_ENVIRONMENT.api]}/${AGENT_API_VERSION}/attempts/${attemptId}`;
  const call = async (name: string, body: object, secret?: string): Promise<Record<string, unknown>> => {
    const headers = { "content-type": "application/json", ...(secret && { authorization: `Bearer ${secret}` }) };
    const response = await fetch(`${base}/${name}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${name} of ${attemptId} was answered with ${response.status}.`);
    return (await response.json()) as Record<string, unknown>;
  };
  const secret = String((await call("bootstrap", { nonce: agentEnvironment[AGENT_ENVIRONMENT.nonce] }))["secret"]);
  await call("heartbeat", { phase: "running" }, secret);
  const startedAt = new Date().toISOString();
  const { least, most } = WORK_MILLISECONDS;
  await new Promise((resolve) => setTimeout(resolve, least + Math.random() * (most - least)));
  times.ended.set(attemptId, performance.now());
  const end = { end: "exited", exitCode: 0, logTail: [], outputs: [], directories: [] };
  await call("complete", { ...end, startedAt, endedAt: new Date().toISOString() }, secret);
}

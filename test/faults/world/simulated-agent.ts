import { AGENT_ENVIRONMENT } from "../../../agent/protocol.ts";
import type { Program } from "./simulated-ecs.ts";

/** What the scripts of one attempt do. */
export interface ScriptedWork {
  /** Running time in seconds. */
  readonly seconds: number;
  readonly exitCode: number;
  /** Put out half-way. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** What an agent sees of the world. */
export interface AgentWorld {
  sleep(seconds: number): Promise<void>;
  now(): number;
  /** One call of the protocol; `undefined` where nobody answered. */
  call(
    attemptId: string,
    call: string,
    body: object,
    secret: string | undefined,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> } | undefined>;
  workOf(attemptId: string): ScriptedWork;
  onWorkStarted(attemptId: string): void;
  onWorkEnded(attemptId: string): void;
  onOutputsAccepted(attemptId: string, outputs: Readonly<Record<string, string>>): void;
  /** A report of success that the other side has confirmed. */
  onSuccessAccepted(attemptId: string): void;
}

/** The agent's own patience (`agent/attempt.ts`), and its pauses without their jitter. */
const PATIENCE_SECONDS = 600;
const LONGEST_PAUSE_SECONDS = 10;
const GRACE_SECONDS = 5;

/** Why an agent stops at once, reporting nothing. */
class NotWantedError extends Error {
  override readonly name = "NotWantedError";
}

/** Runs the agent protocol as the agent does, with scripted work in the place of scripts. */
export function startAgent(world: AgentWorld, environment: ReadonlyMap<string, string>, onExit: () => void): Program {
  const attemptId = environment.get(AGENT_ENVIRONMENT.attempt) ?? "";
  const nonce = environment.get(AGENT_ENVIRONMENT.nonce) ?? "";
  let isGone = false;
  let isWorking = false;
  let stop: { readonly end: "cancelled" | "timedOut" | "abandoned" } | undefined;
  let secret: string | undefined;

  const stopWork = () => {
    if (!isWorking) return;
    isWorking = false;
    world.onWorkEnded(attemptId);
  };
  const still = async <Value>(step: Promise<Value>): Promise<Value> => {
    const value = await step;
    if (isGone) await new Promise<never>(() => {});
    return value;
  };

  const call = async (name: string, body: object): Promise<Record<string, unknown>> => {
    const startedAt = world.now();
    for (let pause = 0.1; ; pause = Math.min(pause * 2, LONGEST_PAUSE_SECONDS)) {
      const answer = await still(world.call(attemptId, name, body, secret));
      if (answer?.status === 200) return answer.body;
      if (answer !== undefined && answer.status < 500 && answer.status !== 429) throw new NotWantedError(name);
      if (world.now() + pause * 1000 > startedAt + PATIENCE_SECONDS * 1000) throw new NotWantedError(name);
      await still(world.sleep(pause));
    }
  };

  const live = async (): Promise<void> => {
    const { secret: own, assignment } = await call("bootstrap", { nonce });
    secret = String(own);
    const { heartbeatSeconds, timeoutSeconds } = assignment as { heartbeatSeconds: number; timeoutSeconds?: number };
    await still(world.sleep(1));
    const startedAt = new Date(world.now()).toISOString();
    isWorking = true;
    world.onWorkStarted(attemptId);
    const beat = async (): Promise<void> => {
      while (isWorking) {
        if ((await call("heartbeat", { phase: "running" }))["cancel"] === true) stop ??= { end: "cancelled" };
        await still(world.sleep(heartbeatSeconds));
      }
    };
    void beat().catch(() => {
      if (isWorking) stop = { end: "abandoned" };
    });
    const work = world.workOf(attemptId);
    const entries = Object.entries(work.outputs).map(([name, value]) => ({ name, value }));
    const outputs: typeof entries = [];
    for (let second = 0; second < work.seconds && stop === undefined; second++) {
      await still(world.sleep(1));
      if (second === Math.floor(work.seconds / 2) && entries.length > 0) {
        outputs.push(...entries);
        await call("outputs", { entries });
        world.onOutputsAccepted(attemptId, work.outputs);
      }
      if (timeoutSeconds !== undefined && second + 1 >= timeoutSeconds) stop ??= { end: "timedOut" };
    }
    if (stop !== undefined) await still(world.sleep(GRACE_SECONDS));
    stopWork();
    if (stop?.end === "abandoned") return;
    await call("complete", {
      ...(stop === undefined ? { end: "exited", exitCode: work.exitCode } : { end: stop.end, exitCode: 143 }),
      logTail: [],
      outputs,
      directories: [],
      startedAt,
      endedAt: new Date(world.now()).toISOString(),
    });
    if (stop === undefined && work.exitCode === 0) world.onSuccessAccepted(attemptId);
  };

  void live()
    .catch((error: unknown) => {
      if (!(error instanceof NotWantedError)) throw error;
    })
    .finally(() => {
      stopWork();
      if (!isGone) onExit();
    });
  return {
    terminate() {
      stop ??= { end: "cancelled" };
    },
    vanish() {
      isGone = true;
      stopWork();
    },
  };
}

import type { ActionExecutor } from "../../actions/index.ts";
import { SLUICE_ERRORS } from "../../compiler/index.ts";
import { executorParameterName } from "../contract.ts";
import { SluiceError } from "../errors/sluice-error.ts";
import type { AttemptRecord } from "../records/attempt.ts";
import { attemptIdOf } from "../records/keys.ts";
import type { Runtime } from "../runtime.ts";

/** The executor that an attempt names. Throws a terminal error where this function has none of that name. */
export async function executorOf(runtime: Runtime, name: string): Promise<ActionExecutor> {
  const executor = await runtime.executors.get(name);
  if (executor === undefined) {
    const parameter = executorParameterName(runtime.environment.configPrefix, name);
    const message = `executor "${name}" is not configured here; a deployed installation declares it in the parameter "${parameter}"`;
    throw new SluiceError(SLUICE_ERRORS.actionFailed, message);
  }
  return executor;
}

/** How executors name an attempt. */
export function referenceOf(attempt: AttemptRecord): { attemptId: string; handle?: string } {
  return { attemptId: attemptIdOf(attempt), ...(attempt.handle !== undefined && { handle: attempt.handle }) };
}

/** Ends what was started for an attempt by force, and waits until the executor has been told. Idempotent. */
export async function removeStarted(runtime: Runtime, attempt: AttemptRecord): Promise<void> {
  const executor = await executorOf(runtime, attempt.executor);
  await executor.remove(referenceOf(attempt));
}

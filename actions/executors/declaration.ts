import * as z from "zod";
import { ecsExecutor } from "./ecs/contract.ts";
import { eksExecutor } from "./eks/contract.ts";
import { TerminalExecutorError } from "./executor-error.ts";
import { processExecutor } from "./process/contract.ts";

/**
 * How an installation declares an executor; its name is the parameter's. A kind's own part stands in
 * `actions/executors/<kind>/contract.ts`. A new kind is one line here, one in `kinds.ts` and one in
 * `create-executor.ts`.
 */
export const executorDeclaration = z.discriminatedUnion("kind", [ecsExecutor, eksExecutor, processExecutor]);

/** A declared executor, read: every default is filled in. */
export type ExecutorConfiguration = Readonly<z.infer<typeof executorDeclaration>>;

/** Names of executors: they stand in pipelines, in the names of parameters and in records. */
export const EXECUTOR_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;

/**
 * Reads a declaration from its JSON text; `place` says where it stands, for whoever has to mend it. Throws
 * `TerminalExecutorError`.
 */
export function parseExecutorDeclaration(place: string, text: string): ExecutorConfiguration {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TerminalExecutorError(`${place} is no JSON: ${cause instanceof Error ? cause.message : ""}`, { cause });
  }
  const parsed = executorDeclaration.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `"${path.join(".")}" ${message}`,
    );
    throw new TerminalExecutorError(`${place} declares no executor: ${problems.join("; ")}`);
  }
  return parsed.data;
}

import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../actions/index.ts";
import type { ActionType, CompileContext, ExecutorDeclaration } from "../compiler/index.ts";
import type { CompileOptions } from "./compile-options.ts";
import type { Io } from "./io.ts";
import { readKeyValues } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** The executors of every laptop, by name. The first is that of actions that name none, without `--containers`. */
const PROCESS: ExecutorDeclaration = { name: "process", kind: "process" };
const CONTAINERS: ExecutorDeclaration = { name: "containers", kind: "ecs" };

/** What the compiler must know of this machine: action types, executor kinds, executors. */
export async function loadCompileContext(
  options: CompileOptions,
  io: Pick<Io, "cwd">,
): Promise<CompileContext & { readonly actionTypes: ReadonlyMap<string, ActionType> }> {
  return {
    actionTypes: await loadTypes(options.actions, io),
    kinds: EXECUTOR_KINDS,
    executors: readExecutors(options.executor, options.containers ? [CONTAINERS, PROCESS] : [PROCESS]),
    defaultExecutor: (options.containers ? CONTAINERS : PROCESS).name,
    strict: options.strict,
  };
}

/** The built-in action types and those of `directories`. A type that cannot be read is a `UsageError`. */
export async function loadTypes(
  directories: readonly string[],
  io: Pick<Io, "cwd">,
): Promise<ReadonlyMap<string, ActionType>> {
  const paths = directories.map((directory) => resolve(io.cwd, directory));
  for (const [at, path] of paths.entries()) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() !== true) {
      throw new UsageError(
        `--actions ${directories[at]}: there is no such directory.`,
        "Give the directory that holds a folder per action type.",
      );
    }
  }
  const { types, problems } = loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS), ...paths]);
  if (problems.length > 0) {
    throw new UsageError(
      `The action types cannot be read:\n${problems.map((problem) => `  ${problem.file}: ${problem.message}`).join("\n")}`,
      'See "A type of your own" in docs/actions.md.',
    );
  }
  return types;
}

function readExecutors(
  texts: readonly string[],
  own: readonly ExecutorDeclaration[],
): ReadonlyMap<string, ExecutorDeclaration> {
  const executors = new Map(own.map((executor) => [executor.name, executor]));
  for (const { key: name, value: kind } of readKeyValues("--executor", texts)) {
    if (!EXECUTOR_KINDS.has(kind)) {
      throw new UsageError(
        `--executor ${name}: there is no executor kind "${kind}".`,
        `Kinds are ${[...EXECUTOR_KINDS.keys()].map((known) => `"${known}"`).join(", ")}.`,
      );
    }
    executors.set(name, { name, kind });
  }
  return executors;
}

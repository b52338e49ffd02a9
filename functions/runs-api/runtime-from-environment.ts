import { readFile } from "node:fs/promises";
import { EXECUTOR_KINDS } from "../../actions/index.ts";
import type { ActionType } from "../../compiler/index.ts";
import { RUNTIME_ENVIRONMENT } from "../contract.ts";
import { listExecutors } from "../executors/list-executors.ts";
import { readMachineSettings } from "../machines/settings.ts";
import { runtimeFromEnvironment } from "../runtime-from-environment.ts";
import { createCloudWatchLogs } from "./cloudwatch-logs.ts";
import { ACTION_TYPES_FILE } from "./contract.ts";
import type { RunsApiRuntime } from "./runtime.ts";

/**
 * The runtime of the deployed function. `actionTypesFile` is where the installation's action types stand. Throws where a
 * variable of the environment is missing.
 */
export function runsApiRuntimeFromEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  actionTypesFile: URL = new URL(ACTION_TYPES_FILE, import.meta.url),
): RunsApiRuntime {
  const runtime = runtimeFromEnvironment(variables);
  const defaultExecutor = variables[RUNTIME_ENVIRONMENT.defaultExecutor];
  if (!defaultExecutor) {
    throw new Error(`The environment variable ${RUNTIME_ENVIRONMENT.defaultExecutor} is not set.`);
  }
  let types: Promise<ReadonlyMap<string, ActionType>> | undefined;
  return {
    ...runtime,
    machines: readMachineSettings(variables),
    logs: createCloudWatchLogs(),
    async compileContext() {
      types ??= readActionTypes(actionTypesFile);
      const [actionTypes, executors] = await Promise.all([types, listExecutors(runtime)]);
      return { actionTypes, kinds: EXECUTOR_KINDS, executors, defaultExecutor };
    },
  };
}

/** What `cdk` wrote: the types as `loadActionTypes` has read them. */
async function readActionTypes(file: URL): Promise<ReadonlyMap<string, ActionType>> {
  const types: readonly ActionType[] = JSON.parse(await readFile(file, "utf8"));
  return new Map(types.map((type) => [type.name, type]));
}

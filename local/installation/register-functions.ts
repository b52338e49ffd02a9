import { EXECUTOR_KINDS } from "../../actions/index.ts";
import { RECORD_RUN_PLACEHOLDER } from "../../compiler/index.ts";
import {
  AGENT_API_ROUTE,
  createAgentApi,
  createCancelRun,
  createCollectMachines,
  createCompleteAction,
  createExecuteAction,
  createRecordRun,
  createRunsApi,
  createStartScheduledRun,
  createSweep,
  RUNS_API_ROUTES,
  type RunsApiRuntime,
  type Runtime,
} from "../../functions/index.ts";
import type { FunctionHost } from "../function-host/function-host.ts";
import type { HttpApiRoute } from "../wire/http-api.ts";
import { NAMES } from "./names.ts";

const nameOf = (name: string) => `${NAMES.functionPrefix}${name}`;

/** Names of the functions that something other than a state machine calls. */
export const FUNCTIONS = {
  agentApi: nameOf("agent-api"),
  cancelRun: nameOf("cancel-run"),
  collectMachines: nameOf("collect-machines"),
  completeAction: nameOf("complete-action"),
  recordRun: nameOf("record-run"),
  runsApi: nameOf("runs-api"),
  startScheduledRun: nameOf("start-scheduled-run"),
  sweep: nameOf("sweep"),
} as const;

/** The route of the agents, on the endpoint of the installation. */
export const HTTP_ROUTES: readonly HttpApiRoute[] = [
  { ...AGENT_API_ROUTE, functionName: FUNCTIONS.agentApi, authorization: "none" },
];

/** The routes by which runs are submitted and looked at, on the same endpoint. */
export const RUNS_ROUTES: readonly HttpApiRoute[] = RUNS_API_ROUTES.map(({ method, path }) => ({
  method,
  path,
  functionName: FUNCTIONS.runsApi,
  authorization: "iam",
}));

/**
 * Registers every function with its handler, `execute-action` once per executor kind as on AWS.
 * @returns the ARN that stands for each placeholder of a state machine's body
 */
export function registerFunctions(host: FunctionHost, runtime: Runtime): ReadonlyMap<string, string> {
  host.register({ name: FUNCTIONS.agentApi, handler: createAgentApi(runtime) });
  host.register({ name: FUNCTIONS.cancelRun, handler: createCancelRun(runtime) });
  host.register({ name: FUNCTIONS.completeAction, handler: createCompleteAction(runtime) });
  host.register({ name: FUNCTIONS.collectMachines, handler: createCollectMachines(runtime) });
  host.register({ name: FUNCTIONS.startScheduledRun, handler: createStartScheduledRun(runtime) });
  host.register({ name: FUNCTIONS.sweep, handler: createSweep(runtime) });
  const recordRun = host.register({ name: FUNCTIONS.recordRun, handler: createRecordRun(runtime) });
  const placeholders = new Map([[RECORD_RUN_PLACEHOLDER, recordRun]]);
  for (const { kind, functionPlaceholder } of EXECUTOR_KINDS.values()) {
    const handler = createExecuteAction(runtime);
    placeholders.set(functionPlaceholder, host.register({ name: nameOf(`execute-action-${kind}`), handler }));
  }
  return placeholders;
}

/** Registers the function behind `RUNS_ROUTES`. */
export function registerRunsApi(host: FunctionHost, runtime: RunsApiRuntime): void {
  host.register({ name: FUNCTIONS.runsApi, handler: createRunsApi(runtime) });
}

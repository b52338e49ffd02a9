/** The public face of the functions: what `local/`, `cli/` and tests of the whole may use. */
export { SHORTEST_SECRET_CHARACTERS } from "../agent/protocol.ts";
export { AGENT_API_ROUTE } from "./agent-api/contract.ts";
export { createHandler as createAgentApi } from "./agent-api/handler.ts";
export { CANCEL_RUN_RULE } from "./cancel-run/contract.ts";
export { createHandler as createCancelRun } from "./cancel-run/handler.ts";
export { COLLECT_INTERVAL_HOURS } from "./collect-machines/contract.ts";
export { createHandler as createCollectMachines } from "./collect-machines/handler.ts";
export { COMPLETE_ACTION_RULE } from "./complete-action/contract.ts";
export { createHandler as createCompleteAction } from "./complete-action/handler.ts";
export { isConfigKey } from "./configs/names.ts";
export { InvalidConfigError, type NewConfig, storeConfig } from "./configs/store-config.ts";
export { EVENT_DETAIL_TYPES, EVENT_SOURCE } from "./events/contract.ts";
export { createHandler as createExecuteAction } from "./execute-action/handler.ts";
export { substitute } from "./machines/substitute.ts";
export {
  NOTIFY_QUEUE,
  type NotificationOptions,
  type NotificationSecret,
  notificationDeclaration,
  notificationPattern,
  notificationTemplate,
} from "./notify/contract.ts";
export { createHandler as createNotify } from "./notify/handler.ts";
export { secretParameterName } from "./notify/secrets.ts";
export { planObjects } from "./plans/contract.ts";
export { publishPlan } from "./plans/publish-plan.ts";
export { RECORD_RUN_RULE } from "./record-run/contract.ts";
export { createHandler as createRecordRun } from "./record-run/handler.ts";
export { attemptIdOf } from "./records/keys.ts";
export { hasRunEnded } from "./records/statuses.ts";
export { tableDefinition } from "./records/table.ts";
export { readRun } from "./runs/read-run.ts";
export { newRunId } from "./runs/run-id.ts";
export type { ActionView, RunView } from "./runs/run-view.ts";
export { stopRun } from "./runs/stop-run.ts";
export { submitRun } from "./runs/submit-run.ts";
export { InvalidRunError } from "./runs/validate-params.ts";
export { RUNS_API_ROUTES } from "./runs-api/contract.ts";
export { createHandler as createRunsApi } from "./runs-api/handler.ts";
export type { AttemptLogs, RunsApiRuntime } from "./runs-api/runtime.ts";
export * as API_SCHEMAS from "./runs-api/schemas.ts";
export type { Runtime, RuntimeClients } from "./runtime.ts";
export { NoScheduleError } from "./schedules/put-schedules.ts";
export { readSchedule, startSchedule, stopSchedule } from "./schedules/schedule-view.ts";
export { createHandler as createStartScheduledRun } from "./start-scheduled-run/handler.ts";
export { SWEEP_INTERVAL_SECONDS } from "./sweep/contract.ts";
export { createHandler as createSweep } from "./sweep/handler.ts";
export { checkAttempt } from "./sweep/sweep-attempt.ts";

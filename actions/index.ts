export { type EcsExecutorConfiguration, readEcsConfiguration } from "./executors/ecs/configuration.ts";
export { createEcsExecutor, type EcsExecutorOptions } from "./executors/ecs/ecs-executor.ts";
export { taskStatus } from "./executors/ecs/task-status.ts";
export type {
  ActionExecutor,
  AttemptChange,
  AttemptHandle,
  AttemptReference,
  AttemptSpecification,
  AttemptStatus,
  Existence,
} from "./executors/executor.ts";
export {
  RetryableExecutorError,
  TerminalExecutorError,
  UnsupportedOperationError,
} from "./executors/executor-error.ts";
export { isTransient } from "./executors/is-transient.ts";
export { EXECUTOR_KINDS } from "./executors/kinds.ts";
export { createProcessExecutor, type ProcessExecutorOptions } from "./executors/process/process-executor.ts";
export type { HostedProcess, ProcessHost } from "./executors/process/process-host.ts";
export { BUILT_IN_ACTIONS, type LoadedActionTypes, loadActionTypes } from "./load-action-types.ts";
export type { ActionTypeProblem } from "./read-action-type.ts";

export { createExecutor, type ExecutorClients } from "./executors/create-executor.ts";
export {
  EXECUTOR_NAME,
  type ExecutorConfiguration,
  executorDeclaration,
  parseExecutorDeclaration,
} from "./executors/declaration.ts";
export type { EcsExecutorConfiguration, EcsExecutorInput } from "./executors/ecs/contract.ts";
export { createEcsExecutor, type EcsExecutorOptions } from "./executors/ecs/ecs-executor.ts";
export { stopReason } from "./executors/ecs/stop-reason.ts";
export { taskStatus } from "./executors/ecs/task-status.ts";
export type { EksExecutorConfiguration, EksExecutorInput } from "./executors/eks/contract.ts";
export { createEksExecutor, type EksExecutorOptions } from "./executors/eks/eks-executor.ts";
export type {
  ActionExecutor,
  AttemptChange,
  AttemptHandle,
  AttemptLog,
  AttemptReference,
  AttemptSpecification,
  AttemptStatus,
  Executors,
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

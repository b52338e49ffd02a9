import type { ECSClient } from "@aws-sdk/client-ecs";
import type { EKSClient } from "@aws-sdk/client-eks";
import type { ExecutorConfiguration } from "./declaration.ts";
import { createEcsExecutor } from "./ecs/ecs-executor.ts";
import { createEksExecutor, type EksExecutorOptions } from "./eks/eks-executor.ts";
import type { ActionExecutor } from "./executor.ts";
import { TerminalExecutorError } from "./executor-error.ts";

/** What executors are made with; the client of a region is the same one each time. */
export interface ExecutorClients {
  readonly ecs: (region: string) => Pick<ECSClient, "send">;
  readonly eks: (region: string) => Pick<EKSClient, "send">;
  /** The function's own credentials: the API servers of clusters take them, signed. */
  readonly credentials: EksExecutorOptions["credentials"];
}

/** Makes an executor in AWS by its declaration. Throws `TerminalExecutorError` for a kind that AWS does not have. */
export function createExecutor(
  name: string,
  configuration: ExecutorConfiguration,
  { ecs, eks, credentials }: ExecutorClients,
): ActionExecutor {
  switch (configuration.kind) {
    case "ecs":
      return createEcsExecutor({ name, client: ecs(configuration.region), configuration });
    case "eks":
      return createEksExecutor({ name, client: eks(configuration.region), configuration, credentials });
    case "process":
      throw new TerminalExecutorError(`Executor "${name}" is of the kind "process", which only a laptop has.`);
  }
}

import { ECSClient } from "@aws-sdk/client-ecs";
import { type ActionExecutor, createEcsExecutor, executorDeclaration } from "../../actions/index.ts";
import type { ExecutorDeclaration } from "../../compiler/index.ts";
import type { LocalContainersOptions } from "../containers/containers.ts";
import { createLocalContainers, ensureAgentImage, findEngine, type LocalContainers } from "../containers/index.ts";
import type { Router } from "../wire/http.ts";
import { createInProcessHandler } from "../wire/in-process-handler.ts";
import type { Credentials } from "../wire/signature.ts";
import type { ContainerOptions } from "./options.ts";

/** What executors of the kind `ecs` are made of on this machine. */
export interface OpenContainers extends LocalContainers {
  /** The very executor that works on AWS, with a cluster whose tasks are containers of this machine. */
  executor(name: string): ActionExecutor;
}

/** What the containers need of their installation. */
export interface ContainerSurroundings extends Omit<LocalContainersOptions, "engine" | "cluster"> {
  readonly credentials: Credentials;
  readonly router: Router;
}

/** Name of the one cluster, and the rest of what a declaration on AWS says: nothing here looks at it. */
const CLUSTER = "sluice";
const LOG_GROUP = "/sluice/actions";

/**
 * The containers of an installation, where one of its executors is of the kind `ecs`. What a crashed installation has
 * left is removed, and the agent's image is built where it is not there yet.
 * @throws {NoContainerEngineError} neither podman nor docker works
 * @throws {AgentImageError} the agent's image is not there and cannot be built
 */
export async function openContainers(
  executors: readonly ExecutorDeclaration[],
  options: ContainerOptions,
  surroundings: ContainerSurroundings,
): Promise<OpenContainers | undefined> {
  if (executors.every(({ kind }) => kind !== "ecs")) return undefined;
  const engine = await findEngine(process.env);
  const agentImage =
    options.agentImage ??
    (await ensureAgentImage(engine, () => options.onNotice?.(`Building the agent's image with ${engine.name}, once.`)));
  const { region, accountId, credentials, router } = surroundings;
  const configuration = executorDeclaration.parse({
    kind: "ecs",
    region,
    cluster: CLUSTER,
    architecture: process.arch === "arm64" ? "ARM64" : "X86_64",
    subnets: ["subnet-local"],
    executionRoleArn: `arn:aws:iam::${accountId}:role/sluice-task-execution`,
    agentImage,
    logGroup: LOG_GROUP,
  });
  if (configuration.kind !== "ecs") throw new Error("A declaration has become another one.");
  const client = new ECSClient({
    region,
    credentials,
    endpoint: "http://127.0.0.1",
    requestHandler: createInProcessHandler(router),
  });
  const containers = createLocalContainers({ ...surroundings, engine, cluster: CLUSTER });
  return {
    ...containers,
    executor: (name) => createEcsExecutor({ name, client, configuration }),
    async stop() {
      await containers.stop();
      client.destroy();
    },
  };
}

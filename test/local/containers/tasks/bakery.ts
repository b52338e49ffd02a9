import {
  type ContainerDefinition,
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { until } from "../../../until.ts";
import type { FakeEngineOptions } from "../fake-engine.ts";
import { openShop } from "../shop-containers.ts";

/** The bakery: `oven` is essential; what else there is depends on the test. */
export const OVEN: ContainerDefinition = { name: "oven", image: "shop/oven:1" };

/** Starts a task of these containers on a fake engine. */
export async function bake(
  containerDefinitions: ContainerDefinition[],
  options: FakeEngineOptions & { readonly memory?: string; readonly volumes?: string[] } = {},
) {
  const shop = openShop("/nowhere", options);
  const { client, engine, events } = shop;
  await client.send(
    new RegisterTaskDefinitionCommand({
      family: "bake",
      containerDefinitions,
      ...(options.memory !== undefined && { memory: options.memory, cpu: "512" }),
      volumes: (options.volumes ?? []).map((name) => ({ name })),
    }),
  );
  const { tasks = [] } = await client.send(new RunTaskCommand({ cluster: "shop", taskDefinition: "bake" }));
  const task = tasks[0]?.taskArn ?? "";
  return {
    ...shop,
    running: (name: string) => until(() => engine.has(name) && engine.container(name).isRunning),
    stop: () => client.send(new StopTaskCommand({ cluster: "shop", task, reason: "enough" })),
    describe: async (): Promise<Task> => {
      const described = await client.send(new DescribeTasksCommand({ cluster: "shop", tasks: [task] }));
      return described.tasks?.[0] ?? {};
    },
    stopped: () => until(() => events.at(-1)?.detail["lastStatus"] === "STOPPED"),
  };
}

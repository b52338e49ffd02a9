import { createEcsExecutor, executorDeclaration } from "../../../actions/index.ts";
import { describeExecutorContract } from "../../actions/executors/contract.ts";
import { until } from "../../until.ts";
import { openShop } from "./shop-containers.ts";

// The very executor that works on AWS, through the real SDK client, on the ECS of this machine.
describeExecutorContract("ecs", async () => {
  const { client, containers, engine } = openShop();
  const configuration = executorDeclaration.parse({
    kind: "ecs",
    region: "us-east-1",
    cluster: "shop",
    subnets: ["subnet-local"],
    executionRoleArn: "arn:aws:iam::000000000000:role/shop",
    agentImage: "shop/agent:1",
    logGroup: "/shop",
  });
  if (configuration.kind !== "ecs") throw new Error("another kind");
  const isRunning = () => engine.has("main") && engine.container("main").isRunning;
  return {
    executor: createEcsExecutor({ name: "containers", client, configuration }),
    started: () => engine.calls.filter((call) => call.startsWith("volume ")).length,
    run: () => until(isRunning),
    settle: ({ attemptId }) => containers.ended(attemptId),
    async [Symbol.asyncDispose]() {
      await containers.stop();
      client.destroy();
    },
  };
});

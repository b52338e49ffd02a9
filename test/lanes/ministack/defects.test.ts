import { DescribeTasksCommand, ECSClient, RegisterTaskDefinitionCommand, RunTaskCommand } from "@aws-sdk/client-ecs";
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { StartExecutionCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { poll, type Reproduction, startReproduction } from "./reproduction.ts";

/**
 * What MiniStack 1.4.21, as it comes, does unlike AWS, as far as it concerns Sluice; numbered as in `defects.md`. A test
 * that fails here tells that a defect is gone: then what `server.py` or `states-gateway.ts` does about it can go, too.
 */
let it: Reproduction;
beforeAll(async () => {
  it = await startReproduction();
});
afterAll(() => it?.stop());

const machineOf = (state: object) => ({ StartAt: "only", States: { only: state } });
/** The tokens of a caller, in the order in which it was given them. */
const tokensOf = (who: string) => it.told.filter((event) => event.who === who).map(({ token = "" }) => token);
const tokenOf = (who: string, call = 0) => poll(() => tokensOf(who)[call]);
const AGAIN = [{ ErrorEquals: ["Again"], IntervalSeconds: 1, MaxAttempts: 3 }];

describe("CloudFormation", () => {
  test.each([
    ["AWS::ECS::ClusterCapacityProviderAssociations", { Cluster: "shop", CapacityProviders: ["FARGATE"] }],
    ["AWS::StepFunctions::StateMachineVersion", { StateMachineArn: "arn:aws:states:us-east-1:123456789012:x:y" }],
    ["AWS::EC2::FlowLog", { ResourceId: "vpc-1", ResourceType: "VPC", TrafficType: "ALL" }],
  ])("1: does not know %s", async (Type, Properties) => {
    const name = Type.replaceAll("::", "-");
    await expect(it.createStack(name, { Only: { Type, Properties } })).rejects.toThrow(/Unsupported resource type/);
  });

  test("2: a state machine has no revision", async () => {
    const Machine = {
      Type: "AWS::StepFunctions::StateMachine",
      Properties: { RoleArn: "r", DefinitionString: JSON.stringify(machineOf({ Type: "Succeed" })) },
    };
    const revision = { Value: { "Fn::GetAtt": ["Machine", "StateMachineRevisionId"] } };
    const made = await it.createStack("revision", { Machine }, { revision }).catch(() => ({ revision: "" }));
    expect(made["revision"] ?? "").not.toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  test("3: the address of an HTTP API is a name below localhost", async () => {
    const Api = { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "shop", ProtocolType: "HTTP" } };
    const endpoint = { Value: { "Fn::GetAtt": ["Api", "ApiEndpoint"] } };
    const made = await it.createStack("api", { Api }, { endpoint });
    expect(made["endpoint"]).toMatch(/^http:\/\/[0-9a-f]{8}\.execute-api\.localhost:\d+$/);
  });
});

describe("ECS", () => {
  test("4: a container's entry point is ignored, so that its command is taken for a program", async () => {
    const ecs = new ECSClient(it.ministack.client);
    await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "shop",
        containerDefinitions: [
          { name: "main", image: "localhost/sluice-base:dev", entryPoint: ["/bin/sh", "-c"], command: ["exit 3"] },
        ],
      }),
    );
    const { tasks = [] } = await ecs.send(new RunTaskCommand({ cluster: "shop", taskDefinition: "shop" }));
    const described = await ecs.send(
      new DescribeTasksCommand({ cluster: "shop", tasks: tasks.map(({ taskArn = "" }) => taskArn) }),
    );
    ecs.destroy();
    expect(described.tasks?.[0]?.lastStatus).toBe("RUNNING");
    expect(it.ministack.log()).toMatch(/ECS: Docker run failed for localhost\/sluice-base:dev/);
  });
});

describe("Step Functions", () => {
  test("5: the context object has no Execution.RedriveCount", async () => {
    const output = { redrive: "{% $states.context.Execution.RedriveCount %}" };
    const execution = await it.start("redrive", machineOf({ Type: "Pass", Output: output, End: true }));
    expect(JSON.parse((await it.end(execution)).output ?? "")).toEqual({ redrive: null });
  });

  test("6: the branches of a Parallel share one task token, which shows at the first retry", async () => {
    const branch = (who: string) => machineOf(it.callback(who, { Retry: AGAIN }));
    await it.start("parallel", machineOf({ Type: "Parallel", Branches: [branch("left"), branch("right")], End: true }));
    const tokens = { left: await tokenOf("left"), right: await tokenOf("right") };
    await it.fail(tokens.left, "Again");
    await it.fail(tokens.right, "Again").catch(() => undefined);
    const again = [await tokenOf("left", 1), await tokenOf("right", 1)];
    expect(again[0]).toBe(again[1]);
  });

  test("7: a retry gets the token of the try before", async () => {
    await it.start("retry", machineOf(it.callback("retried", { Retry: AGAIN })));
    await it.fail(await tokenOf("retried"), "Again");
    expect(await tokenOf("retried", 1)).toBe(await tokenOf("retried"));
  });

  test("8: the error of a function is lost where the state waits for a token", async () => {
    const Arguments = { FunctionName: it.functionArn, Payload: { fail: true } };
    const execution = await it.start("fail", machineOf(it.callback("failing", { Arguments, TimeoutSeconds: 2 })));
    expect((await it.end(execution)).error).toBe("States.Timeout");
  });

  test("9: HeartbeatSeconds means nothing", async () => {
    const began = performance.now();
    const seconds = { HeartbeatSeconds: 1, TimeoutSeconds: 4 };
    const execution = await it.start("heartbeat", machineOf(it.callback("silent", seconds)));
    await it.end(execution);
    expect(performance.now() - began).toBeGreaterThan(3_900);
  });

  test("14: the seconds of a Wait may not be an expression", async () => {
    const execution = await it.start("wait", machineOf({ Type: "Wait", Seconds: "{% 0 %}", End: true }));
    expect((await it.end(execution)).status).toBe("FAILED");
  });

  test("10: the same execution started again is an error, though its input is the same", async () => {
    const execution = await it.start("twice", machineOf({ Type: "Succeed" }));
    const stateMachineArn = execution.split(":").slice(0, 7).join(":").replace(":execution:", ":stateMachine:");
    const again = it.states.send(new StartExecutionCommand({ stateMachineArn, name: "run" }));
    await expect(again).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  });
});

describe("EventBridge", () => {
  test("11: no event tells that an execution has ended", async () => {
    const events = new EventBridgeClient(it.ministack.client);
    const pattern = { source: ["aws.states", "shop"] };
    await events.send(new PutRuleCommand({ Name: "ended", EventPattern: JSON.stringify(pattern) }));
    await events.send(new PutTargetsCommand({ Rule: "ended", Targets: [{ Id: "tell", Arn: it.functionArn }] }));
    await it.end(await it.start("ended", machineOf({ Type: "Succeed" })));
    await events.send(new PutEventsCommand({ Entries: [{ Source: "shop", DetailType: "Later", Detail: "{}" }] }));
    await poll(() => it.told.find(({ source }) => source === "shop"));
    events.destroy();
    expect(it.told.some(({ source }) => source === "aws.states")).toBe(false);
  });

  test("12: a schedule hands on its keyword in place of the time", async () => {
    const scheduler = new SchedulerClient(it.ministack.client);
    const Input = '{"time":"<aws.scheduler.scheduled-time>"}';
    await scheduler.send(
      new CreateScheduleCommand({
        Name: "tick",
        ScheduleExpression: `at(${new Date().toISOString().slice(0, 19)})`,
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: { Arn: it.functionArn, RoleArn: "arn:aws:iam::123456789012:role/any", Input },
      }),
    );
    scheduler.destroy();
    const { time } = await poll(() => it.told.find((event) => event.time?.startsWith("<") === true));
    expect(time).toBe("<aws.scheduler.scheduled-time>");
  });
});

import { Readable } from "node:stream";
import { ECSClient } from "@aws-sdk/client-ecs";
import type { EcsExecutorConfiguration } from "../../../../actions/index.ts";

/** One call as it went over the wire. */
export interface EcsCall {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

interface ScriptedTask extends Record<string, unknown> {
  readonly taskArn: string;
  readonly startedBy: string;
  lastStatus: string;
  desiredStatus: string;
}

/** An ECS endpoint behind the real SDK client: as much of ECS as one task needs. */
export interface ScriptedEcs {
  readonly client: ECSClient;
  readonly calls: readonly EcsCall[];
  readonly tasks: ReadonlyMap<string, ScriptedTask>;
  /** The next call of this operation is answered so instead. */
  answerOnce(operation: string, status: number, body: object): void;
  setStatus(lastStatus: string, more?: object): void;
  /** Revisions of the only family that can be run. */
  activeRevisions(): number[];
}

const CLUSTER = "arn:aws:ecs:eu-west-1:123456789012:cluster/shop";

export function createScriptedEcs(): ScriptedEcs {
  const calls: EcsCall[] = [];
  /** Revisions of each family, the first one first; undefined where one was deregistered. */
  const families = new Map<string, (object | undefined)[]>();
  const tasks = new Map<string, ScriptedTask>();
  const tokens = new Map<string, { readonly request: string; readonly taskArn: string }>();
  const once = new Map<string, { readonly status: number; readonly body: object }>();
  const fault = (code: string, message: string, more: object = {}) => ({
    status: 400,
    body: { __type: code, message, ...more },
  });

  const operations: { [operation: string]: (input: Record<string, unknown>) => { status: number; body: object } } = {
    DescribeTaskDefinition({ taskDefinition }) {
      const [family = "", revision] = String(taskDefinition).split(":");
      const revisions = families.get(family) ?? [];
      const known =
        revision === undefined ? revisions.findLast((each) => each !== undefined) : revisions[Number(revision) - 1];
      return known ? ok({ taskDefinition: known }) : fault("ClientException", "Unable to describe task definition.");
    },
    RegisterTaskDefinition(input) {
      const family = String(input["family"]);
      const revisions = families.get(family) ?? [];
      const taskDefinition = { ...input, status: "ACTIVE", revision: revisions.length + 1 };
      families.set(family, [...revisions, taskDefinition]);
      return ok({ taskDefinition });
    },
    DeregisterTaskDefinition({ taskDefinition }) {
      const [family = "", revision] = String(taskDefinition).split(":");
      families.get(family)?.splice(Number(revision) - 1, 1, undefined);
      return ok({});
    },
    RunTask(input) {
      const token = String(input["clientToken"]);
      const request = JSON.stringify(input);
      const before = tokens.get(token);
      if (before !== undefined && before.request !== request) {
        return fault("ConflictException", "The token was used with other parameters.", {
          resourceIds: [before.taskArn],
        });
      }
      if (!families.has(String(input["taskDefinition"]))) {
        return fault("ClientException", "TaskDefinition not found.");
      }
      const taskArn = before?.taskArn ?? `arn:aws:ecs:eu-west-1:123456789012:task/shop/${tasks.size + 1}`;
      if (before === undefined) {
        const startedBy = String(input["startedBy"]);
        const containers = [{ name: "agent" }, { name: "main" }];
        tasks.set(taskArn, { taskArn, startedBy, containers, lastStatus: "PROVISIONING", desiredStatus: "RUNNING" });
        tokens.set(token, { request, taskArn });
      }
      return ok({ tasks: [tasks.get(taskArn)], failures: [] });
    },
    ListTasks({ startedBy, desiredStatus }) {
      const found = [...tasks.values()].filter(
        (task) => task.startedBy === startedBy && task.desiredStatus === desiredStatus,
      );
      return ok({ taskArns: found.map((task) => task.taskArn) });
    },
    DescribeTasks({ tasks: wanted }) {
      const found = (wanted as string[]).flatMap((arn) => tasks.get(arn) ?? []);
      return ok({ tasks: found, failures: [] });
    },
    StopTask({ task, reason }) {
      const found = tasks.get(String(task));
      if (found === undefined || String(reason).length > 255) {
        return fault("InvalidParameterException", "The referenced task was not found, or the reason is too long.");
      }
      Object.assign(found, { desiredStatus: "STOPPED", stoppedReason: reason, stopCode: "UserInitiated" });
      return ok({ task: found });
    },
  };

  const client = new ECSClient({
    region: "eu-west-1",
    credentials: { accessKeyId: "shop", secretAccessKey: "shop" },
    maxAttempts: 1,
    requestHandler: {
      async handle(request: { readonly headers: Readonly<Record<string, string>>; readonly body?: unknown }) {
        const operation = (request.headers["x-amz-target"] ?? "").split(".").at(-1) ?? "";
        const input = JSON.parse(new TextDecoder().decode(request.body as Uint8Array));
        calls.push({ operation, input });
        const answer = once.get(operation) ?? operations[operation]?.(input) ?? fault("UnknownOperation", operation);
        once.delete(operation);
        const headers = { "content-type": "application/x-amz-json-1.1" };
        const body = Readable.from([Buffer.from(JSON.stringify(answer.body))]);
        return { response: { statusCode: answer.status, headers, body } };
      },
    },
  });
  return {
    client,
    calls,
    tasks,
    activeRevisions: () => [...families.values()].flat().flatMap((each, at) => (each === undefined ? [] : [at + 1])),
    answerOnce: (operation, status, body) => once.set(operation, { status, body }),
    setStatus(lastStatus, more = {}) {
      for (const task of tasks.values()) {
        Object.assign(task, { lastStatus }, more);
      }
    },
  };
}

function ok(body: object): { status: number; body: object } {
  return { status: 200, body };
}

/** The configuration of the shop's executor. */
export const SHOP_ECS: EcsExecutorConfiguration = {
  kind: "ecs",
  launch: "fargate",
  architecture: "X86_64",
  region: "eu-west-1",
  cluster: CLUSTER,
  subnets: ["subnet-1", "subnet-2"],
  securityGroups: ["sg-1"],
  assignPublicIp: false,
  capacityProviders: [],
  executionRoleArn: "arn:aws:iam::123456789012:role/pull",
  agentImage: "shop/agent:1",
  logGroup: "/sluice/attempts",
};

import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DescribeStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { systemClock } from "../../../local/clock.ts";
import { createStates, type InvokeFunction } from "../../../local/states/index.ts";
import { collectBody, type WireRequest, type WireResponse } from "../../../local/wire/http.ts";
import { answerJsonProtocol } from "../../../local/wire/json-protocol.ts";
import { startLoopbackServer } from "../../../local/wire/loopback-server.ts";
import { forward } from "../forward.ts";
import { type MiniStack, PLACE } from "./ministack-server.ts";

/** Step Functions in front of MiniStack's: what its engine cannot execute, ours does. */
export interface StatesGateway {
  /** For AWS_ENDPOINT_URL_SFN. */
  readonly endpoint: string;
  /** Tells it MiniStack, which is started after it. */
  connect(ministack: MiniStack): void;
  /** What executes the machine of an execution. */
  engineOf(executionArn: string): "MiniStack" | "ours";
  stop(): Promise<void>;
}

const LARGEST_BODY_BYTES = 2 * 1024 * 1024;
/** What our engine says of what it does not know: then it is MiniStack's. */
const UNKNOWN = /ExecutionDoesNotExist|TaskDoesNotExist|InvalidToken|StateMachineDoesNotExist/;
/** Operations that concern an execution, and so the engine that has it. */
const OF_AN_EXECUTION: ReadonlySet<string> = new Set([
  "DescribeExecution",
  "GetExecutionHistory",
  "SendTaskFailure",
  "SendTaskHeartbeat",
  "SendTaskSuccess",
  "StopExecution",
]);

/**
 * What MiniStack cannot execute: a Parallel, of which the branches share one task token, and a loop or a retry, which
 * gets the token that was answered already, and a Wait whose seconds are an expression (`defects.md`, 6, 7 and 14).
 */
const FOR_OUR_ENGINE = /"Type"\s*:\s*"Parallel"|"Sluice\.Again|"Seconds"\s*:\s*"/;

/**
 * Machines stay where they were deployed. One that MiniStack cannot execute is executed by our engine; its functions are
 * called in MiniStack, and its status events go to MiniStack's default bus. Every other machine MiniStack executes itself.
 */
export async function startStatesGateway(): Promise<StatesGateway> {
  let connected: ReturnType<typeof connectTo> | undefined;
  const server = await startLoopbackServer(async (request) => {
    if (connected === undefined) throw new Error("MiniStack is not connected yet.");
    return connected.answer(request);
  });
  return {
    endpoint: server.endpoint,
    connect(ministack) {
      connected = connectTo(ministack);
    },
    engineOf: (executionArn) => (connected?.hasExecution(executionArn) === true ? "ours" : "MiniStack"),
    async stop() {
      connected?.stop();
      await server.stop();
    },
  };
}

function connectTo(ministack: MiniStack) {
  const lambda = new LambdaClient(ministack.client);
  const events = new EventBridgeClient(ministack.client);
  const states = new SFNClient(ministack.client);
  const executions = new Set<string>();

  const invoke: InvokeFunction = async (FunctionName, payload) => {
    const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: payload }));
    const text = Payload?.transformToString() ?? "";
    return FunctionError === undefined ? { payload: text } : { payload: text, functionError: "Unhandled" };
  };
  const engine = createStates({
    ...PLACE,
    clock: systemClock,
    random: (count) => randomBytes(count),
    integrations: { lambda: invoke },
    onStatusChange: (change) => {
      const Entry = {
        Source: "aws.states",
        DetailType: "Step Functions Execution Status Change",
        Resources: [change.executionArn],
        Detail: JSON.stringify(change),
      };
      // Status events are best effort on AWS as well.
      events.send(new PutEventsCommand({ Entries: [Entry] })).catch(() => undefined);
    },
  });
  const ours = (request: WireRequest, body: Buffer) =>
    answerJsonProtocol(engine.service, { ...request, body: Readable.from([body]) });

  /** Makes the machine in our engine, as it stands in MiniStack; answers whether it is one for it. */
  const adopt = async (stateMachineArn: string): Promise<boolean> => {
    const { name, definition, roleArn } = await states.send(new DescribeStateMachineCommand({ stateMachineArn }));
    if (definition === undefined || !FOR_OUR_ENGINE.test(definition)) return false;
    await engine.service.operations["CreateStateMachine"]?.({ name, definition, roleArn, type: "STANDARD" });
    return true;
  };

  const start = async (request: WireRequest, body: Buffer): Promise<WireResponse | undefined> => {
    const input = JSON.parse(body.toString("utf8")) as { readonly stateMachineArn: string; readonly name?: string };
    if (!(await adopt(input.stateMachineArn))) return undefined;
    const machine = input.stateMachineArn.split(":").slice(0, 7).join(":");
    const named = { ...input, stateMachineArn: machine, name: input.name ?? randomUUID() };
    executions.add(`${machine.replace(":stateMachine:", ":execution:")}:${named.name}`);
    return ours(request, Buffer.from(JSON.stringify(named)));
  };

  return {
    hasExecution: (executionArn: string) => executions.has(executionArn),
    async answer(request: WireRequest): Promise<WireResponse> {
      const operation = request.headers["x-amz-target"]?.split(".").at(-1) ?? "";
      const body = await collectBody(request.body, LARGEST_BODY_BYTES);
      const answered =
        operation === "StartExecution"
          ? await start(request, body)
          : OF_AN_EXECUTION.has(operation)
            ? await ours(request, body)
            : undefined;
      if (answered !== undefined && !(await isUnknown(answered))) return answered;
      return forward({ ...request, body: Readable.from([body]) }, ministack.port);
    },
    stop() {
      engine.stop();
      for (const client of [lambda, events, states]) client.destroy();
    },
  };
}

async function isUnknown({ statusCode, body }: WireResponse): Promise<boolean> {
  return statusCode >= 400 && body instanceof Uint8Array && UNKNOWN.test(Buffer.from(body).toString("utf8"));
}

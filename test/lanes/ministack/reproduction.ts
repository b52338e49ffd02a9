import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SendTaskFailureCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { collectBody, textResponse } from "../../../local/wire/http.ts";
import { startLoopbackServer } from "../../../local/wire/loopback-server.ts";
import { type MiniStack, PLACE, startMiniStack } from "./ministack-server.ts";

/** What the function `tell` was called with. */
export interface Told {
  readonly who?: string;
  readonly token?: string;
  readonly time?: string;
  readonly source?: string;
}

/** Stock MiniStack with one function, `tell`, that hands every event to this process; it throws where `fail` is set. */
export interface Reproduction {
  readonly ministack: MiniStack;
  readonly states: SFNClient;
  readonly functionArn: string;
  /** Events so far, in the order of their arrival. */
  readonly told: readonly Told[];
  /** Makes a stack of these resources; answers its outputs, or rejects with why a resource was refused. */
  createStack(name: string, resources: object, outputs?: object): Promise<Readonly<Record<string, string>>>;
  /** Makes a machine and starts it; answers the execution. */
  start(name: string, definition: object): Promise<string>;
  /** The Task that calls `tell` and waits for its token. */
  callback(who: string, rest?: object): object;
  fail(token: string, error: string): Promise<void>;
  /** How an execution ended. */
  end(executionArn: string): Promise<DescribeExecutionCommandOutput>;
  stop(): Promise<void>;
}

const ROLE = `arn:aws:iam::${PLACE.accountId}:role/any`;
const TELL = `
exports.handler = async (event) => {
  await fetch(process.env.TELL_URL, { method: "POST", body: JSON.stringify(event) });
  if (event.fail) throw Object.assign(new Error("the function has failed"), { name: "ShopClosed" });
  return {};
};`;

/** Starts MiniStack as it comes, and what the reproductions need around it. */
export async function startReproduction(): Promise<Reproduction> {
  const told: Told[] = [];
  const listener = await startLoopbackServer(async (request) => {
    told.push(JSON.parse((await collectBody(request.body, 1024 * 1024)).toString("utf8")));
    return textResponse(200, "text/plain", "");
  });
  const ministack = await startMiniStack({ stock: true });
  const states = new SFNClient(ministack.client);
  const createStack: Reproduction["createStack"] = async (name, Resources, Outputs = {}) => {
    const call = (action: string, parameters: Readonly<Record<string, string>> = {}) =>
      callCloudFormation(ministack, action, { StackName: name, ...parameters });
    await call("CreateStack", { TemplateBody: JSON.stringify({ Resources, Outputs }) });
    const described = await poll(async () => {
      const text = await call("DescribeStacks");
      return /IN_PROGRESS/.test(text) ? undefined : text;
    });
    if (!/CREATE_COMPLETE/.test(described)) throw new Error(await call("DescribeStackEvents"));
    const pairs = described.matchAll(/<OutputKey>(.*?)<\/OutputKey>\s*<OutputValue>(.*?)<\/OutputValue>/gs);
    return Object.fromEntries([...pairs].map(([, key = "", value = ""]): [string, string] => [key, value]));
  };
  const { FunctionArn: functionArn = "" } = await createStack(
    "tell",
    {
      Tell: {
        Type: "AWS::Lambda::Function",
        Properties: {
          FunctionName: "tell",
          Runtime: "nodejs24.x",
          Handler: "index.handler",
          Role: ROLE,
          Timeout: 20,
          Code: { ZipFile: TELL },
          Environment: { Variables: { TELL_URL: listener.endpoint } },
        },
      },
    },
    { FunctionArn: { Value: { "Fn::GetAtt": ["Tell", "Arn"] } } },
  );

  return {
    ministack,
    states,
    functionArn,
    told,
    createStack,
    async start(name, definition) {
      const { Arn: stateMachineArn } = await createStack(
        `machine-${name}`,
        {
          Machine: {
            Type: "AWS::StepFunctions::StateMachine",
            Properties: {
              StateMachineName: name,
              RoleArn: ROLE,
              DefinitionString: JSON.stringify({ QueryLanguage: "JSONata", ...definition }),
            },
          },
        },
        { Arn: { Value: { Ref: "Machine" } } },
      );
      const { executionArn = "" } = await states.send(new StartExecutionCommand({ stateMachineArn, name: "run" }));
      return executionArn;
    },
    callback: (who, rest = {}) => ({
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Arguments: { FunctionName: functionArn, Payload: { who, token: "{% $states.context.Task.Token %}" } },
      End: true,
      ...rest,
    }),
    async fail(taskToken, error) {
      await states.send(new SendTaskFailureCommand({ taskToken, error }));
    },
    end: (executionArn) =>
      poll(async () => {
        const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
        return execution.status === "RUNNING" ? undefined : execution;
      }),
    async stop() {
      states.destroy();
      await ministack.stop();
      await listener.stop();
    },
  };
}

/** Asks until there is an answer; the test's own timeout is the limit. */
export async function poll<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** CloudFormation's query protocol; answers its XML. */
async function callCloudFormation(
  { client, environment }: MiniStack,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const scope = `${environment["AWS_ACCESS_KEY_ID"]}/20260101/${client.region}/cloudformation/aws4_request`;
  const answer = await fetch(client.endpoint, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` },
    body: new URLSearchParams({ Action: action, Version: "2010-05-15", ...parameters }),
  });
  return answer.text();
}

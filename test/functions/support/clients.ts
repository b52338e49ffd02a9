import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SSMClient } from "@aws-sdk/client-ssm";

/** AWS services in memory behind the SDK's own clients: requests are serialized and answers parsed as ever. */

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An error as the service would answer it. */
class ServiceFault extends Error {
  readonly status: number;

  constructor(name: string, status = 400) {
    super(`${name} from the scripted service.`);
    this.name = name;
    this.status = status;
  }
}

const common = {
  region: "eu-central-1",
  credentials: { accessKeyId: "AKIDSHOP", secretAccessKey: "shop" },
  // What fails in a test is to be seen at once.
  maxAttempts: 1,
};

type Operations = { readonly [name: string]: (input: Record<string, unknown>) => object };

function jsonHandler(operations: Operations) {
  return {
    async handle(request: Request) {
      const name = request.headers["x-amz-target"]?.split(".").at(-1) ?? "";
      try {
        const operation = operations[name];
        if (operation === undefined) throw new ServiceFault(`UnknownOperation-${name}`);
        return response(200, JSON.stringify(operation(JSON.parse((await bytesOf(request.body)).toString("utf8")))));
      } catch (error) {
        if (!(error instanceof ServiceFault)) throw error;
        return response(error.status, JSON.stringify({ __type: error.name, message: error.message }));
      }
    },
  };
}

function response(statusCode: number, body: string, headers: Record<string, string> = {}) {
  return { response: { statusCode, headers, body: Readable.from([Buffer.from(body)]) } };
}

/** What was answered to task tokens, and executions to be described. */
export class FakeStates {
  readonly answers: { token: string; kind: "success" | "failure"; output?: unknown; error?: string; cause?: string }[] =
    [];
  readonly heartbeats: string[] = [];
  readonly started: { stateMachineArn: string; name: string; input: string }[] = [];
  readonly stopped: string[] = [];
  readonly executions = new Map<string, object>();
  /** Machines that submissions have made, by ARN, as they were made last. */
  readonly machines = new Map<string, Record<string, unknown>>();
  /** How often a machine was made, changed or deleted. */
  readonly machineCalls: string[] = [];
  /** ARNs of machines on which something runs. */
  readonly busyMachines = new Set<string>();
  /** Tokens whose Task has ended. */
  readonly deadTokens = new Map<string, string>();
  /** The next calls of these operations fail with these errors. */
  readonly faults = new Map<string, string[]>();
  readonly client = new SFNClient({
    ...common,
    requestHandler: jsonHandler({
      SendTaskSuccess: ({ taskToken, output }) => {
        this.#check("SendTaskSuccess", String(taskToken));
        this.answers.push({ token: String(taskToken), kind: "success", output: JSON.parse(String(output)) });
        return {};
      },
      SendTaskFailure: ({ taskToken, error, cause }) => {
        this.#check("SendTaskFailure", String(taskToken));
        this.answers.push({ token: String(taskToken), kind: "failure", error: String(error), cause: String(cause) });
        return {};
      },
      SendTaskHeartbeat: ({ taskToken }) => {
        this.#check("SendTaskHeartbeat", String(taskToken));
        this.heartbeats.push(String(taskToken));
        return {};
      },
      StartExecution: ({ stateMachineArn, name, input }) => {
        this.#check("StartExecution", "");
        this.started.push({ stateMachineArn: String(stateMachineArn), name: String(name), input: String(input) });
        return { executionArn: `x:${name}`, startDate: 1_760_000_000 };
      },
      CreateStateMachine: (input) => {
        this.#check("CreateStateMachine", "");
        this.machineCalls.push(`create ${input["name"]}`);
        const stateMachineArn = `arn:aws:states:eu-central-1:123456789012:stateMachine:${input["name"]}`;
        const existing = this.machines.get(stateMachineArn);
        // The role is not what tells two machines apart. Source: Step Functions API, CreateStateMachine.
        if (existing !== undefined && existing["definition"] !== input["definition"]) {
          throw new ServiceFault("StateMachineAlreadyExists");
        }
        if (existing === undefined) this.machines.set(stateMachineArn, input);
        return { stateMachineArn, creationDate: 1_760_000_000 };
      },
      UpdateStateMachine: ({ stateMachineArn, ...input }) => {
        this.#check("UpdateStateMachine", "");
        const arn = String(stateMachineArn);
        const existing = this.machines.get(arn);
        if (existing === undefined) throw new ServiceFault("StateMachineDoesNotExist");
        this.machineCalls.push(`update ${existing["name"]}`);
        this.machines.set(arn, { ...existing, ...input });
        return { updateDate: 1_760_000_000 };
      },
      DeleteStateMachine: ({ stateMachineArn }) => {
        this.#check("DeleteStateMachine", "");
        this.machineCalls.push(`delete ${String(stateMachineArn).split(":").at(-1)}`);
        this.machines.delete(String(stateMachineArn));
        return {};
      },
      ListExecutions: ({ stateMachineArn, statusFilter }) => {
        this.#check("ListExecutions", "");
        const isBusy = statusFilter === "RUNNING" && this.busyMachines.has(String(stateMachineArn));
        const executionArn = `${stateMachineArn}:x`;
        const one = { executionArn, stateMachineArn, name: "x", status: "RUNNING", startDate: 1_760_000_000 };
        return { executions: isBusy ? [one] : [] };
      },
      StopExecution: ({ executionArn }) => {
        this.#check("StopExecution", "");
        this.stopped.push(String(executionArn));
        return { stopDate: 1_760_000_000 };
      },
      DescribeExecution: ({ executionArn }) => {
        const found = this.executions.get(String(executionArn));
        if (found === undefined) throw new ServiceFault("ExecutionDoesNotExist");
        return { executionArn, ...found };
      },
    }),
  });

  #check(operation: string, token: string): void {
    const fault = this.faults.get(operation)?.shift() ?? this.deadTokens.get(token);
    if (fault !== undefined) throw new ServiceFault(fault);
  }
}

/** A bucket in memory. */
export class FakeBucket {
  readonly objects = new Map<string, { body: Buffer; lastModified: Date }>();
  /** How often each key was read. */
  readonly reads: string[] = [];
  readonly client = new S3Client({
    ...common,
    forcePathStyle: true,
    endpoint: "https://objects.shop.example",
    requestHandler: { handle: (request: Request) => this.#handle(request) },
  });

  put(key: string, body: string, lastModified = new Date("2026-01-15T10:00:00Z")): void {
    this.objects.set(key, { body: Buffer.from(body), lastModified });
  }

  text(key: string): string | undefined {
    return this.objects.get(key)?.body.toString("utf8");
  }

  #list(query: Readonly<Record<string, string>>) {
    const prefix = query["prefix"] ?? "";
    const after = query["start-after"] ?? "";
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = keys.slice(0, Number(query["max-keys"]));
    const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
    const truncated = `<IsTruncated>${page.length < keys.length}</IsTruncated>`;
    return response(200, `<ListBucketResult>${truncated}${contents}</ListBucketResult>`);
  }

  async #handle(request: Request) {
    const key = decodeURIComponent(request.path).split("/").slice(2).join("/");
    if (request.method === "PUT") {
      this.objects.set(key, { body: await bytesOf(request.body), lastModified: new Date("2026-01-15T10:00:00Z") });
      return response(200, "", { etag: `"${createHash("md5").update(key).digest("hex")}"` });
    }
    if (request.query?.["list-type"] === "2") return this.#list(request.query);
    this.reads.push(key);
    const object = this.objects.get(key);
    if (object === undefined) {
      const xml = "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>";
      return response(404, request.method === "HEAD" ? "" : xml);
    }
    const headers = {
      "content-length": String(object.body.byteLength),
      "last-modified": object.lastModified.toUTCString(),
    };
    return response(200, request.method === "HEAD" ? "" : object.body.toString("utf8"), headers);
  }
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (typeof body === "string") return Buffer.from(body);
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Parameter Store in memory. */
export class FakeParameters {
  readonly parameters = new Map<string, { value: string; type: "String" | "SecureString" }>();
  readonly asked: string[][] = [];
  readonly client = new SSMClient({
    ...common,
    requestHandler: jsonHandler({
      GetParameters: ({ Names }) => {
        const names = Names as string[];
        this.asked.push(names);
        if (names.length > 10) throw new ServiceFault("ValidationException");
        const found = names.flatMap((name) => {
          const parameter = this.parameters.get(name);
          return parameter ? [{ Name: name, Value: parameter.value, Type: parameter.type }] : [];
        });
        return { Parameters: found, InvalidParameters: names.filter((name) => !this.parameters.has(name)) };
      },
      GetParameter: ({ Name }) => {
        this.asked.push([String(Name)]);
        const found = this.parameters.get(String(Name));
        if (found === undefined) throw new ServiceFault("ParameterNotFound");
        return { Parameter: { Name, Value: found.value, Type: found.type } };
      },
    }),
  });
}

/** A bus that remembers. */
export class FakeBus {
  readonly events: { detailType: string; detail: Record<string, unknown> }[] = [];
  isAway = false;
  readonly client = new EventBridgeClient({
    ...common,
    requestHandler: jsonHandler({
      PutEvents: ({ Entries }) => {
        if (this.isAway) throw new ServiceFault("InternalException", 500);
        for (const entry of Entries as { DetailType: string; Detail: string }[]) {
          this.events.push({ detailType: entry.DetailType, detail: JSON.parse(entry.Detail) });
        }
        return { FailedEntryCount: 0, Entries: [] };
      },
    }),
  });
}

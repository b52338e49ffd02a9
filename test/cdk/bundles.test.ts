import type { BuildResult } from "esbuild";
import { describe, expect, test } from "vitest";
import { referenceBundle } from "../../bench/reference-bundle.ts";
import {
  EXECUTE_ACTION,
  type ExecutorUse,
  FUNCTION_SOURCES,
  type FunctionDeclaration,
  SYSTEM_FUNCTIONS,
} from "../../cdk/function-declarations.ts";
import {
  bundleFunction,
  bundleWithoutClients,
  type FunctionBundle,
  inputsOf,
  type SdkCommand,
  sdkCommands,
} from "../../scripts/function-bundle.ts";
import { readable, SHOP, synthesize, type TemplateResource } from "./synthesize.ts";

/** An installation with everything in it: executors of both kinds, one in another account; a topic of its own. */
const { ofType } = synthesize({
  pipelines: { Shop: SHOP },
  executors: {
    ecs: { kind: "ecs" },
    kube: { kind: "eks", cluster: "shop", roleArn: "arn:aws:iam::123456789012:role/kube" },
  },
  notifications: [{ name: "mail", target: { kind: "sns" } }],
});

/** IAM's prefixes where they are not the client's name. */
const SERVICE_PREFIXES: { readonly [client: string]: string } = {
  "cloudwatch-logs": "logs",
  eventbridge: "events",
  "secrets-manager": "secretsmanager",
  sfn: "states",
};

/** What a command is allowed by, where it is not one action of its own name. Source: AWS, Service Authorization Reference. */
const ACTIONS_OF_COMMANDS: { readonly [command: string]: readonly string[] } = {
  HeadObjectCommand: ["s3:GetObject"],
  ListObjectsV2Command: ["s3:ListBucket"],
  RunTaskCommand: ["ecs:RunTask", "iam:PassRole"],
  // The machine is tagged as it is made, and the role goes to it.
  CreateStateMachineCommand: ["states:CreateStateMachine", "states:TagResource", "iam:PassRole"],
  UpdateStateMachineCommand: ["states:UpdateStateMachine", "iam:PassRole"],
  CreateScheduleCommand: ["scheduler:CreateSchedule", "iam:PassRole"],
  UpdateScheduleCommand: ["scheduler:UpdateSchedule", "iam:PassRole"],
};

/** What clients bring that send it themselves, for what we have none of: directory buckets, endpoint discovery. */
const SENT_BY_CLIENTS = new Set(["CreateSessionCommand", "DescribeEndpointsCommand"]);

/** Calls that are made without the SDK, by the file that makes them. */
const CALLS_WITHOUT_COMMAND: { readonly [file: string]: readonly string[] } = {
  // Parameter Store reads a secret for the caller, with the caller's rights.
  "functions/configs/secret-reference.ts": ["secretsmanager:GetSecretValue"],
  "functions/notify/hide-message.ts": ["sqs:ChangeMessageVisibility"],
  "actions/executors/eks/assume-role.ts": ["sts:AssumeRole"],
};

/** From which use of executors on a command of theirs is sent: a bundle holds the whole of an executor. */
const EXECUTOR_COMMANDS: { readonly [command: string]: ExecutorUse } = {
  DescribeClusterCommand: "look",
  DescribeTasksCommand: "look",
  ListTasksCommand: "look",
  StopTaskCommand: "stop",
  DeregisterTaskDefinitionCommand: "start",
  DescribeTaskDefinitionCommand: "start",
  RegisterTaskDefinitionCommand: "start",
  RunTaskCommand: "start",
};
const USES: readonly ExecutorUse[] = ["look", "stop", "start"];

/** What the functions call of an executor, by what it takes. */
const USE_OF_METHODS: { readonly [method: string]: ExecutorUse } = {
  exist: "look",
  status: "look",
  inspect: "look",
  update: "look",
  cancel: "stop",
  remove: "stop",
  create: "start",
  start: "start",
};

/** What Lambda does with the role of a function, for the function and not by its code. */
const BY_LAMBDA = new Set([
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
  "sqs:SendMessage",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:ReceiveMessage",
]);

/** All functions are bundled at once, on whatever processors there are. */
const PATIENCE = { timeout: 240_000 };

const bundles = new Map(FUNCTION_SOURCES.map((source) => [source.source, bundleWithoutClients(source, "bundle")]));
const declarations: readonly FunctionDeclaration[] = [...EXECUTE_ACTION, ...SYSTEM_FUNCTIONS];

describe.each(FUNCTION_SOURCES)("$source", (source) => {
  const declaration = declarations.find((each) => each.source === source.source);

  test("may do exactly what it can call", PATIENCE, async () => {
    const bundle = await bundleOf(source.source);
    const use = useOfExecutors(bundle);
    const called = sdkCommands(bundle.metafile)
      .filter(({ command }) => !SENT_BY_CLIENTS.has(command))
      .filter((each) => !isOfExecutors(each) || isWithin(EXECUTOR_COMMANDS[each.command], use))
      .flatMap(actionsOf);

    expect(use).toBe(declaration?.executors);
    expect(grantedTo(declaration?.id ?? "")).toEqual(distinct([...called, ...callsWithoutCommand(bundle)]));
  });

  test("is at most 1.1 times what it calls", PATIENCE, async () => {
    const bundle = await bundleFunction(source, "bundle");
    const reference = await referenceBundle(source, bundle.metafile, "reference");

    expect(sizeOf(bundle) / sizeOf(reference)).toBeLessThanOrEqual(1.1);
  });

  test("holds the part of the compiler that reads pipelines only where pipelines are submitted", PATIENCE, async () => {
    const ofCompiler = inputsOf((await bundleOf(source.source)).metafile).filter((path) =>
      /^compiler\/(parse|read|validate|shell|emit)\/|node_modules\/(yaml|jsonata|asl-validator)\//.test(path),
    );

    expect(ofCompiler.length > 0).toBe(source.source === "runs-api");
  });
});

test("a network without a way out has an endpoint for everything that the functions call", PATIENCE, async () => {
  const isolated = synthesize({ network: { kind: "private" }, agentImage: "agent" });
  const endpoints = [...isolated.ofType("AWS::EC2::VPCEndpoint").values()].map(({ Properties }) =>
    readable(Properties.ServiceName, isolated.resources).replace(/^com\.amazonaws\.<AWS::Region>\./, ""),
  );
  const all = await Promise.all(bundles.values());
  const clients = new Set(all.flatMap(({ metafile }) => sdkCommands(metafile).map(({ client }) => serviceOf(client))));
  const withoutClient = Object.values(CALLS_WITHOUT_COMMAND).flatMap((calls) =>
    calls.map((call) => call.replace(/:.*/, "")),
  );

  expect([...clients, ...withoutClient].filter((service) => !endpoints.includes(service))).toEqual([]);
});

test("every exception above is one of something that a function calls", PATIENCE, async () => {
  const all = await Promise.all(bundles.values());
  const commands = new Set(all.flatMap(({ metafile }) => sdkCommands(metafile).map(({ command }) => command)));
  const files = new Set(all.flatMap(({ metafile }) => inputsOf(metafile)));

  expect(Object.keys({ ...ACTIONS_OF_COMMANDS, ...EXECUTOR_COMMANDS }).filter((each) => !commands.has(each))).toEqual(
    [],
  );
  expect(Object.keys(CALLS_WITHOUT_COMMAND).filter((each) => !files.has(each))).toEqual([]);
});

async function bundleOf(name: string): Promise<FunctionBundle> {
  const bundle = await bundles.get(name);
  if (bundle === undefined) throw new Error(`There is no bundle "${name}".`);
  return bundle;
}

function sizeOf({ outputFiles = [] }: BuildResult): number {
  return outputFiles.reduce((sum, { contents }) => sum + contents.byteLength, 0);
}

/** The prefix of a client's actions in IAM, which is the name of its endpoint too. */
function serviceOf(client: string): string {
  const name = client.replace("@aws-sdk/client-", "");
  return SERVICE_PREFIXES[name] ?? name;
}

function actionsOf({ client, command }: SdkCommand): readonly string[] {
  return ACTIONS_OF_COMMANDS[command] ?? [`${serviceOf(client)}:${command.replace(/Command$/, "")}`];
}

function isOfExecutors({ client }: SdkCommand): boolean {
  return client === "@aws-sdk/client-ecs" || client === "@aws-sdk/client-eks";
}

function isWithin(needed: ExecutorUse | undefined, use: ExecutorUse | undefined): boolean {
  return use !== undefined && needed !== undefined && USES.indexOf(needed) <= USES.indexOf(use);
}

/** The most that a bundle does with an executor: methods of the port that are called with an attempt. */
function useOfExecutors({ outputFiles }: FunctionBundle): ExecutorUse | undefined {
  const calls = outputFiles.flatMap(({ text }) => [
    ...text.matchAll(/\.(\w+)\((?:referenceOf\d*\(|whole\d*\)|\{ ?attemptId)/g),
  ]);
  const uses = calls.flatMap(([, method = ""]) => USE_OF_METHODS[method] ?? []);
  return USES.findLast((use) => uses.includes(use));
}

function callsWithoutCommand({ metafile }: FunctionBundle): readonly string[] {
  return inputsOf(metafile).flatMap((path) => CALLS_WITHOUT_COMMAND[path] ?? []);
}

/** The actions that a function's role allows its code. */
function grantedTo(id: string): readonly string[] {
  const policy: TemplateResource | undefined = ofType("AWS::IAM::Policy").get(
    `Sluice/Functions/${id}/Role/DefaultPolicy`,
  );
  const statements: readonly { readonly Action: string | readonly string[] }[] =
    policy?.Properties.PolicyDocument.Statement ?? [];
  return distinct(statements.flatMap(({ Action }) => Action).filter((action) => !BY_LAMBDA.has(action)));
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

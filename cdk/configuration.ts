import { z } from "zod";
import { DEFAULT_EXECUTORS, executorSettings } from "./executor-settings.ts";
import { notificationSettings } from "./notification-settings.ts";

const network = z.discriminatedUnion("kind", [
  /** A network of the stack's own with public subnets: tasks reach out by a public address, and nothing reaches in. */
  z.strictObject({ kind: z.literal("public") }),
  /** A network of the stack's own without a way out: AWS is reached by endpoints, images come from ECR. */
  z.strictObject({ kind: z.literal("private") }),
  /** An existing one. Needs CDK_DEFAULT_ACCOUNT and _REGION. */
  z.strictObject({
    kind: z.literal("imported"),
    vpcId: z.string(),
    /** Subnets of the tasks. Default: the private ones with a way out, or the isolated ones. */
    subnetIds: z.array(z.string()).min(1).optional(),
    /** Whether it has no way out, so that the stack makes endpoints. */
    isolated: z.boolean().default(false),
    /** Whether the functions run in it too, as they must where a Kubernetes API is private. */
    functions: z.boolean().default(false),
  }),
]);

const alarms = z.union([
  z.literal(false),
  z.strictObject({
    /** Who gets an e-mail. */
    emails: z.array(z.email()).default([]),
    /** A topic that is there already. */
    topicArn: z.string().optional(),
  }),
]);

const configuration = z.strictObject({
  /** Name of the installation: stack, bus, prefix of state machines and parameters. */
  name: z.string().default("sluice"),
  /** Pipelines that this repository keeps: id of the construct -> file. */
  pipelines: z.record(z.string(), z.string()).default({}),
  /** Directories of action types beside the built-in ones. */
  actions: z.array(z.string()).default([]),
  /** Where actions run: name -> kind and what differs from what the stack makes. */
  executors: z.record(z.string(), executorSettings).default(DEFAULT_EXECUTORS),
  /** Executor of actions that name none. Default: `ecs`, or the only one. */
  defaultExecutor: z.string().optional(),
  /** Where containers run. */
  network: network.default({ kind: "public" }),
  /** From where the APIs can be called. Default: from the internet, unless the network has no way out. */
  api: z.enum(["http", "private"]).optional(),
  /** Who is told of runs and actions. */
  notifications: z.array(notificationSettings).default([]),
  /** Whom alarms tell; `false`: there are none. */
  alarms: alarms.default({ emails: [] }),
  /** Image of the agent by its address; by default it is built at deployment, which takes a container engine. */
  agentImage: z.string().optional(),
  /** Image of actions that name none. */
  defaultImage: z.string().optional(),
  /** ARN of a key of the customer's own, or `create`: the stack makes one. Default: keys of AWS. */
  encryptionKey: z
    .string()
    .regex(/^(create|arn:.+)$/, 'must be the ARN of a key, or "create"')
    .optional(),
  /** Whether tables, buckets, keys and the logs of actions stay when the stack is deleted. */
  retain: z.boolean().default(true),
});

/** What an operator may configure: `context.sluice` of `cdk.json`, or `cdk -c sluice=<JSON>`. */
export type Configuration = Readonly<z.infer<typeof configuration>>;

/** Every key that an operator may configure. */
export const CONFIGURATION_KEYS: readonly string[] = Object.keys(configuration.shape);

/** Reads the configuration from the context value. Throws where it has keys or values that mean nothing. */
export function readConfiguration(context: unknown): Configuration {
  const value: unknown = typeof context === "string" ? JSON.parse(context) : (context ?? {});
  const result = configuration.safeParse(value);
  if (!result.success) {
    throw new Error(`The context value "sluice" is wrong.\n${z.prettifyError(result.error)}`);
  }
  return result.data;
}

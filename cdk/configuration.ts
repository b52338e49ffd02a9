import { z } from "zod";

const configuration = z.strictObject({
  /** Name of the installation: stack, bus, prefix of state machines and parameters. */
  name: z.string().default("sluice"),
  /** Pipelines that this repository keeps: id of the construct -> file. */
  pipelines: z.record(z.string(), z.string()).default({}),
  /** Directories of action types beside the built-in ones. */
  actions: z.array(z.string()).default([]),
  /** An existing network, by its id, in place of the one that the stack makes. Needs CDK_DEFAULT_ACCOUNT and _REGION. */
  vpcId: z.string().optional(),
  /** Image of the agent by its address; by default it is built at deployment, which takes a container engine. */
  agentImage: z.string().optional(),
  /** Image of actions that name none. */
  defaultImage: z.string().optional(),
  /** ARN of a key of the customer's own. */
  encryptionKeyArn: z.string().optional(),
  /** Whether tables and buckets stay when the stack is deleted. */
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

import { TerminalExecutorError } from "../executor-error.ts";
import { ECS_ENVIRONMENT } from "./contract.ts";

/** A configured ECS executor. */
export interface EcsExecutorConfiguration {
  /** Name of the instance, as pipelines choose it. */
  readonly name: string;
  readonly region: string;
  /** Name or ARN. */
  readonly cluster: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly assignPublicIp: boolean;
  /** Empty: launch type FARGATE. */
  readonly capacityProviders: readonly { readonly name: string; readonly weight: number }[];
  /** Pulls images and writes logs. */
  readonly executionRoleArn: string;
  /** What the user's own code may do; absent: nothing. */
  readonly taskRoleArn: string | undefined;
  readonly agentImage: string;
  /** Image of actions that name none. */
  readonly defaultImage: string | undefined;
  readonly logGroup: string;
}

/** Reads the configuration that the deployment put into a function's environment. Throws `TerminalExecutorError`. */
export function readEcsConfiguration(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): EcsExecutorConfiguration {
  const optional = (key: keyof typeof ECS_ENVIRONMENT): string | undefined =>
    environment[ECS_ENVIRONMENT[key]] || undefined;
  const required = (variable: string): string => {
    const value = environment[variable];
    if (value === undefined || value === "") {
      throw new TerminalExecutorError(`The environment variable ${variable} of the ECS executor "${name}" is not set.`);
    }
    return value;
  };
  const list = (key: keyof typeof ECS_ENVIRONMENT): string[] =>
    (optional(key) ?? "").split(",").filter((item) => item !== "");
  return {
    name,
    region: required("AWS_REGION"),
    cluster: required(ECS_ENVIRONMENT.cluster),
    subnets: list("subnets"),
    securityGroups: list("securityGroups"),
    assignPublicIp: optional("assignPublicIp") === "true",
    capacityProviders: list("capacityProviders").map((item) => {
      const [provider = item, weight = "1"] = item.split(":");
      return { name: provider, weight: Number(weight) };
    }),
    executionRoleArn: required(ECS_ENVIRONMENT.executionRole),
    taskRoleArn: optional("taskRole"),
    agentImage: required(ECS_ENVIRONMENT.agentImage),
    defaultImage: optional("defaultImage"),
    logGroup: required(ECS_ENVIRONMENT.logGroup),
  };
}

import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ECSClient } from "@aws-sdk/client-ecs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SSMClient } from "@aws-sdk/client-ssm";
import { ECS_ENVIRONMENT } from "../actions/executors/ecs/contract.ts";
import { type ActionExecutor, createEcsExecutor, readEcsConfiguration } from "../actions/index.ts";
import { RUNTIME_ENVIRONMENT } from "./contract.ts";
import type { Runtime } from "./runtime.ts";

/** The runtime of a function that is deployed to Lambda. Throws where a variable of `RUNTIME_ENVIRONMENT` is missing. */
export function runtimeFromEnvironment(variables: Readonly<Record<string, string | undefined>>): Runtime {
  const required = (name: string): string => {
    const value = variables[name];
    if (value === undefined || value === "") {
      throw new Error(`The environment variable ${name} is not set.`);
    }
    return value;
  };
  const logGroup = variables[ECS_ENVIRONMENT.logGroup];
  return {
    environment: {
      tableName: required(RUNTIME_ENVIRONMENT.tableName),
      bucketName: required(RUNTIME_ENVIRONMENT.bucketName),
      busName: required(RUNTIME_ENVIRONMENT.busName),
      configPrefix: required(RUNTIME_ENVIRONMENT.configPrefix),
      // Only the functions that start attempts are told where agents report to.
      agentApiUrl: variables[RUNTIME_ENVIRONMENT.agentApiUrl] ?? "",
    },
    clients: {
      dynamodb: new DynamoDBClient({}),
      states: new SFNClient({}),
      s3: new S3Client({}),
      ssm: new SSMClient({}),
      events: new EventBridgeClient({}),
    },
    clock: { now: () => Date.now() },
    random: (bytes) => randomBytes(bytes),
    log: (record) => process.stdout.write(`${JSON.stringify(record)}\n`),
    executors: executorsFrom(variables),
    logPlace: ({ handle }) => {
      const task = handle?.split("/").at(-1);
      return logGroup === undefined || task === undefined ? undefined : `${logGroup} (streams that end in ${task})`;
    },
  };
}

function executorsFrom(variables: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, ActionExecutor> {
  if (!variables[ECS_ENVIRONMENT.cluster]) {
    return new Map();
  }
  const name = variables[RUNTIME_ENVIRONMENT.ecsExecutor] || "ecs";
  const configuration = readEcsConfiguration(name, variables);
  return new Map([[name, createEcsExecutor({ client: new ECSClient({}), configuration })]]);
}

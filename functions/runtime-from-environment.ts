import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ECSClient } from "@aws-sdk/client-ecs";
import { EKSClient } from "@aws-sdk/client-eks";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SSMClient } from "@aws-sdk/client-ssm";
import { createExecutor } from "../actions/index.ts";
import { RUNTIME_ENVIRONMENT } from "./contract.ts";
import { parameterExecutors } from "./executors/parameter-executors.ts";
import { MACHINES_ENVIRONMENT } from "./machines/contract.ts";
import { logLink } from "./runs/log-link.ts";
import type { Runtime } from "./runtime.ts";
import { schedulePlaceFrom } from "./schedules/place-from-environment.ts";

/** The runtime of a function that is deployed to Lambda. Throws where a variable of `RUNTIME_ENVIRONMENT` is missing. */
export function runtimeFromEnvironment(variables: Readonly<Record<string, string | undefined>>): Runtime {
  const required = (name: string): string => {
    const value = variables[name];
    if (value === undefined || value === "") {
      throw new Error(`The environment variable ${name} is not set.`);
    }
    return value;
  };
  const ssm = new SSMClient({});
  const executorClients = {
    ecs: perRegion((region) => new ECSClient({ region })),
    eks: perRegion((region) => new EKSClient({ region })),
    credentials: () => ssm.config.credentials(),
  };
  const configPrefix = required(RUNTIME_ENVIRONMENT.configPrefix);
  const schedules = schedulePlaceFrom(variables);
  const stateMachineArnPrefix = variables[MACHINES_ENVIRONMENT.arnPrefix];
  return {
    environment: {
      tableName: required(RUNTIME_ENVIRONMENT.tableName),
      bucketName: required(RUNTIME_ENVIRONMENT.bucketName),
      busName: required(RUNTIME_ENVIRONMENT.busName),
      configPrefix,
      // Only the functions that start attempts are told where agents report to.
      agentApiUrl: variables[RUNTIME_ENVIRONMENT.agentApiUrl] ?? "",
      ...(schedules === undefined ? {} : { schedules }),
      ...(stateMachineArnPrefix === undefined ? {} : { stateMachineArnPrefix }),
    },
    clients: {
      dynamodb: new DynamoDBClient({}),
      states: new SFNClient({}),
      s3: new S3Client({}),
      ssm,
      events: new EventBridgeClient({}),
      scheduler: new SchedulerClient({}),
    },
    clock: { now: () => Date.now() },
    random: (bytes) => randomBytes(bytes),
    log: (record) => process.stdout.write(`${JSON.stringify(record)}\n`),
    executors: parameterExecutors({
      ssm,
      configPrefix,
      kinds: new Set((variables[RUNTIME_ENVIRONMENT.executorKinds] ?? "").split(",").filter((kind) => kind !== "")),
      create: (name, configuration) => createExecutor(name, configuration, executorClients),
    }),
    logPlace: ({ log }) => log && logLink(log),
  };
}

/** One client a region: its connections are shared by all executors there. */
function perRegion<Client>(create: (region: string) => Client): (region: string) => Client {
  const clients = new Map<string, Client>();
  return (region) => {
    const client = clients.get(region) ?? create(region);
    clients.set(region, client);
    return client;
  };
}

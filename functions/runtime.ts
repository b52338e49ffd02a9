import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SchedulerClient } from "@aws-sdk/client-scheduler";
import type { SFNClient } from "@aws-sdk/client-sfn";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { MiddlewareObj } from "@middy/core";
import type { AttemptLog, Executors } from "../actions/index.ts";
import type { SchedulePlace } from "./schedules/put-schedules.ts";

/** Where the parts of one installation are. */
interface RuntimeEnvironment {
  readonly tableName: string;
  readonly bucketName: string;
  /** Name of the event bus of our own. */
  readonly busName: string;
  /** Prefix of the names in Parameter Store, `/sluice`: configs stand below `<prefix>/configs/`, files below `<prefix>/config-files/`. */
  readonly configPrefix: string;
  /** Base URL of `agent-api` as the agent reaches it, without `/v1`. */
  readonly agentApiUrl: string;
  /** `arn:aws:states:<region>:<account>:stateMachine:`; needed only where runs are submitted without a machine's ARN. */
  readonly stateMachineArnPrefix?: string;
  /** Where the schedules of pipelines with `cron` are made; needed only where plans are published. */
  readonly schedules?: SchedulePlace;
}

/** The AWS SDK clients that the functions call; a laptop and a test pass their own. */
export interface RuntimeClients {
  readonly dynamodb: DynamoDBClient;
  readonly states: SFNClient;
  readonly s3: S3Client;
  readonly ssm: SSMClient;
  readonly events: EventBridgeClient;
  readonly scheduler: SchedulerClient;
}

/** An attempt whose log somebody wants to find. */
interface AttemptPlace {
  readonly runId: string;
  readonly actionKey: string;
  /** 1-based number of the attempt. */
  readonly attempt: number;
  /** Where its executor says that it is. */
  readonly log?: AttemptLog | undefined;
}

/** Everything that a function reaches outside its own code; the handlers' only parameter. */
export interface Runtime {
  readonly environment: RuntimeEnvironment;
  readonly clients: RuntimeClients;
  /** `now` is in milliseconds since the epoch. */
  readonly clock: { now(): number };
  /** Cryptographically strong random bytes. */
  readonly random: (bytes: number) => Uint8Array;
  /** One structured line; never given a secret. */
  readonly log: (record: object) => void;
  /** Executors by the name of the configured instance; those of a deployed installation stand in Parameter Store. */
  readonly executors: Executors;
  /** Where the log of an attempt is, as a person would look for it (a path, a log stream); it stands in the cause of a failure. */
  readonly logPlace: (attempt: AttemptPlace) => string | undefined;
  /** Middy middleware around every handler, outermost first. Default none. */
  readonly middlewares?: readonly MiddlewareObj[];
}

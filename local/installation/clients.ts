import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { RuntimeClients } from "../../functions/index.ts";
import type { Router } from "../wire/http.ts";
import { createInProcessHandler } from "../wire/in-process-handler.ts";
import type { Credentials } from "../wire/signature.ts";

/** What a client must know to reach this installation; spread into the configuration of any AWS SDK v3 client. */
export interface ClientConfiguration {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** Clients as a function on AWS would make them, but for their transport: a call goes to the router, not to a socket. */
export async function createClients(configuration: ClientConfiguration, router: Router): Promise<RuntimeClients> {
  const [dynamodb, states, s3, ssm, events, scheduler] = await Promise.all([
    import("@aws-sdk/client-dynamodb"),
    import("@aws-sdk/client-sfn"),
    import("@aws-sdk/client-s3"),
    import("@aws-sdk/client-ssm"),
    import("@aws-sdk/client-eventbridge"),
    import("@aws-sdk/client-scheduler"),
  ]);
  const common = { ...configuration, requestHandler: createInProcessHandler(router) };
  return {
    dynamodb: new dynamodb.DynamoDBClient(common),
    states: new states.SFNClient(common),
    s3: new s3.S3Client(common),
    ssm: new ssm.SSMClient(common),
    events: new events.EventBridgeClient(common),
    scheduler: new scheduler.SchedulerClient(common),
  };
}

/** Ends every client. */
export function destroyClients(clients: RuntimeClients): void {
  const all: readonly Pick<DynamoDBClient, "destroy">[] = Object.values(clients);
  for (const client of all) client.destroy();
}

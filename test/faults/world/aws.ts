import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { createEventBus } from "../../../local/events/event-bus.ts";
import { createStates } from "../../../local/states/index.ts";
import { createTables } from "../../../local/tables/tables.ts";
import type { WireRequest, WireResponse } from "../../../local/wire/http.ts";
import { createInProcessHandler } from "../../../local/wire/in-process-handler.ts";
import { answerJsonProtocol } from "../../../local/wire/json-protocol.ts";
import type { VirtualClock } from "../virtual-clock.ts";

/** Account and region of the world. */
export const PLACE = { region: "us-east-1", accountId: "000000000000" } as const;

/** What AWS's services are connected to. */
export interface AwsOptions {
  readonly clock: VirtualClock;
  readonly random: (count: number) => Uint8Array;
  readonly invoke: (nameOrArn: string, payload: string) => Promise<{ payload: string; functionError?: string }>;
  readonly deliver: (arn: string, event: string) => void;
}

/** Step Functions, EventBridge and DynamoDB of a world. */
export type Aws = Awaited<ReturnType<typeof createAws>>;

/** The services that a laptop has, on a virtual clock, and clients for them. */
export async function createAws({ clock, random, invoke, deliver }: AwsOptions) {
  const tables = await createTables();
  const bus = createEventBus({ ...PLACE, clock, randomId: randomUUID, send: deliver });
  const states = createStates({
    ...PLACE,
    clock,
    random,
    integrations: { lambda: invoke },
    onStatusChange: (change) =>
      bus.publish({
        source: "aws.states",
        "detail-type": "Step Functions Execution Status Change",
        resources: [change.executionArn],
        detail: { ...change },
      }),
  });
  const services = new Map([states.service, bus.service].map((service) => [service.targetPrefix, service]));
  const answer = (request: WireRequest): Promise<WireResponse> => {
    const service = services.get(request.headers["x-amz-target"]?.split(".")[0] ?? "");
    return service === undefined ? tables.handle(request) : answerJsonProtocol(service, request);
  };
  const configuration = {
    region: PLACE.region,
    endpoint: "http://installation.local",
    credentials: { accessKeyId: "AKIDSHOP", secretAccessKey: "shop" },
    // The functions must stand it themselves.
    maxAttempts: 1,
    signer: { sign: async <Request extends object>(request: Request): Promise<Request> => markSigned(request) },
    requestHandler: createInProcessHandler(answer),
  };
  const clients = {
    dynamodb: new DynamoDBClient(configuration),
    states: new SFNClient(configuration),
    events: new EventBridgeClient(configuration),
  };
  return {
    bus,
    clients,
    /** Status of an execution; `undefined` where there is none. */
    async statusOf(executionArn: string): Promise<string | undefined> {
      const answered = states.service.operations["DescribeExecution"]?.({ executionArn });
      return answered?.then(
        (description) => ("status" in description ? String(description.status) : undefined),
        () => undefined,
      );
    },
    close() {
      states.stop();
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** Nobody verifies signatures here, and they would be a fifth of the time; dynalite wants to see one. */
const UNVERIFIED = {
  "x-amz-date": "20260115T120000Z",
  authorization: `AWS4-HMAC-SHA256 Credential=AKIDSHOP/20260115/${PLACE.region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
} as const;

function markSigned<Request extends object>(request: Request): Request {
  if ("headers" in request && typeof request.headers === "object") {
    return Object.assign(request, { headers: { ...request.headers, ...UNVERIFIED } });
  }
  return request;
}

import { ECSClient } from "@aws-sdk/client-ecs";
import { createLocalContainers, type LocalContainers } from "../../../local/containers/containers.ts";
import type { EventContent } from "../../../local/events/event.ts";
import type { LogLine } from "../../../local/processes/index.ts";
import { createInProcessHandler } from "../../../local/wire/in-process-handler.ts";
import { answerJsonProtocol } from "../../../local/wire/json-protocol.ts";
import { createManualClock, type ManualClock } from "../manual-clock.ts";
import { createFakeEngine, type FakeEngine, type FakeEngineOptions } from "./fake-engine.ts";

export interface ShopContainers {
  readonly engine: FakeEngine;
  readonly containers: LocalContainers;
  /** The real SDK client; its calls go through the wire protocol. */
  readonly client: ECSClient;
  readonly clock: ManualClock;
  readonly events: readonly EventContent[];
  readonly lines: readonly LogLine[];
}

/** An ECS on a fake engine. */
export function openShop(stateDirectory = "/nowhere", options: FakeEngineOptions = {}): ShopContainers {
  const engine = createFakeEngine(options);
  const clock = createManualClock();
  const events: EventContent[] = [];
  const lines: LogLine[] = [];
  const containers = createLocalContainers({
    engine,
    stateDirectory,
    region: "us-east-1",
    accountId: "000000000000",
    cluster: "shop",
    clock,
    endpoint: () => "http://127.0.0.1:8080",
    publish: (event) => events.push(event),
    onLogLine: (line) => lines.push(line),
  });
  const client = new ECSClient({
    region: "us-east-1",
    endpoint: "http://127.0.0.1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
    requestHandler: createInProcessHandler((request) => answerJsonProtocol(containers.service, request)),
  });
  return { engine, containers, client, clock, events, lines };
}

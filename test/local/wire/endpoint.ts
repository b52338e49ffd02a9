import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../../local/clock.ts";
import { createEventBus } from "../../../local/events/event-bus.ts";
import { createFunctionHost } from "../../../local/function-host/function-host.ts";
import { createObjectStore } from "../../../local/objects/object-store.ts";
import { createParameterStore } from "../../../local/parameters/parameter-store.ts";
import { createTables } from "../../../local/tables/tables.ts";
import { createHttpApi } from "../../../local/wire/http-api.ts";
import { createInProcessHandler } from "../../../local/wire/in-process-handler.ts";
import { startLoopbackServer } from "../../../local/wire/loopback-server.ts";
import { createRouter } from "../../../local/wire/router.ts";
import { createS3Protocol } from "../../../local/wire/s3/s3-protocol.ts";

const PLACE = { region: "eu-west-1", accountId: "000000000000" } as const;

/** Everything behind the wire but the state machines, with one bucket `shop-bucket`, and both ways to reach it. */
export async function startEndpoint() {
  const directory = await mkdtemp(join(tmpdir(), "sluice-wire-"));
  const clock = systemClock;
  const credentials = { accessKeyId: "SHOPKEY", secretAccessKey: "shop-secret" };
  const functions = createFunctionHost({ clock, ...PLACE, randomId: randomUUID });
  const bus = createEventBus({
    clock,
    ...PLACE,
    randomId: randomUUID,
    send: (arn, event) => functions.invokeLater(arn, event),
  });
  const tables = await createTables();
  const store = createObjectStore(join(directory, "objects"), clock.now);
  const router = createRouter({
    services: [bus.service, createParameterStore({ ...PLACE, now: clock.now })],
    functions,
    tables: (request) => tables.handle(request),
    objects: createS3Protocol(new Map([["shop-bucket", store]])),
    httpApi: createHttpApi({
      routes: [
        { method: "POST", path: "/v1/orders/{order}/{call}", authorization: "none", functionName: "orders" },
        { method: "GET", path: "/invoices/{invoice}", authorization: "iam", functionName: "orders" },
      ],
      functions,
      clock,
      accountId: PLACE.accountId,
    }),
    credentials,
    clock,
  });
  const server = await startLoopbackServer(router);
  const common = { endpoint: server.endpoint, region: PLACE.region, credentials, maxAttempts: 1 };
  return {
    directory,
    functions,
    bus,
    store,
    router,
    endpoint: server.endpoint,
    credentials,
    /** Configurations of SDK clients. */
    inProcess: { ...common, requestHandler: createInProcessHandler(router) },
    overSocket: common,
    async stop() {
      await bus.stop();
      await functions.stop();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

import type { Context } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCollectMachines } from "../../../functions/index.ts";
import { ensureMachine } from "../../../functions/machines/ensure-machine.ts";
import { readMachineRecord } from "../../../functions/records/machine.ts";
import { ShopApi } from "../support/runs-api.ts";
import { type Database, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const DAY_SECONDS = 86_400;
const NAME = "sluice-release-0123456789ab";
const RELEASE = { name: "release-0123456789ab", body: '{"StartAt":"build","Resource":"${ExecuteActionEcs}"}' };

const collect = ({ runtime }: ShopApi) => createCollectMachines(runtime)({}, {} as Context);

async function openWithMachine(): Promise<{ api: ShopApi; arn: string }> {
  const api = await ShopApi.open(database);
  return { api, arn: await ensureMachine(api.runtime, RELEASE) };
}

test("a machine that nobody has used for thirty days is deleted, and made anew when it is wanted", async () => {
  const { api, arn } = await openWithMachine();
  api.shop.advance(29 * DAY_SECONDS);
  expect(await collect(api)).toEqual({ deleted: [], failed: 0 });
  api.shop.advance(DAY_SECONDS);
  expect(await collect(api)).toEqual({ deleted: [NAME], failed: 0 });
  expect(api.shop.states.machines.size).toBe(0);
  expect(await readMachineRecord(api.runtime, NAME)).toBeUndefined();
  expect(await ensureMachine(api.runtime, RELEASE)).toBe(arn);
  expect(api.shop.states.machines.has(arn)).toBe(true);
});

test("one that is used stays, however often it is looked at", async () => {
  const { api } = await openWithMachine();
  for (let weeks = 0; weeks < 10; weeks++) {
    api.shop.advance(7 * DAY_SECONDS);
    await ensureMachine(api.runtime, RELEASE);
    expect(await collect(api)).toEqual({ deleted: [], failed: 0 });
  }
});

test("one on which something runs stays, and another thirty days for a redrive of what has ended", async () => {
  const { api, arn } = await openWithMachine();
  api.shop.states.busyMachines.add(arn);
  api.shop.advance(31 * DAY_SECONDS);
  expect(await collect(api)).toEqual({ deleted: [], failed: 0 });
  api.shop.states.busyMachines.clear();
  api.shop.advance(29 * DAY_SECONDS);
  expect(await collect(api)).toEqual({ deleted: [], failed: 0 });
  api.shop.advance(2 * DAY_SECONDS);
  expect(await collect(api)).toEqual({ deleted: [NAME], failed: 0 });
});

test("a submission that comes while the executions are listed keeps it", async () => {
  const { api, arn } = await openWithMachine();
  api.shop.advance(31 * DAY_SECONDS);
  const { states } = api.runtime.clients;
  const slow = Object.create(states, {
    send: {
      value: async (command: Parameters<typeof states.send>[0]) => {
        // Between reading the record and marking it, somebody submits.
        if (command.constructor.name === "ListExecutionsCommand") await ensureMachine(api.runtime, RELEASE);
        return states.send(command);
      },
    },
  });
  const runtime = { ...api.runtime, clients: { ...api.runtime.clients, states: slow } };
  expect(await createCollectMachines(runtime)({}, {} as Context)).toEqual({ deleted: [], failed: 0 });
  expect(api.shop.states.machines.has(arn)).toBe(true);
});

test("a submission that comes while it is being deleted is told to come again", async () => {
  const { api } = await openWithMachine();
  api.shop.advance(31 * DAY_SECONDS);
  api.shop.states.faults.set("DeleteStateMachine", ["InternalServerError"]);
  expect(await collect(api)).toEqual({ deleted: [], failed: 1 });
  await expect(ensureMachine(api.runtime, RELEASE)).rejects.toMatchObject({ name: "MachineDeletingError" });
});

test("what a crash has left between mark and deletion is the next call's, or the next submission's", async () => {
  for (const next of ["collect", "submit"] as const) {
    const { api, arn } = await openWithMachine();
    api.shop.advance(31 * DAY_SECONDS);
    api.shop.states.faults.set("DeleteStateMachine", ["InternalServerError"]);
    await collect(api);
    // Longer than a function can live.
    api.shop.advance(16 * 60);
    if (next === "collect") {
      expect(await collect(api)).toEqual({ deleted: [NAME], failed: 0 });
    } else {
      expect(await ensureMachine(api.runtime, RELEASE)).toBe(arn);
      expect(await collect(api)).toEqual({ deleted: [], failed: 0 });
      expect(api.shop.states.machines.has(arn)).toBe(true);
    }
  }
});

test("one that somebody has deleted by hand is forgotten", async () => {
  const { api } = await openWithMachine();
  api.shop.states.machines.clear();
  api.shop.states.faults.set("ListExecutions", ["StateMachineDoesNotExist"]);
  api.shop.advance(31 * DAY_SECONDS);
  expect(await collect(api)).toEqual({ deleted: [NAME], failed: 0 });
});

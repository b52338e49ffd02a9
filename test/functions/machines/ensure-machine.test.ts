import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureMachine } from "../../../functions/machines/ensure-machine.ts";
import { ShopApi } from "../support/runs-api.ts";
import { type Database, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const DAY_SECONDS = 86_400;
const RELEASE = { name: "release-0123456789ab", body: '{"StartAt":"build","Resource":"${ExecuteActionEcs}"}' };

test("a machine is made at its first use, and asked for in the table from then on", async () => {
  const { runtime, shop } = await ShopApi.open(database);
  const arn = await ensureMachine(runtime, RELEASE);
  expect(arn).toBe("arn:aws:states:eu-central-1:123456789012:stateMachine:sluice-release-0123456789ab");
  for (let days = 0; days < 40; days++) {
    shop.advance(DAY_SECONDS);
    expect(await ensureMachine(runtime, RELEASE)).toBe(arn);
  }
  expect(shop.states.machineCalls).toEqual(["create sluice-release-0123456789ab"]);
});

test("two submissions at once make one machine", async () => {
  const { runtime, shop } = await ShopApi.open(database);
  const arns = await Promise.all([1, 2, 3].map(() => ensureMachine(runtime, RELEASE)));
  expect(new Set(arns).size).toBe(1);
  expect(shop.states.machines.size).toBe(1);
});

test("a machine that was made with another role is changed, since creating it again would not", async () => {
  const { runtime, shop } = await ShopApi.open(database);
  const arn = await ensureMachine(runtime, RELEASE);
  const roleArn = "arn:aws:iam::123456789012:role/other";
  await ensureMachine({ ...runtime, machines: { ...runtime.machines, roleArn } }, RELEASE);
  expect(shop.states.machineCalls.at(-1)).toBe("update sluice-release-0123456789ab");
  expect(shop.states.machines.get(arn)).toMatchObject({ roleArn });
});

test("a machine that nobody has recorded and that is another one is changed", async () => {
  const { runtime, shop } = await ShopApi.open(database);
  const arn = `${runtime.machines.arnPrefix}sluice-${RELEASE.name}`;
  shop.states.machines.set(arn, { name: `sluice-${RELEASE.name}`, definition: "{}" });
  expect(await ensureMachine(runtime, RELEASE)).toBe(arn);
  expect(shop.states.machines.get(arn)?.["definition"]).toContain("function:ExecuteActionEcs");
});

test("a crash after the machine was made leaves nothing that the next submission minds", async () => {
  const { runtime, shop } = await ShopApi.open(database);
  const arn = await ensureMachine(runtime, RELEASE);
  // As if the record had never been written.
  const other = await ShopApi.open(database);
  other.shop.states.machines.set(arn, shop.states.machines.get(arn) ?? {});
  expect(await ensureMachine(other.runtime, RELEASE)).toBe(arn);
  expect(other.shop.states.machines.size).toBe(1);
});

test("a placeholder that this installation has no function for is a bug that is named", async () => {
  const { runtime } = await ShopApi.open(database);
  const strange = { ...RELEASE, body: '{"Resource":"${ExecuteActionEks}"}' };
  await expect(ensureMachine(runtime, strange)).rejects.toThrow("Nothing stands for ${ExecuteActionEks}");
});

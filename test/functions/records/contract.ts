import { afterAll, beforeAll, describe } from "vitest";
import { plan } from "../support/plans.ts";
import { type Database, Shop } from "../support/shop.ts";
import { describeAtOnce } from "./contract/at-once.ts";
import { describeChanges } from "./contract/changes.ts";
import { describeConditions } from "./contract/conditions.ts";
import { describeQueries } from "./contract/queries.ts";
import { recordsOf } from "./contract/records-under-test.ts";
import { describeRunsAndOutputs } from "./contract/runs-and-outputs.ts";

/** What the records want of a DynamoDB. Run against each one that Sluice is to work on. */
export function describeRecords(name: string, start: () => Promise<Database>): void {
  describe(`the records on ${name}`, () => {
    let database: Database;
    let shop: Shop;
    beforeAll(async () => {
      database = await start();
      shop = await Shop.open(database, plan([]));
    });
    afterAll(() => database?.stop());

    const records = recordsOf(() => shop);
    describeConditions(records);
    describeChanges(records);
    describeQueries(records);
    describeAtOnce(records);
    describeRunsAndOutputs(records);
  });
}

import { expect, test } from "vitest";
import { tableDefinition } from "../../../functions/index.ts";
import { synthesize } from "../synthesize.ts";

test("the deployed table has the shape that the functions expect and that the laptop creates", () => {
  const table = synthesize({}).ofType("AWS::DynamoDB::Table").get("Sluice/Runs/Table");
  const { TableName: _, AttributeDefinitions, ...expected } = tableDefinition("sluice-runs");

  expect(table?.Properties).toMatchObject(expected);
  expect(new Set(table?.Properties.AttributeDefinitions)).toEqual(new Set(AttributeDefinitions));
});

test("runs survive mistakes: point-in-time recovery, deletion protection, kept with the stack gone", () => {
  const table = synthesize({}).ofType("AWS::DynamoDB::Table").get("Sluice/Runs/Table");

  expect(table?.Properties).toMatchObject({
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
  });
  expect(table?.DeletionPolicy).toBe("Retain");
});

test("an installation for trying out leaves nothing behind", () => {
  const { ofType } = synthesize({ retain: false });

  expect(ofType("AWS::DynamoDB::Table").get("Sluice/Runs/Table")?.DeletionPolicy).toBe("Delete");
  expect([...ofType("AWS::S3::Bucket").values()].map((bucket) => bucket.DeletionPolicy)).toEqual(["Delete", "Delete"]);
});

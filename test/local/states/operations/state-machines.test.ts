import { expect, test } from "vitest";
import { openShop, ROLE } from "../shop.ts";

const definitionOf = (state: object) =>
  JSON.stringify({ QueryLanguage: "JSONata", StartAt: "only", States: { only: state } });
const PASS = definitionOf({ Type: "Pass", End: true });
const WAIT = definitionOf({ Type: "Wait", Seconds: 60, End: true });

test("CreateStateMachine is idempotent for the same definition and role", async () => {
  const shop = openShop();
  const create = { name: "shop", definition: PASS, roleArn: ROLE };
  const first = await shop.call("CreateStateMachine", create);
  expect(first).toEqual({
    stateMachineArn: "arn:aws:states:eu-central-1:123456789012:stateMachine:shop",
    creationDate: new Date(shop.clock.now()),
  });
  expect(await shop.call("CreateStateMachine", create)).toEqual(first);
  for (const change of [{ definition: WAIT }, { roleArn: `${ROLE}2` }]) {
    const refused = expect(shop.call("CreateStateMachine", { ...create, ...change })).rejects;
    await refused.toMatchObject({ name: "StateMachineAlreadyExists" });
  }
});

test("CreateStateMachine names every problem with its path", async () => {
  const create = {
    name: "shop",
    definition: definitionOf({ Type: "Pass", Colour: "red", Next: "gone" }),
    roleArn: ROLE,
  };
  await expect(openShop().call("CreateStateMachine", create)).rejects.toMatchObject({
    name: "InvalidDefinition",
    message:
      'Invalid State Machine Definition: \'SCHEMA_VALIDATION_FAILED: The field "Colour" is not supported by Step Functions ' +
      "at /States/only/Colour'",
  });
});

test("what runs goes on with the definition that it was started with", async () => {
  const shop = openShop();
  const { stateMachineArn } = await shop.call("CreateStateMachine", { name: "shop", definition: WAIT, roleArn: ROLE });
  const { executionArn } = await shop.call("StartExecution", { stateMachineArn });
  const { revisionId } = await shop.call("UpdateStateMachine", { stateMachineArn, definition: PASS });
  expect(await shop.call("DescribeStateMachine", { stateMachineArn })).toMatchObject({
    definition: PASS,
    revisionId,
    status: "ACTIVE",
  });
  expect(await shop.call("DescribeStateMachineForExecution", { executionArn })).toMatchObject({
    definition: WAIT,
    name: "shop",
  });
  expect((await shop.finish(String(executionArn))).types).toEqual(["WaitStateEntered", "WaitStateExited"]);
  await expect(shop.call("UpdateStateMachine", { stateMachineArn })).rejects.toMatchObject({
    name: "MissingRequiredParameter",
  });
});

test("a machine that is deleted goes when its last execution has ended", async () => {
  const shop = openShop();
  const { stateMachineArn } = await shop.call("CreateStateMachine", { name: "shop", definition: WAIT, roleArn: ROLE });
  const { executionArn } = await shop.call("StartExecution", { stateMachineArn });
  await shop.call("DeleteStateMachine", { stateMachineArn });
  expect(await shop.call("DescribeStateMachine", { stateMachineArn })).toMatchObject({ status: "DELETING" });
  await expect(shop.call("StartExecution", { stateMachineArn })).rejects.toMatchObject({
    name: "StateMachineDeleting",
  });
  await shop.finish(String(executionArn));
  const gone = { name: "StateMachineDoesNotExist" };
  await expect(shop.call("DescribeStateMachine", { stateMachineArn })).rejects.toMatchObject(gone);
  expect(await shop.call("DeleteStateMachine", { stateMachineArn })).toEqual({});
});

test("ListStateMachines in pages", async () => {
  const shop = openShop();
  for (const name of ["oak", "elm", "ash"])
    await shop.call("CreateStateMachine", { name, definition: PASS, roleArn: ROLE });
  const first = await shop.call("ListStateMachines", { maxResults: 2 });
  expect(first["stateMachines"]).toMatchObject([{ name: "oak" }, { name: "elm" }]);
  const second = await shop.call("ListStateMachines", { maxResults: 2, nextToken: first["nextToken"] });
  expect(second).toMatchObject({ stateMachines: [{ name: "ash", type: "STANDARD" }] });
  expect(second["nextToken"]).toBeUndefined();
});

test("ValidateStateMachineDefinition says what CreateStateMachine would", async () => {
  const shop = openShop();
  const validate = (definition: string) => shop.call("ValidateStateMachineDefinition", { definition });
  expect(await validate(PASS)).toEqual({ result: "OK", diagnostics: [], truncated: false });
  expect(await validate("{")).toMatchObject({ result: "FAIL", diagnostics: [{ code: "INVALID_JSON_DESCRIPTION" }] });
});

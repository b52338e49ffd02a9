import { expect, test } from "vitest";
import { createParameterStore } from "../../../local/parameters/parameter-store.ts";

function createStore() {
  const { operations } = createParameterStore({ region: "eu-west-1", accountId: "000000000000", now: () => 0 });
  return (operation: string, input: object): Promise<object> =>
    operations[operation]?.(input) ?? Promise.reject(new Error(operation));
}

test("versions grow, and only an overwrite replaces", async () => {
  const call = createStore();
  const put = { Name: "/shop/price", Value: "7", Type: "String" };
  expect(await call("PutParameter", put)).toEqual({ Version: 1, Tier: "Standard" });
  await expect(call("PutParameter", put)).rejects.toMatchObject({ name: "ParameterAlreadyExists" });
  expect(await call("PutParameter", { Name: "/shop/price", Value: "8", Overwrite: true })).toMatchObject({
    Version: 2,
  });
  expect(await call("GetParameter", { Name: "/shop/price" })).toEqual({
    Parameter: {
      Name: "/shop/price",
      Type: "String",
      Value: "8",
      Version: 2,
      LastModifiedDate: new Date(0),
      ARN: "arn:aws:ssm:eu-west-1:000000000000:parameter/shop/price",
      DataType: "text",
    },
  });
});

test("a SecureString shows its value only to who asks for it decrypted", async () => {
  const call = createStore();
  await call("PutParameter", { Name: "/shop/key", Value: "hunter2", Type: "SecureString" });
  const hidden = await call("GetParameters", { Names: ["/shop/key", "/shop/none"] });
  expect(JSON.stringify(hidden)).not.toContain("hunter2");
  expect(hidden).toMatchObject({ InvalidParameters: ["/shop/none"] });
  const shown = await call("GetParameters", { Names: ["/shop/key"], WithDecryption: true });
  expect(shown).toMatchObject({ Parameters: [{ Type: "SecureString", Value: "hunter2" }] });
});

test("by path: one level or all, in pages", async () => {
  const call = createStore();
  for (const name of ["/shop/a", "/shop/b", "/shop/eu/c", "/shopping/d"]) {
    await call("PutParameter", { Name: name, Value: "x", Type: "String" });
  }
  expect(await call("GetParametersByPath", { Path: "/shop/" })).toMatchObject({
    Parameters: [{ Name: "/shop/a" }, { Name: "/shop/b" }],
  });
  const first = await call("GetParametersByPath", { Path: "/shop", Recursive: true, MaxResults: 2 });
  expect(first).toMatchObject({ NextToken: "/shop/b" });
  const rest = await call("GetParametersByPath", { Path: "/shop", Recursive: true, NextToken: "/shop/b" });
  expect(rest).toMatchObject({ Parameters: [{ Name: "/shop/eu/c" }] });
  expect(rest).not.toHaveProperty("NextToken");
});

test("deleted is gone", async () => {
  const call = createStore();
  await call("PutParameter", { Name: "price", Value: "7", Type: "String" });
  await call("DeleteParameter", { Name: "price" });
  await expect(call("DeleteParameter", { Name: "price" })).rejects.toMatchObject({ name: "ParameterNotFound" });
});

test.each([
  [{ Name: "/shop/../x", Value: "7", Type: "Text" }, "A parameter is one of"],
  [{ Name: "shop price", Value: "7", Type: "String" }, "is not a name"],
  [{ Name: "/aws/x", Value: "7", Type: "String" }, "is not a name"],
  [{ Name: "/shop/x", Value: "", Type: "String" }, "has 0 bytes"],
  [{ Name: "/shop/x", Value: "x".repeat(4097), Type: "String" }, "tier Standard takes 1 to 4096"],
  [{ Name: "/shop/x", Value: "x".repeat(8193), Type: "String", Tier: "Advanced" }, "tier Advanced takes 1 to 8192"],
  [{ Name: "/shop/x", Value: 7, Type: "String" }, "Value must be a string"],
])("refuses %#", async (input, message) => {
  await expect(createStore()("PutParameter", input)).rejects.toThrow(message);
});

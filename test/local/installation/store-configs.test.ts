import { GetParametersByPathCommand, SSMClient } from "@aws-sdk/client-ssm";
import { expect, test } from "vitest";
import { storeConfigs } from "../../../local/installation/store-configs.ts";
import { startEndpoint } from "../wire/endpoint.ts";

test("configs are Strings, secrets SecureStrings, files base64", async () => {
  const shop = await startEndpoint();
  const ssm = new SSMClient(shop.inProcess);
  await storeConfigs(ssm, {
    configs: [
      { key: "registry.user", value: "bot", secret: false },
      { key: "registry.password", value: "hunter2", secret: true },
    ],
    configFiles: [{ key: "npmrc", content: Buffer.from("token=1"), secret: true }],
  });
  const all = new GetParametersByPathCommand({ Path: "/sluice", Recursive: true, WithDecryption: true });
  const { Parameters = [] } = await ssm.send(all);
  expect(Parameters.map(({ Name, Type, Value }) => [Name, Type, Value])).toEqual([
    ["/sluice/config-files/npmrc", "SecureString", Buffer.from("token=1").toString("base64")],
    ["/sluice/configs/registry.password", "SecureString", "hunter2"],
    ["/sluice/configs/registry.user", "String", "bot"],
  ]);
  await shop.stop();
});

test.each([
  [{ key: "a/b", value: "x" }, '"a/b" is no key of a config'],
  [{ key: "empty", value: "" }, 'The config "empty" is empty'],
  [{ key: "large", value: "x".repeat(9000) }, 'The config "large" cannot be stored: The value of'],
])("refuses %#", async (config, message) => {
  const shop = await startEndpoint();
  const stored = storeConfigs(new SSMClient(shop.inProcess), {
    configs: [{ ...config, secret: true }],
    configFiles: [],
  });
  await expect(stored).rejects.toMatchObject({ name: "InvalidConfigError", message: expect.stringContaining(message) });
  await shop.stop();
});

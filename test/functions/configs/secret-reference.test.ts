import { expect, test } from "vitest";
import type { ConfigStore } from "../../../functions/configs/names.ts";
import { readConfigs } from "../../../functions/configs/read-configs.ts";
import { FakeBucket, FakeParameters } from "../support/clients.ts";

/** An installation whose secrets are in Secrets Manager; Parameter Store answers them below its reserved path. */
function open(configs: Readonly<Record<string, string>>) {
  const parameters = new FakeParameters();
  for (const [key, value] of Object.entries(configs)) {
    parameters.parameters.set(`/sluice/secrets-manager/${key}`, { value, type: "String" });
  }
  const keep = (name: string, value: string) =>
    parameters.parameters.set(`/aws/reference/secretsmanager/${name}`, { value, type: "SecureString" });
  keep("sluice/registry", JSON.stringify({ user: "bot", password: "hunter2", port: 5432 }));
  keep("sluice/tls", "-----BEGIN-----\nkey\n");
  keep("bank/vault", "not for the shop");
  const clients = { ssm: parameters.client, s3: new FakeBucket().client };
  const store: ConfigStore = { clients, environment: { bucketName: "shop-objects", configPrefix: "/sluice" } };
  return { store, asked: parameters.asked };
}

test("a config that names a secret of Secrets Manager is that secret, a field of it, or a file", async () => {
  const { store, asked } = open({
    "registry.password": "sluice/registry#password",
    port: "sluice/registry#port",
    whole: "sluice/tls",
    key: "file:sluice/tls",
  });
  const secret = { kind: "value", secret: true };
  expect(await readConfigs(store, ["registry.password", "port", "whole", "key", "absent"])).toEqual(
    new Map([
      ["registry.password", { ...secret, value: "hunter2" }],
      ["port", { ...secret, value: "5432" }],
      ["whole", { ...secret, value: "-----BEGIN-----\nkey\n" }],
      ["key", { kind: "file", contentBase64: btoa("-----BEGIN-----\nkey\n"), secret: true }],
    ]),
  );
  expect(asked.at(-1)).toEqual([
    "/aws/reference/secretsmanager/sluice/registry",
    "/aws/reference/secretsmanager/sluice/tls",
  ]);
});

test.each([
  [
    "a secret that is not there",
    "sluice/gone",
    'names the secret "sluice/gone", which does not exist in Secrets Manager.',
  ],
  [
    "a field that is not there",
    "sluice/registry#token",
    'names the field "token" of the secret "sluice/registry", which has no such field.',
  ],
  ["a field of a text", "sluice/tls#key", 'names the field "key" of the secret "sluice/tls", which has no such field.'],
  ["a secret of somebody else", "bank/vault", 'that must be "sluice/<name>"'],
  ["a parameter by a path", "sluice/../../sluice/configs/x:1", 'that must be "sluice/<name>"'],
])("%s is told by the names, without a value", async (_what, reference, words) => {
  const { store } = open({ token: reference });
  const reason = expect.stringContaining(words);
  expect(await readConfigs(store, ["token"])).toEqual(
    new Map([["token", { kind: "unreadable", reason, secret: false }]]),
  );
});

test("where no config names a secret, Secrets Manager is not asked", async () => {
  const { store, asked } = open({});
  await readConfigs(store, ["token"]);
  expect(asked).toHaveLength(1);
});

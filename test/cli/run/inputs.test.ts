import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type InputOptions, readInputs, unmaskedSecrets } from "../../../cli/run/inputs.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-inputs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NONE: InputOptions = { param: [], env: [], config: [], secret: [], secretFile: [] };
const io = { env: { REGISTRY_PASSWORD: "open sesame" }, cwd: folder };

describe("readInputs", () => {
  test("reads params, envs, configs, secrets and secret files", () => {
    writeFileSync(join(folder, "key.pem"), "-----BEGIN-----");
    const inputs = readInputs(
      {
        param: ["target=staging"],
        env: ["LANG=C"],
        config: ["registry=shop.example"],
        secret: ["REGISTRY_PASSWORD"],
        secretFile: ["deploy.key=key.pem"],
      },
      io,
    );
    expect(inputs.params).toEqual({ target: "staging" });
    expect(inputs.envs).toEqual({ LANG: "C" });
    expect(inputs.configs).toEqual([
      { key: "registry", kind: "value", content: "shop.example", secret: false },
      { key: "REGISTRY_PASSWORD", kind: "value", content: "open sesame", secret: true },
      { key: "deploy.key", kind: "file", content: Buffer.from("-----BEGIN-----"), secret: true },
    ]);
  });
  test("reads a file of inputs, over which the command line wins", () => {
    writeFileSync(
      join(folder, "inputs.yaml"),
      `params: {target: production, build: 1.10, empty: ""}
envs:
  LANG: de
configs: {registry: shop.example, notes: "a\\nb\\x01"}
secrets:
  key: |
    line 1
    line 2
`,
    );
    const inputs = readInputs(
      { ...NONE, inputs: "inputs.yaml", param: ["target=staging"], config: ["registry=r"] },
      io,
    );
    expect(inputs.params).toEqual({ target: "staging", build: "1.10", empty: "" });
    expect(inputs.envs).toEqual({ LANG: "de" });
    expect(inputs.configs).toEqual([
      { key: "notes", kind: "value", content: "a\nb\u0001", secret: false },
      { key: "key", kind: "value", content: "line 1\nline 2\n", secret: true },
      { key: "registry", kind: "value", content: "r", secret: false },
    ]);
  });
  test.each([
    ["params: [a]", "1:9: This is no map."],
    ["params: {a: [1]}", '1:13: "a" is no text.'],
    ["- a", "1:1: This is no map."],
    ["parms: {}", '1:1: There is no "parms" here.'],
    ["params: {a: 1, a: 2}", "1:16: Map keys must be unique."],
    ["params:\n\ta: 1", "2:1: Tabs are not allowed as indentation."],
    ["configs: {a: x}\nsecrets: {a: hush}", 'The config or secret "a" was given twice.'],
    ["envs: {a-b: x}", '"a-b" is no name of an environment variable.'],
  ])("a file of inputs that is none: %s", (text, message) => {
    writeFileSync(join(folder, "wrong.yaml"), text);
    expect(() => readInputs({ ...NONE, inputs: "wrong.yaml" }, io)).toThrow(message);
  });
  test("an empty file of inputs, and empty sections, give nothing", () => {
    for (const text of ["", "params:\nsecrets: {}\n", "{}"]) {
      writeFileSync(join(folder, "empty.yaml"), text);
      expect(readInputs({ ...NONE, inputs: "empty.yaml" }, io)).toEqual({ params: {}, envs: {}, configs: [] });
    }
  });
  test("a secret whose variable is not set is wrong usage", () => {
    expect(() => readInputs({ ...NONE, secret: ["missing"] }, io)).toThrow(
      "--secret missing: the environment variable missing or MISSING is not set.",
    );
  });
  test("a key that no shell can name is read from the variable that stands for it", () => {
    const { configs } = readInputs({ ...NONE, secret: ["registry-password"] }, io);
    expect(configs).toEqual([{ key: "registry-password", kind: "value", content: "open sesame", secret: true }]);
    expect(() => readInputs({ ...NONE, secret: ["a.b"] }, io)).toThrow(
      "the environment variable a.b or A_B is not set.",
    );
  });
  test("a secret that is too short to be masked is told of", () => {
    const inputs = readInputs({ ...NONE, secret: ["pin"], config: ["c=1"] }, { ...io, env: { PIN: "12" } });
    expect(unmaskedSecrets(inputs)).toEqual(["pin"]);
  });
  test("a secret with a value on the command line is refused, and the value is not repeated", () => {
    expect(() => readInputs({ ...NONE, secret: ["TOKEN=hush"] }, io)).toThrow("--secret takes a name without a value.");
  });
  test("a file that is not there is wrong usage", () => {
    expect(() => readInputs({ ...NONE, secretFile: ["k=absent.pem"] }, io)).toThrow(
      '--secret-file k: "absent.pem" cannot be read: there is no such file.',
    );
  });
  test("a config and a secret of the same key are refused", () => {
    expect(() => readInputs({ ...NONE, config: ["REGISTRY_PASSWORD=x"], secret: ["REGISTRY_PASSWORD"] }, io)).toThrow(
      'The config or secret "REGISTRY_PASSWORD" was given twice.',
    );
  });
  test("--env wants a legal name", () => {
    expect(() => readInputs({ ...NONE, env: ["a-b=1"] }, io)).toThrow(/"a-b" is no name/);
  });
});

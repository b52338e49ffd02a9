import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type InputOptions, readInputs } from "../../../cli/run/inputs.ts";

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
      { key: "registry", value: "shop.example", secret: false },
      { key: "REGISTRY_PASSWORD", value: "open sesame", secret: true },
    ]);
    expect(
      inputs.configFiles.map(({ key, secret, content }) => [key, secret, new TextDecoder().decode(content)]),
    ).toEqual([["deploy.key", true, "-----BEGIN-----"]]);
  });
  test("a secret whose variable is not set is wrong usage", () => {
    expect(() => readInputs({ ...NONE, secret: ["MISSING"] }, io)).toThrow(
      "--secret MISSING: the environment variable MISSING is not set.",
    );
  });
  test("a key that no shell can name is read from the variable that stands for it", () => {
    const { configs } = readInputs({ ...NONE, secret: ["registry-password"] }, io);
    expect(configs).toEqual([{ key: "registry-password", value: "open sesame", secret: true }]);
    expect(() => readInputs({ ...NONE, secret: ["a.b"] }, io)).toThrow(
      "the environment variable a.b or A_B is not set.",
    );
  });
  test("a secret with a value on the command line is refused, and the value is not repeated", () => {
    expect(() => readInputs({ ...NONE, secret: ["TOKEN=hush"] }, io)).toThrow("--secret takes a name without a value.");
  });
  test("a file that is not there is wrong usage", () => {
    expect(() => readInputs({ ...NONE, secretFile: ["k=absent.pem"] }, io)).toThrow(
      '--secret-file k: "absent.pem" cannot be read (ENOENT).',
    );
  });
  test("a config and a secret of the same key are refused", () => {
    expect(() => readInputs({ ...NONE, config: ["REGISTRY_PASSWORD=x"], secret: ["REGISTRY_PASSWORD"] }, io)).toThrow(
      'The config or secret "REGISTRY_PASSWORD" was given twice.',
    );
  });
  test("--env wants a legal name", () => {
    expect(() => readInputs({ ...NONE, env: ["a-b=1"] }, io)).toThrow(/--env a-b/);
  });
});

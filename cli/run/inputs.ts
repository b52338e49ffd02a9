import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ENV_NAME } from "../../compiler/index.ts";
import { isConfigKey, type NewConfig, SHORTEST_SECRET_CHARACTERS } from "../../functions/index.ts";
import { whyUnreadable } from "../error-code.ts";
import type { Io } from "../io.ts";
import { type KeyValue, readKeyValues } from "../options.ts";
import { UsageError } from "../usage-error.ts";
import { type FileInputs, readInputsFile } from "./inputs-file.ts";

/** What a run is given from outside, read from the command line and the environment. */
export interface RunInputs {
  readonly params: Readonly<Record<string, string>>;
  readonly envs: Readonly<Record<string, string>>;
  readonly configs: readonly NewConfig[];
}

/** Flags by which a run is given something. */
export interface InputOptions {
  readonly inputs?: string;
  readonly param: readonly string[];
  readonly env: readonly string[];
  readonly config: readonly string[];
  readonly secret: readonly string[];
  readonly secretFile: readonly string[];
}

/**
 * Reads `--inputs`, `--param`, `--env`, `--config`, `--secret` and `--secret-file`; what stands on the command line wins
 * over the file. A secret's value comes from that file or from the environment variable of its name, because a command
 * line can be read by every user of the machine and stays in the shell's history.
 */
export function readInputs(options: InputOptions, io: Pick<Io, "env" | "cwd">): RunInputs {
  const file = options.inputs === undefined ? undefined : readInputsFile(options.inputs, io.cwd);
  const envs = { ...Object.fromEntries(file?.envs ?? []), ...record(readKeyValues("--env", options.env)) };
  for (const key of Object.keys(envs)) {
    if (!ENV_NAME.test(key)) {
      throw new UsageError(`"${key}" is no name of an environment variable.`, "Use letters, digits and _.");
    }
  }
  const named = namedConfigs(options, io);
  checkConfigKeys(named);
  const fromFile = file === undefined ? [] : fileConfigs(file);
  checkConfigKeys(fromFile);
  return {
    params: { ...Object.fromEntries(file?.params ?? []), ...record(readKeyValues("--param", options.param)) },
    envs,
    configs: [...fromFile.filter(({ key }) => !named.some((config) => config.key === key)), ...named],
  };
}

function namedConfigs(options: InputOptions, io: Pick<Io, "env" | "cwd">): readonly NewConfig[] {
  const configs = readKeyValues("--config", options.config);
  const files = readKeyValues("--secret-file", options.secretFile);
  return [
    ...configs.map(({ key, value }) => valueConfig(key, value, false)),
    ...options.secret.map((name) => valueConfig(name, secretValue(name, io), true)),
    ...files.map(({ key, value }): NewConfig => {
      return { key, kind: "file", content: readSecretFile(key, value, io.cwd), secret: true };
    }),
  ];
}

function fileConfigs({ configs, secrets }: FileInputs): readonly NewConfig[] {
  return [
    ...[...configs].map(([key, value]) => valueConfig(key, value, false)),
    ...[...secrets].map(([key, value]) => valueConfig(key, value, true)),
  ];
}

function valueConfig(key: string, value: string, secret: boolean): NewConfig {
  return { key, kind: "value", content: value, secret };
}

function secretValue(name: string, io: Pick<Io, "env">): string {
  if (name.includes("=")) {
    throw new UsageError(
      "--secret takes a name without a value.",
      "Put the value into the environment variable of that name; a command line can be read by others.",
    );
  }
  const names = environmentNames(name);
  const value = names.map((candidate) => io.env[candidate]).find((found) => found !== undefined);
  if (value === undefined) {
    const variable = names.at(-1) ?? name;
    throw new UsageError(
      `--secret ${name}: the environment variable ${names.join(" or ")} is not set.`,
      `Set it in the shell first, for example: read -rs ${variable} && export ${variable}`,
    );
  }
  return value;
}

/**
 * Variables that may hold a secret: of its very name, and, because no shell can set `registry.token`, the name as
 * Erda shows it to actions, REGISTRY_TOKEN. Source: reference/erda.md 1.18.
 */
function environmentNames(name: string): readonly string[] {
  return [...new Set([name, name.replace(/[.-]/g, "_").toUpperCase()])];
}

/** Keys of secrets that are too short to be masked: `1` would blacken every log and hide nothing. */
export function unmaskedSecrets({ configs }: RunInputs): readonly string[] {
  const isShort = ({ content }: NewConfig) =>
    Buffer.from(content).toString().trim().length < SHORTEST_SECRET_CHARACTERS;
  return configs.filter((config) => config.secret && isShort(config)).map(({ key }) => key);
}

function readSecretFile(key: string, path: string, cwd: string): Uint8Array {
  try {
    return readFileSync(resolve(cwd, path));
  } catch (error) {
    throw new UsageError(`--secret-file ${key}: "${path}" cannot be read: ${whyUnreadable(error)}.`, "Check the path.");
  }
}

function checkConfigKeys(configs: readonly NewConfig[]): void {
  const seen = new Set<string>();
  for (const { key } of configs) {
    if (!isConfigKey(key)) {
      throw new UsageError(`"${key}" cannot be the key of a config or secret.`, "Use letters, digits, _, . and -.");
    }
    if (seen.has(key)) throw new UsageError(`The config or secret "${key}" was given twice.`, "Keep one of the two.");
    seen.add(key);
  }
}

function record(entries: readonly KeyValue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

import { GetParametersCommand } from "@aws-sdk/client-ssm";
import { CONFIG_FOLDERS } from "../contract.ts";
import type { Runtime } from "../runtime.ts";

/** A config or a config file of the installation. */
export type Config =
  | { readonly kind: "value"; readonly value: string; readonly secret: boolean }
  | { readonly kind: "file"; readonly contentBase64: string; readonly secret: boolean };

/** Parameter Store answers at most ten names a call; each key is looked for as a value and as a file. */
const KEYS_PER_CALL = 5;

/**
 * Where a config is kept: `String` is a config, `SecureString` a secret. The value of a file is its content in base64.
 * `undefined` where the key cannot be a name in Parameter Store.
 */
export function configParameterName(configPrefix: string, kind: Config["kind"], key: string): string | undefined {
  return isConfigKey(key) ? `${configPrefix}/${CONFIG_FOLDERS[kind]}/${key}` : undefined;
}

/** Whether Parameter Store takes a key in a name: its characters without the separator `/`. */
export function isConfigKey(key: string): boolean {
  return /^[A-Za-z0-9_.-]{1,512}$/.test(key);
}

/** Reads configs by key; keys that do not exist are absent from the answer. A value wins over a file of the same key. */
export async function readConfigs(runtime: Runtime, keys: readonly string[]): Promise<ReadonlyMap<string, Config>> {
  const prefix = runtime.environment.configPrefix;
  const names = new Map<string, { key: string; kind: Config["kind"] }>();
  for (const key of new Set(keys)) {
    for (const kind of ["file", "value"] as const) {
      const name = configParameterName(prefix, kind, key);
      if (name !== undefined) {
        names.set(name, { key, kind });
      }
    }
  }
  const all = [...names.keys()];
  const found = new Map<string, Config>();
  for (let start = 0; start < all.length; start += 2 * KEYS_PER_CALL) {
    const answer = await runtime.clients.ssm.send(
      new GetParametersCommand({ Names: all.slice(start, start + 2 * KEYS_PER_CALL), WithDecryption: true }),
    );
    for (const parameter of answer.Parameters ?? []) {
      const asked = names.get(parameter.Name ?? "");
      const value = parameter.Value ?? "";
      const secret = parameter.Type === "SecureString";
      if (asked?.kind === "value") {
        found.set(asked.key, { kind: "value", value, secret });
      } else if (asked !== undefined && !found.has(asked.key)) {
        found.set(asked.key, { kind: "file", contentBase64: value, secret });
      }
    }
  }
  return found;
}

import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { type ConfigFolder, type ConfigStore, configParameterName } from "./names.ts";
import { mustBeSealed, seal } from "./sealed-config.ts";

/** A config or a secret, as a value or as a file. */
export interface NewConfig {
  /** What `((key))` names: letters, digits, `_`, `.` and `-`. */
  readonly key: string;
  /** Key of the pipeline that it is for alone. Default: every pipeline of the installation. */
  readonly pipeline?: string;
  /** `value`: references stand for it. `file`: they stand for the path of a file with this content. */
  readonly kind: "value" | "file";
  /** Texts are UTF-8. */
  readonly content: string | Uint8Array;
  /** A secret is kept as a SecureString, and masked in everything that an action writes. */
  readonly secret: boolean;
}

/** The key or the value cannot be kept. The message never holds the value. */
export class InvalidConfigError extends Error {
  override readonly name = "InvalidConfigError";
}

/**
 * Keeps a config where the functions look for it: in Parameter Store, or, where that would not take it (empty, or over
 * 8 KiB), encrypted in an object whose key Parameter Store keeps. Throws `InvalidConfigError`.
 */
export async function storeConfig(store: ConfigStore, config: NewConfig): Promise<void> {
  const { key, kind, secret } = config;
  const content = typeof config.content === "string" ? Buffer.from(config.content) : Buffer.from(config.content);
  const text = content.toString(kind === "file" ? "base64" : "utf8");
  const folder: ConfigFolder = mustBeSealed(text) ? "sealed" : kind;
  const Name = configParameterName(store.environment.configPrefix, { folder, key, pipeline: config.pipeline });
  if (Name === undefined) {
    throw new InvalidConfigError(`"${key}" is no key of a config: letters, digits, "_", "." and "-".`);
  }
  try {
    const Value = folder === "sealed" ? JSON.stringify(await seal(store, kind, content)) : text;
    const Type = secret ? "SecureString" : "String";
    await store.clients.ssm.send(
      new PutParameterCommand({ Name, Value, Type, Tier: "Intelligent-Tiering", Overwrite: true }),
    );
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidConfigError(`The config "${key}" cannot be stored: ${reason}`, { cause });
  }
}

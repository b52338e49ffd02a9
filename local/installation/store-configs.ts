import { PutParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { configParameterName } from "../../functions/index.ts";
import { NAMES } from "./names.ts";
import type { InstallationOptions } from "./options.ts";

/** A config that Parameter Store would not take on AWS either. */
export class InvalidConfigError extends Error {
  override readonly name = "InvalidConfigError";
}

/**
 * Puts configs and secrets where the functions look for them. They live in the memory of this process and nowhere else.
 * @throws {InvalidConfigError}
 */
export async function storeConfigs(
  ssm: SSMClient,
  { configs, configFiles }: Pick<InstallationOptions, "configs" | "configFiles">,
): Promise<void> {
  const all = [
    ...configs.map(({ key, value, secret }) => ({ kind: "value" as const, key, value, secret })),
    ...configFiles.map(({ key, content, secret }) => {
      const value = Buffer.from(content).toString("base64");
      return { kind: "file" as const, key, value, secret };
    }),
  ];
  for (const { kind, key, value, secret } of all) {
    const Name = configParameterName(NAMES.configPrefix, kind, key);
    if (Name === undefined)
      throw new InvalidConfigError(`"${key}" is no key of a config: letters, digits, "_", "." and "-".`);
    if (value === "")
      throw new InvalidConfigError(`The config "${key}" is empty; Parameter Store takes no empty values.`);
    const Type = secret ? "SecureString" : "String";
    try {
      await ssm.send(
        new PutParameterCommand({ Name, Value: value, Type, Tier: "Intelligent-Tiering", Overwrite: true }),
      );
    } catch (cause) {
      // The message names sizes and limits, never the value.
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new InvalidConfigError(`The config "${key}" cannot be stored: ${reason}`, { cause });
    }
  }
}

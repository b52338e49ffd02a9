import { CONFIG_FOLDERS, PIPELINE_CONFIGS_FOLDER } from "../contract.ts";
import type { Runtime, RuntimeClients } from "../runtime.ts";

/** What reading and writing configs needs of a runtime. */
export interface ConfigStore {
  readonly clients: Pick<RuntimeClients, "s3" | "ssm">;
  readonly environment: Pick<Runtime["environment"], "bucketName" | "configPrefix">;
}

/**
 * How a config is kept in Parameter Store: as itself, as the content of a file, sealed in an object, or as the name of a
 * secret in Secrets Manager.
 */
export type ConfigFolder = keyof typeof CONFIG_FOLDERS;

/** The folders, in the order in which they win where a key stands in more than one. */
export const CONFIG_FOLDER_NAMES = ["secret", "file", "value", "sealed"] as const satisfies readonly ConfigFolder[];

/** A config that is looked for. */
export interface ConfigPlace {
  readonly folder: ConfigFolder;
  readonly key: string;
  /** Key of the pipeline that it is for alone; absent, it is the installation's. */
  readonly pipeline?: string | undefined;
}

/** Name of the parameter that holds a config; `undefined` where the key cannot be a name in Parameter Store. */
export function configParameterName(configPrefix: string, { folder, key, pipeline }: ConfigPlace): string | undefined {
  const scope = pipeline === undefined ? "" : `/${PIPELINE_CONFIGS_FOLDER}/${pipeline}`;
  const isName = isConfigKey(key) && (pipeline === undefined || isConfigKey(pipeline));
  return isName ? `${configPrefix}${scope}/${CONFIG_FOLDERS[folder]}/${key}` : undefined;
}

/** Whether Parameter Store takes a key in a name: its characters without the separator `/`. */
export function isConfigKey(key: string): boolean {
  return /^[A-Za-z0-9_.-]{1,512}$/.test(key);
}

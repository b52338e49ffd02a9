import { GetParametersCommand, type Parameter } from "@aws-sdk/client-ssm";
import { CONFIG_FOLDER_NAMES, type ConfigFolder, type ConfigStore, configParameterName } from "./names.ts";
import { parseSealed, unseal } from "./sealed-config.ts";

/** A config or a config file of the installation. */
export type Config =
  | { readonly kind: "value"; readonly value: string; readonly secret: boolean }
  | { readonly kind: "file"; readonly contentBase64: string; readonly secret: boolean };

/** Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const NAMES_PER_CALL = 10;

/** A parameter that is looked for, and what for. */
interface Asked {
  readonly key: string;
  readonly folder: ConfigFolder;
}

/**
 * Reads configs by key; keys that do not exist are absent from the answer. Of a key that was stored in more than one
 * way the latest counts, and of equal times a value wins over a file.
 */
export async function readConfigs(store: ConfigStore, keys: readonly string[]): Promise<ReadonlyMap<string, Config>> {
  const asked = new Map<string, Asked>();
  for (const key of new Set(keys)) {
    for (const folder of CONFIG_FOLDER_NAMES) {
      const name = configParameterName(store.environment.configPrefix, folder, key);
      if (name !== undefined) {
        asked.set(name, { key, folder });
      }
    }
  }
  const latest = latestOfEach(asked, await readParameters(store, [...asked.keys()]));
  const found = await Promise.all(
    [...latest].map(async ([key, { folder, parameter }]): Promise<[string, Config]> => {
      return [key, await configOf(store, folder, parameter)];
    }),
  );
  return new Map(found);
}

async function readParameters(store: ConfigStore, names: readonly string[]): Promise<readonly Parameter[]> {
  const found: Parameter[] = [];
  for (let start = 0; start < names.length; start += NAMES_PER_CALL) {
    const Names = names.slice(start, start + NAMES_PER_CALL);
    const answer = await store.clients.ssm.send(new GetParametersCommand({ Names, WithDecryption: true }));
    found.push(...(answer.Parameters ?? []));
  }
  return found;
}

function latestOfEach(
  asked: ReadonlyMap<string, Asked>,
  parameters: readonly Parameter[],
): ReadonlyMap<string, { readonly folder: ConfigFolder; readonly parameter: Parameter }> {
  const rank = ({ folder }: Asked) => CONFIG_FOLDER_NAMES.indexOf(folder);
  const time = (parameter: Parameter) => parameter.LastModifiedDate?.getTime() ?? 0;
  const found = parameters.flatMap((parameter) => {
    const known = asked.get(parameter.Name ?? "");
    return known === undefined ? [] : [{ ...known, parameter }];
  });
  const inOrder = found.toSorted((a, b) => time(a.parameter) - time(b.parameter) || rank(a) - rank(b));
  return new Map(inOrder.map(({ key, folder, parameter }) => [key, { folder, parameter }]));
}

async function configOf(store: ConfigStore, folder: ConfigFolder, { Value = "", Type }: Parameter): Promise<Config> {
  const secret = Type === "SecureString";
  if (folder !== "sealed") {
    return folder === "value" ? { kind: folder, value: Value, secret } : { kind: folder, contentBase64: Value, secret };
  }
  const sealed = parseSealed(Value);
  const content = await unseal(store, sealed);
  return sealed.kind === "value"
    ? { kind: "value", value: content.toString("utf8"), secret }
    : { kind: "file", contentBase64: content.toString("base64"), secret };
}

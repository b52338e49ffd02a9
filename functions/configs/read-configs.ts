import { GetParametersCommand, type Parameter } from "@aws-sdk/client-ssm";
import { CONFIG_FOLDER_NAMES, type ConfigPlace, type ConfigStore, configParameterName } from "./names.ts";
import { parseSealed, unseal } from "./sealed-config.ts";
import { configOfSecret, parseSecretReference, unreadable } from "./secret-reference.ts";

/** A config or a config file of the installation. */
export type Config =
  | { readonly kind: "value"; readonly value: string; readonly secret: boolean }
  | { readonly kind: "file"; readonly contentBase64: string; readonly secret: boolean }
  /** It names a secret of Secrets Manager that cannot be read. */
  | { readonly kind: "unreadable"; readonly reason: string; readonly secret: false };

/** Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const NAMES_PER_CALL = 10;

/** A parameter that was found, and what it was looked for as. */
interface Found extends ConfigPlace {
  readonly parameter: Parameter;
}

/**
 * Reads configs by key; keys that do not exist are absent from the answer. What is kept for `pipeline` alone wins over
 * what the installation has. Of a key that was stored in more than one way the latest counts, and of equal times a value
 * wins over a file.
 */
export async function readConfigs(
  store: ConfigStore,
  keys: readonly string[],
  pipeline?: string,
): Promise<ReadonlyMap<string, Config>> {
  const scopes = pipeline === undefined ? [undefined] : [undefined, pipeline];
  const asked = new Map<string, ConfigPlace>();
  for (const key of new Set(keys)) {
    for (const place of scopes.flatMap((scope) =>
      CONFIG_FOLDER_NAMES.map((folder) => ({ folder, key, pipeline: scope })),
    )) {
      const name = configParameterName(store.environment.configPrefix, place);
      if (name !== undefined) {
        asked.set(name, place);
      }
    }
  }
  const winners = winnerOfEach(asked, await readParameters(store, [...asked.keys()]));
  const secrets = await readSecrets(store, winners);
  const found = await Promise.all(
    winners.map(async (winner): Promise<[string, Config]> => {
      return [winner.key, secrets.get(winner.key) ?? (await configOf(store, winner))];
    }),
  );
  return new Map(found);
}

async function readParameters(store: ConfigStore, names: readonly string[]): Promise<readonly Parameter[]> {
  const starts = Array.from({ length: Math.ceil(names.length / NAMES_PER_CALL) }, (_, index) => index * NAMES_PER_CALL);
  const answers = await Promise.all(
    starts.map((start) => {
      const Names = names.slice(start, start + NAMES_PER_CALL);
      return store.clients.ssm.send(new GetParametersCommand({ Names, WithDecryption: true }));
    }),
  );
  return answers.flatMap(({ Parameters = [] }) => Parameters);
}

function winnerOfEach(asked: ReadonlyMap<string, ConfigPlace>, parameters: readonly Parameter[]): readonly Found[] {
  const scope = ({ pipeline }: ConfigPlace) => (pipeline === undefined ? 0 : 1);
  const rank = ({ folder }: ConfigPlace) => CONFIG_FOLDER_NAMES.indexOf(folder);
  const time = ({ parameter }: Found) => parameter.LastModifiedDate?.getTime() ?? 0;
  const found = parameters.flatMap((parameter) => {
    const known = asked.get(parameter.Name ?? "");
    return known === undefined ? [] : [{ ...known, parameter }];
  });
  const inOrder = found.toSorted((a, b) => scope(a) - scope(b) || time(a) - time(b) || rank(a) - rank(b));
  return [...new Map(inOrder.map((one) => [one.key, one])).values()];
}

/** What stands in Secrets Manager, by key of the config. */
async function readSecrets(store: ConfigStore, winners: readonly Found[]): Promise<ReadonlyMap<string, Config>> {
  const references = winners
    .filter(({ folder }) => folder === "secret")
    .map(({ key, parameter: { Value = "" } }) => ({
      key,
      ...parseSecretReference(store.environment.configPrefix, Value),
    }));
  const names = references.flatMap((reference) => ("parameter" in reference ? [reference.parameter] : []));
  const answers = await readParameters(store, [...new Set(names)]);
  const texts = new Map(answers.map(({ Name, Value }) => [Name, Value]));
  return new Map(
    references.map(({ key, ...reference }) => {
      return [
        key,
        "parameter" in reference
          ? configOfSecret(reference, texts.get(reference.parameter))
          : unreadable(reference.problem),
      ];
    }),
  );
}

async function configOf(store: ConfigStore, { folder, parameter: { Value = "", Type } }: Found): Promise<Config> {
  const secret = Type === "SecureString";
  if (folder !== "sealed") {
    return folder === "file" ? { kind: folder, contentBase64: Value, secret } : { kind: "value", value: Value, secret };
  }
  const sealed = parseSealed(Value);
  const content = await unseal(store, sealed);
  return sealed.kind === "value"
    ? { kind: "value", value: content.toString("utf8"), secret }
    : { kind: "file", contentBase64: content.toString("base64"), secret };
}

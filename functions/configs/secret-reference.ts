import type { Config } from "./read-configs.ts";

/**
 * Parameter Store answers secrets of Secrets Manager under this path.
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
 */
const REFERENCE_PATH = "/aws/reference/secretsmanager/";

/** A secret in Secrets Manager, and what of it is meant. */
export interface SecretReference {
  /** Name of the parameter by which it is read. */
  readonly parameter: string;
  /** Field of a secret that is a JSON object; absent is the whole text. */
  readonly field: string | undefined;
  /** References stand for the path of a file with this content. */
  readonly isFile: boolean;
}

/**
 * Reads `[file:]<name>[#<field>]`, for example `sluice/registry#password`; names in Secrets Manager hold neither `:` nor
 * `#`. Secrets stand below the installation's own prefix: the functions may read no other.
 */
export function parseSecretReference(
  configPrefix: string,
  text: string,
): SecretReference | { readonly problem: string } {
  const [, file, name = "", field] = /^(file:)?([A-Za-z0-9/_+=.@-]+)(?:#(.+))?$/s.exec(text.trim()) ?? [];
  const prefix = `${configPrefix.replace(/^\//, "")}/`;
  if (!name.startsWith(prefix)) {
    const form = `"${prefix}<name>", with "#<field>" behind it and "file:" before it where that is meant`;
    return { problem: `it names the secret "${text}"; that must be ${form}.` };
  }
  return { parameter: `${REFERENCE_PATH}${name}`, field, isFile: file !== undefined };
}

/** The config that a secret is; `text` is absent where there is no such secret. */
export function configOfSecret({ parameter, field, isFile }: SecretReference, text: string | undefined): Config {
  const name = parameter.slice(REFERENCE_PATH.length);
  if (text === undefined) {
    return unreadable(`it names the secret "${name}", which does not exist in Secrets Manager.`);
  }
  const value = field === undefined ? text : fieldOf(text, field);
  if (value === undefined) {
    return unreadable(`it names the field "${field}" of the secret "${name}", which has no such field.`);
  }
  return isFile
    ? { kind: "file", contentBase64: Buffer.from(value).toString("base64"), secret: true }
    : { kind: "value", value, secret: true };
}

/** A config that is there and cannot be had. */
export function unreadable(reason: string): Config {
  return { kind: "unreadable", reason, secret: false };
}

function fieldOf(text: string, field: string): string | undefined {
  try {
    const object: unknown = JSON.parse(text);
    const isOwn = typeof object === "object" && object !== null && Object.hasOwn(object, field);
    const value: unknown = isOwn ? Reflect.get(object, field) : undefined;
    return typeof value === "string" || value === undefined ? value : JSON.stringify(value);
  } catch {
    return undefined;
  }
}

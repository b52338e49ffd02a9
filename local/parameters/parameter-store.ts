import { readInput } from "../wire/input.ts";
import { type LocalService, ServiceError } from "../wire/service.ts";

/** Where the store is, and its time. */
export interface ParameterStoreOptions {
  readonly region: string;
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const TYPES = ["String", "StringList", "SecureString"] as const;
type ParameterType = (typeof TYPES)[number];

interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  readonly lastModified: Date;
}

/** Bytes of a value. Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const LARGEST_VALUE_BYTES: Readonly<Record<string, number>> = {
  Standard: 4096,
  Advanced: 8192,
  "Intelligent-Tiering": 8192,
};
const LARGEST_NAMES = 10;
const LARGEST_PAGE = 10;

/**
 * SSM Parameter Store in memory: values are secrets, so nothing of them is ever written to disk. A SecureString that is
 * read without `WithDecryption` answers a text that holds nothing of its value.
 * Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export function createParameterStore(options: ParameterStoreOptions): LocalService {
  const parameters = new Map<string, Parameter>();

  const answer = (parameter: Parameter, withDecryption: boolean) => ({
    Name: parameter.name,
    Type: parameter.type,
    Value: parameter.type === "SecureString" && !withDecryption ? `encrypted:${parameter.version}` : parameter.value,
    Version: parameter.version,
    LastModifiedDate: parameter.lastModified,
    ARN: `arn:aws:ssm:${options.region}:${options.accountId}:parameter/${parameter.name.replace(/^\//, "")}`,
    DataType: "text",
  });

  return {
    name: "ssm",
    targetPrefix: "AmazonSSM",
    jsonVersion: "1.1",
    operations: {
      async PutParameter(raw) {
        const input = readInput(raw);
        const name = checkName(input.string("Name"));
        const value = input.string("Value");
        const previous = parameters.get(name);
        const type = readType(input.optionalString("Type") ?? previous?.type);
        const tier = input.optionalString("Tier") ?? "Standard";
        const overwrite = input.optionalBoolean("Overwrite") ?? false;
        input.ignore("Description", "Tags", "KeyId");
        input.done();
        const limit = LARGEST_VALUE_BYTES[tier];
        if (limit === undefined) throw new ServiceError("ValidationException", `There is no tier "${tier}".`);
        if (value === "" || Buffer.byteLength(value) > limit) {
          const bytes = Buffer.byteLength(value);
          const message = `The value of "${name}" has ${bytes} bytes; tier ${tier} takes 1 to ${limit}.`;
          throw new ServiceError("ValidationException", message);
        }
        if (previous !== undefined && !overwrite) {
          const message = "The parameter already exists. To overwrite this value, set the overwrite option to true.";
          throw new ServiceError("ParameterAlreadyExists", message);
        }
        const version = (previous?.version ?? 0) + 1;
        parameters.set(name, { name, type, value, version, lastModified: new Date(options.now()) });
        return { Version: version, Tier: tier === "Intelligent-Tiering" ? "Standard" : tier };
      },

      async GetParameter(raw) {
        const input = readInput(raw);
        const name = input.string("Name");
        const withDecryption = input.optionalBoolean("WithDecryption") ?? false;
        input.done();
        const parameter = parameters.get(name);
        if (parameter === undefined) throw notFound(name);
        return { Parameter: answer(parameter, withDecryption) };
      },

      async GetParameters(raw) {
        const input = readInput(raw);
        const names = input.stringList("Names");
        const withDecryption = input.optionalBoolean("WithDecryption") ?? false;
        input.done();
        if (names.length === 0 || names.length > LARGEST_NAMES || new Set(names).size < names.length) {
          throw new ServiceError("ValidationException", `Names takes 1 to ${LARGEST_NAMES} different names.`);
        }
        const found = names.map((name) => parameters.get(name)).filter((parameter) => parameter !== undefined);
        return {
          Parameters: found.map((parameter) => answer(parameter, withDecryption)),
          InvalidParameters: names.filter((name) => !parameters.has(name)),
        };
      },

      async GetParametersByPath(raw) {
        const input = readInput(raw);
        const path = input.string("Path").replace(/\/$/, "");
        const recursive = input.optionalBoolean("Recursive") ?? false;
        const withDecryption = input.optionalBoolean("WithDecryption") ?? false;
        const size = input.optionalInteger("MaxResults") ?? LARGEST_PAGE;
        const after = input.optionalString("NextToken") ?? "";
        input.done();
        if (size < 1 || size > LARGEST_PAGE) {
          throw new ServiceError("ValidationException", `MaxResults is between 1 and ${LARGEST_PAGE}.`);
        }
        const below = [...parameters.values()]
          .filter(({ name }) => name.startsWith(`${path}/`))
          .filter(({ name }) => recursive || !name.slice(path.length + 1).includes("/"))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
        const rest = below.filter(({ name }) => name > after);
        const page = rest.slice(0, size);
        const last = page.at(-1);
        return {
          Parameters: page.map((parameter) => answer(parameter, withDecryption)),
          ...(last !== undefined && page.length < rest.length && { NextToken: last.name }),
        };
      },

      async DeleteParameter(raw) {
        const input = readInput(raw);
        const name = input.string("Name");
        input.done();
        if (!parameters.delete(name)) throw notFound(name);
        return {};
      },
    },
  };
}

function checkName(name: string): string {
  const isValid = /^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(name) && name.length <= 1011;
  if (isValid && !/^\/?(aws|ssm)/i.test(name) && name.split("/").length <= 16) return name;
  throw new ServiceError("ValidationException", `"${name}" is not a name that Parameter Store takes.`);
}

function readType(type: string | undefined): ParameterType {
  const known = TYPES.find((candidate) => candidate === type);
  if (known === undefined) throw new ServiceError("ValidationException", `A parameter is one of ${TYPES.join(", ")}.`);
  return known;
}

function notFound(name: string): ServiceError {
  return new ServiceError("ParameterNotFound", `Parameter ${name} not found.`);
}

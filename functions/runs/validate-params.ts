import { ENV_NAME, type Json, type PlanIndex } from "../../compiler/index.ts";
import { ownValue } from "../records/own-value.ts";

/** The caller's params or envs do not fit the pipeline; `problems` has a sentence for each. */
export class InvalidRunError extends Error {
  override readonly name = "InvalidRunError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join(" "));
    this.problems = problems;
  }
}

/** Value of a param after validation, with the type that it was declared with. */
export type ParamValue = string | number | boolean;

/** Longest text shown of a wrong value. */
const SHOWN_CHARACTERS = 60;

/**
 * Checks the values that were given against the params that the plan declares, and gives them their types: texts are
 * read as `int` and `boolean` where that is declared. Defaults are not filled in: they are resolved where they are read.
 * Throws `InvalidRunError`. Source: reference/erda.md 1.10 (whose leaks in the required check are not copied).
 */
export function validateParams(
  plan: PlanIndex,
  given: { readonly [name: string]: Json },
): { readonly [name: string]: ParamValue } {
  const problems: string[] = [];
  const values = new Map<string, ParamValue>();
  const declared = plan.params.map((param) => `"${param.name}"`).join(", ");
  for (const name of Object.keys(given)) {
    if (!plan.params.some((param) => param.name === name)) {
      const known = declared === "" ? "the pipeline declares none" : `it declares ${declared}`;
      problems.push(`Pipeline "${plan.name}" has no param "${name}"; ${known}.`);
    }
  }
  for (const param of plan.params) {
    const value = ownValue(given, param.name);
    if (value === undefined || value === null) {
      if (param.required && param.default === undefined) {
        problems.push(`Param "${param.name}" (${param.type}) is required.`);
      }
      continue;
    }
    const typed = typedValue(param.type, value);
    if (typed === undefined) {
      problems.push(`Param "${param.name}" is ${shown(value)}; it must be ${EXPECTED[param.type]}.`);
    } else {
      values.set(param.name, typed);
    }
  }
  if (problems.length > 0) {
    throw new InvalidRunError(problems);
  }
  return Object.fromEntries(values);
}

/** Checks the names of environment variables. Throws `InvalidRunError`. */
export function validateEnvs(envs: { readonly [name: string]: string }): { readonly [name: string]: string } {
  const problems = Object.keys(envs)
    .filter((name) => !ENV_NAME.test(name))
    .map((name) => `Env "${name}" is no name of a variable; it must match [a-zA-Z_][a-zA-Z0-9_]*.`);
  if (problems.length > 0) {
    throw new InvalidRunError(problems);
  }
  return envs;
}

const EXPECTED = {
  string: "a text",
  int: "a whole number",
  boolean: "true or false",
} as const satisfies { readonly [type in PlanIndex["params"][number]["type"]]: string };

function typedValue(type: PlanIndex["params"][number]["type"], value: Json): ParamValue | undefined {
  switch (type) {
    case "string":
      return typeof value === "object" ? undefined : String(value);
    case "int": {
      const number = typeof value === "string" && /^-?[0-9]+$/.test(value.trim()) ? Number(value) : value;
      return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
    }
    case "boolean":
      return typeof value === "boolean" ? value : { true: true, false: false }[String(value)];
  }
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

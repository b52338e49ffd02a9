import { ServiceError } from "./service.ts";

/**
 * Reads the members of an operation's input one by one. `done` refuses members that nobody asked for: a field that is
 * not supported is an error, never ignored. Every error is a `ValidationException`, as AWS words it for most services.
 */
export interface InputReader {
  string(name: string): string;
  optionalString(name: string): string | undefined;
  optionalBoolean(name: string): boolean | undefined;
  optionalInteger(name: string): number | undefined;
  stringList(name: string): readonly string[];
  /** A reader for each element of a list of structures; a missing list is empty. */
  structures(name: string): readonly InputReader[];
  optionalStructure(name: string): InputReader | undefined;
  /** Takes a member that has no effect here (tags, descriptions). */
  ignore(...names: readonly string[]): void;
  /** @throws {ServiceError} when a member is left that nothing has read */
  done(): void;
}

/** @throws {ServiceError} when `input` is not a structure */
export function readInput(input: unknown, path = ""): InputReader {
  if (!isStructure(input)) throw invalid(`${path === "" ? "The input" : path} must be a structure`);
  const seen = new Set<string>();
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  const take = (name: string): unknown => {
    seen.add(name);
    return input[name] ?? undefined;
  };
  const optional = <T>(name: string, is: (value: unknown) => value is T, kind: string): T | undefined => {
    const value = take(name);
    if (value === undefined || is(value)) return value;
    throw invalid(`${at(name)} must be ${kind}`);
  };
  const list = (name: string): readonly unknown[] => optional(name, Array.isArray, "a list") ?? [];

  return {
    string(name) {
      const value = optional(name, isString, "a string");
      if (value === undefined) throw invalid(`${at(name)} is required`);
      return value;
    },
    optionalString: (name) => optional(name, isString, "a string"),
    optionalBoolean: (name) => optional(name, isBoolean, "a boolean"),
    optionalInteger: (name) => optional(name, isInteger, "an integer"),
    stringList(name) {
      return list(name).map((value, index) => {
        if (!isString(value)) throw invalid(`${at(name)}[${index}] must be a string`);
        return value;
      });
    },
    structures: (name) => list(name).map((value, index) => readInput(value, `${at(name)}[${index}]`)),
    optionalStructure(name) {
      const value = take(name);
      return value === undefined ? undefined : readInput(value, at(name));
    },
    ignore(...names) {
      for (const name of names) seen.add(name);
    },
    done() {
      const left = Object.keys(input).filter((name) => !seen.has(name) && input[name] !== undefined);
      if (left.length > 0) throw invalid(`not supported here: ${left.map(at).join(", ")}`);
    },
  };
}

function invalid(reason: string): ServiceError {
  return new ServiceError("ValidationException", `Validation error: ${reason}.`);
}

function isStructure(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isString = (value: unknown): value is string => typeof value === "string";
const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);

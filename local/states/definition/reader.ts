import { isArray, isObject, type Json, type JsonObject } from "../document.ts";
import { InvalidExpressionError } from "../query/jsonata/jsonata-expression.ts";
import { firstPathKey } from "../query/jsonpath/literal.ts";
import type { CompileString, Template } from "../query/template.ts";
import { compileTemplate } from "../query/template.ts";
import { type Language, refusalOf, type STATE_FIELDS } from "./fields.ts";
import type { Problem } from "./problem.ts";

type FieldTable = (typeof STATE_FIELDS)["Task"];

/** Which numbers a field takes. */
export interface NumberRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly isInteger: boolean;
}

/** Reads one object of a definition field by field and reports what is wrong instead of throwing. */
export interface Reader {
  /** Path in the definition, for problems. */
  readonly path: string;
  readonly language: Language;
  value(field: string): Json | undefined;
  string(field: string): string | undefined;
  requiredString(field: string): string | undefined;
  number(field: string, range: NumberRange): number | undefined;
  strings(field: string): readonly string[] | undefined;
  /** A number or an expression of one. */
  numberTemplate(field: string, range: NumberRange): Template | undefined;
  template(field: string): Template | undefined;
  /** The object in a field, with its own table of fields. */
  object(field: string, table: FieldTable): Reader | undefined;
  objects(field: string, table: FieldTable): readonly Reader[];
  report(message: string, field?: string, code?: Problem["code"]): void;
}

/** What a reader shares with those of its parts. */
export interface ReaderOptions {
  readonly problems: Problem[];
  readonly compileJsonata: CompileString;
  readonly language: Language;
}

/**
 * @param path where the object stands in the definition
 * @param location where it stands in its state, for the messages of its expressions; empty for the state itself
 */
export function readObject(
  value: Json | undefined,
  path: string,
  location: string,
  table: FieldTable,
  options: ReaderOptions,
): Reader | undefined {
  const { problems, language } = options;
  if (!isObject(value)) {
    problems.push({ code: "SCHEMA_VALIDATION_FAILED", message: "Expected an object", path });
    return undefined;
  }
  for (const field of Object.keys(value)) {
    const refusal = refusalOf(field, table, language);
    if (refusal !== undefined) {
      problems.push({ code: "SCHEMA_VALIDATION_FAILED", message: refusal, path: `${path}/${field}` });
    }
  }
  return createReader(value, path, location, options);
}

function createReader(value: JsonObject, path: string, location: string, options: ReaderOptions): Reader {
  const { problems, language } = options;
  const get = (field: string): Json | undefined => (Object.hasOwn(value, field) ? value[field] : undefined);
  const locate = (field: string): string => (location === "" ? field : `${location}/${field}`);

  const report: Reader["report"] = (message, field, code = "SCHEMA_VALIDATION_FAILED") => {
    problems.push({ code, message, path: field === undefined ? path : `${path}/${field}` });
  };
  const checkNumber = (found: Json, field: string, range: NumberRange): number | undefined => {
    const { minimum, maximum, isInteger } = range;
    const fits = typeof found === "number" && found >= minimum && found <= maximum;
    if (fits && (!isInteger || Number.isInteger(found))) return found;
    report(`Expected ${isInteger ? "an integer" : "a number"} from ${minimum} to ${maximum}`, field);
    return undefined;
  };
  const compileString: CompileString = (text, at) => {
    if (language === "JSONPath") return undefined;
    try {
      return options.compileJsonata(text, at);
    } catch (error) {
      if (!(error instanceof InvalidExpressionError)) throw error;
      problems.push({
        code: "SCHEMA_VALIDATION_FAILED",
        message: error.message,
        path: `${statePathOf(path, location)}/${at}`,
      });
      return undefined;
    }
  };

  const reader: Reader = {
    path,
    language,
    value: get,
    report,
    string(field) {
      const found = get(field);
      if (found === undefined || typeof found === "string") return found;
      report("Expected a string", field);
      return undefined;
    },
    requiredString(field) {
      if (get(field) === undefined) report(`The field "${field}" is required`);
      return reader.string(field);
    },
    number(field, range) {
      const found = get(field);
      return found === undefined ? undefined : checkNumber(found, field, range);
    },
    strings(field) {
      const found = get(field);
      if (isArray(found) && found.length > 0 && found.every((item) => typeof item === "string")) return found;
      report("Expected a list of strings that is not empty", field);
      return undefined;
    },
    template(field) {
      const found = get(field);
      if (found === undefined) return undefined;
      const pathKey = language === "JSONPath" ? firstPathKey(found) : undefined;
      if (pathKey !== undefined) report(`JSONPath ("${pathKey}") is not supported yet`, field);
      return compileTemplate(found, locate(field), compileString);
    },
    numberTemplate(field, range) {
      const template = reader.template(field);
      if (template?.kind === "constant") checkNumber(template.document.value, field, range);
      return template;
    },
    object(field, table) {
      return readObject(get(field), `${path}/${field}`, locate(field), table, options);
    },
    objects(field, table) {
      const found = get(field) ?? [];
      if (!isArray(found)) {
        report("Expected a list", field);
        return [];
      }
      return found.flatMap((item, index) => {
        const at = `${field}[${index}]`;
        return readObject(item, `${path}/${at}`, locate(at), table, options) ?? [];
      });
    },
  };
  return reader;
}

/** `/States/build` of `/States/build/Catch[0]`, whose location in the state is `Catch[0]`. */
function statePathOf(path: string, location: string): string {
  return location === "" ? path : path.slice(0, path.length - location.length - 1);
}

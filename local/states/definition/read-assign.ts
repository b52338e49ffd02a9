import { documentOf, isObject } from "../document.ts";
import type { Assignments } from "./model.ts";
import type { Reader } from "./reader.ts";

/** Source: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
const VARIABLE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
const LONGEST_VARIABLE_NAME = 80;
/** `$states` is AWS's own; the other would name the prototype of the object that holds the variables. */
const RESERVED_NAMES: ReadonlySet<string> = new Set(["states", "__proto__"]);

/** The `Assign` of a state, a Catcher or a choice rule. */
export function readAssign(reader: Reader): Assignments {
  const value = reader.value("Assign");
  if (value === undefined) return [];
  if (!isObject(value)) {
    reader.report("Expected an object", "Assign");
    return [];
  }
  for (const name of Object.keys(value)) {
    if (RESERVED_NAMES.has(name) || !VARIABLE_NAME.test(name) || name.length > LONGEST_VARIABLE_NAME) {
      reader.report(`"${name}" cannot be the name of a variable`, "Assign");
    }
  }
  const template = reader.template("Assign");
  if (template?.kind === "object") return template.entries;
  return Object.entries(value).map(([name, entry]) => [name, { kind: "constant", document: documentOf(entry) }]);
}

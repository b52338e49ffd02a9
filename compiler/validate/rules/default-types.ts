import type { ParamType } from "../../model/pipeline.ts";
import type { Value } from "../../model/value.ts";
import type { Rule } from "../rule-context.ts";

/**
 * The default of a param has the param's type: values that runs are given are held to it, so a default that is not would
 * be the one value that nobody could give. (Erda checks neither; reference/erda.md 1.10.)
 */
export const defaultTypes: Rule = ({ collector, pipeline }) => {
  for (const { default: value, name, type } of pipeline.params) {
    if (!value || fits(value, type)) continue;
    const params = { param: name.value, expected: EXPECTED[type], found: found(value) };
    collector.report("validate/wrong-default-type", value.span, params, { help: helpFor(type) });
  }
};

const EXPECTED: { readonly [type in ParamType]: string } = {
  string: "a text",
  int: "a whole number",
  boolean: "true or false",
};

function fits(value: Value, type: ParamType): boolean {
  // What a reference stands for is known only in a run.
  if (value.kind === "template") return true;
  if (value.kind !== "literal") return false;
  const text = String(value.value).trim();
  switch (type) {
    case "string":
      return true;
    case "int":
      // The empty text is Erda's own default of an int that is not given.
      return text === "" || /^[-+]?\d+$/.test(text);
    case "boolean":
      return text === "" || text === "true" || text === "false";
  }
}

function found(value: Value): string {
  return value.kind === "literal" ? `"${value.value}"` : `a ${value.kind}`;
}

function helpFor(type: ParamType): string {
  return type === "string"
    ? "Write one text; a list can be a text with separators, or JSON in quotes."
    : `Write ${EXPECTED[type]}, or declare the param with "type: string".`;
}

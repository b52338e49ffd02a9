import type { ActionTypeParam } from "../../model/action-type.ts";
import type { Value } from "../../model/value.ts";
import type { Rule } from "../rule-context.ts";

/**
 * Literal inputs have the declared type. Every input becomes text on its way to the action, so a text that reads as the
 * type is right too; what holds references is known only when it runs.
 */
export const paramTypes: Rule = ({ actions, collector }) => {
  for (const { action, type } of actions) {
    for (const { key, value } of action.params) {
      const param = type?.params.find(({ name }) => name === key);
      if (!type || !param || fits(value, param.type)) continue;
      const params = { param: key, type: type.name, expected: EXPECTED[param.type], found: found(value) };
      collector.report("validate/wrong-param-type", value.span, params);
    }
  }
};

const EXPECTED: { readonly [type in ActionTypeParam["type"]]: string } = {
  string: "a text",
  int: "a whole number",
  float: "a number",
  boolean: "true or false",
  list: "a list",
  map: "a map",
  any: "a value",
};

function fits(value: Value, type: ActionTypeParam["type"]): boolean {
  if (value.kind === "template" || type === "any") return true;
  if (value.kind === "list" || value.kind === "map") return value.kind === type;
  if (value.value === null) return true;
  const text = String(value.value).trim();
  switch (type) {
    case "string":
      return true;
    case "int":
      return /^[-+]?\d+$/.test(text);
    case "float":
      return text !== "" && Number.isFinite(Number(text));
    case "boolean":
      return /^(true|false|yes|no|on|off)$/i.test(text);
    case "list":
      return text.startsWith("[");
    case "map":
      return text.startsWith("{");
  }
}

function found(value: Value): string {
  return value.kind === "literal" ? `"${value.value}"` : `a ${value.kind}`;
}

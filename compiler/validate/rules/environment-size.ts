import { paramEnvName } from "../../keys/param-env-name.ts";
import type { Json, Value } from "../../model/value.ts";
import { utf8Bytes } from "../../utf8.ts";
import type { Rule } from "../rule-context.ts";

/** Longest `NAME=value` in bytes that Linux starts a process with: MAX_ARG_STRLEN, 131,072, less the closing NUL. */
export const LONGEST_ENVIRONMENT_ENTRY_BYTES = 131_071;

/**
 * What is already too long for the environment variable that carries it; what references bring is measured when it is
 * there. Only texts of that order are looked at closely: 10,000 actions are checked in a millisecond or two.
 */
export const environmentSize: Rule = ({ actions, collector, pipeline }) => {
  const check = (kind: "env" | "param", name: string, variable: string, value: Value) => {
    // In JSON a character takes six bytes at most (\u0001), in UTF-8 three.
    if (roughLength(value) * 6 < LONGEST_ENVIRONMENT_ENTRY_BYTES) return;
    const most = LONGEST_ENVIRONMENT_ENTRY_BYTES - utf8Bytes(variable).length - 1;
    const bytes = utf8Bytes(knownText(value)).length;
    if (bytes > most)
      collector.report("validate/too-long-for-environment", value.span, { kind, name, variable, bytes, most });
  };
  for (const { name, value } of pipeline.envs) check("env", name.value, name.value, value);
  for (const { action } of actions) {
    if (action.disabled) continue;
    for (const { key, value } of action.params) check("param", key, paramEnvName(key), value);
  }
};

function roughLength(value: Value): number {
  switch (value.kind) {
    case "literal":
      return String(value.value).length;
    case "template":
      return value.parts.reduce((sum, part) => sum + (typeof part === "string" ? part.length : 0), 0);
    case "list":
      return value.items.reduce((sum, item) => sum + roughLength(item) + 3, 2);
    case "map":
      return value.entries.reduce((sum, entry) => sum + entry.key.length + roughLength(entry.value) + 6, 2);
  }
}

/** The text of the environment variable with nothing where references stand. */
function knownText(value: Value): string {
  const known = knownValue(value);
  return typeof known === "object" ? JSON.stringify(known) : String(known);
}

function knownValue(value: Value): Json {
  switch (value.kind) {
    case "literal":
      return value.value;
    case "template":
      return value.parts.filter((part) => typeof part === "string").join("");
    case "list":
      return value.items.map(knownValue);
    case "map":
      return Object.fromEntries(value.entries.map((entry) => [entry.key, knownValue(entry.value)]));
  }
}

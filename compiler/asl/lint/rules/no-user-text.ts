import { LONGEST_NAME_KEY } from "../../../keys/name-keys.ts";
import { LONGEST_PIPELINE_KEY } from "../../../keys/pipeline-key.ts";
import { type PlacedText, textsOf } from "../expressions.ts";
import { asObject, type StateView } from "../machine-view.ts";
import type { Finding, LintRule } from "../rule.ts";

/** What stands in the payload of a Task, field by field (`asl/payload.ts`). */
const PAYLOAD: ReadonlyMap<string, RegExp> = new Map([
  ["token", /^\{% \$states\.context\.Task\.Token %\}$/],
  ["execution", /^\{% \$states\.context\.Execution\.Id %\}$/],
  ["redrive", /^\{% \$states\.context\.Execution\.RedriveCount %\}$/],
  ["pipeline", new RegExp(`^[a-z0-9-]{1,${LONGEST_PIPELINE_KEY}}$`)],
  ["action", new RegExp(`^[A-Za-z0-9_][A-Za-z0-9_-]{0,${LONGEST_NAME_KEY - 1}}$`)],
]);
/** A placeholder, or what a deployment put in its place. */
const FUNCTION_NAME =
  /^(\$\{[A-Za-z]+\}|arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?)$/;
const OUTPUTS: ReadonlySet<string> = new Set([
  "{% $states.result.Payload %}",
  "{% $states.input.seconds %}",
  "{% { 'error': $states.errorOutput.Error } %}",
]);

/**
 * Nothing that a user wrote stands in a definition but keys and names of states: a text `{% … %}` of theirs would run as
 * code, and a definition that holds commands would change with each of them.
 */
export const noUserText: LintRule = {
  name: "no-user-text",
  check({ definition, states }) {
    const comments = ["Comment"].filter((field) => definition[field] !== undefined);
    return [
      ...comments.map((path) => ({ path, message: "There is no place for comments in an emitted definition." })),
      ...states.flatMap((state) => [
        ...checkPayload(state),
        ...textsOf(state).flatMap((text) => checkText(state, text)),
      ]),
    ];
  },
};

function checkPayload({ object, path }: StateView): readonly Finding[] {
  const given = asObject(object["Arguments"]);
  if (!given) return [];
  const payload = asObject(given["Payload"]) ?? {};
  const unknown = [
    ...Object.keys(given).filter((key) => key !== "FunctionName" && key !== "Payload"),
    ...Object.keys(payload)
      .filter((key) => !PAYLOAD.has(key))
      .map((key) => `Payload.${key}`),
  ];
  return unknown.map((key) => ({ path: `${path}.Arguments.${key}`, message: "This is no part of a Task's payload." }));
}

function checkText(state: StateView, { field, path, text }: PlacedText): readonly Finding[] {
  const isFine = isKnownText(field, path.slice(state.path.length + 1), text);
  return isFine ? [] : [{ path, message: `"${text.slice(0, 60)}" is none of the texts that a definition may hold.` }];
}

function isKnownText(field: string, path: string, text: string): boolean {
  switch (field) {
    case "Type":
    case "Resource":
    case "Next":
    case "ErrorEquals":
    case "JitterStrategy":
      // Names of states, and words that other rules check.
      return true;
    case "Output":
    case "Seconds":
      return OUTPUTS.has(text);
    case "Arguments":
      if (path === "Arguments.FunctionName") return FUNCTION_NAME.test(text);
      return PAYLOAD.get(path.replace(/^Arguments\.Payload\./, ""))?.test(text) ?? false;
    default:
      return false;
  }
}

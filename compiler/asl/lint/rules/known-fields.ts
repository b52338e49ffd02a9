import { handlersOf, type JsonObject, joinPath } from "../machine-view.ts";
import type { Finding, LintRule } from "../rule.ts";

const COMMON = ["Type", "Comment", "QueryLanguage"];
const FLOW = [...COMMON, "Next", "End", "Output", "Assign"];
const HANDLED = [...FLOW, "Arguments", "Retry", "Catch"];

/** Fields of each type of state in JSONata mode. Source: the states' pages of the Step Functions guide. */
const STATE_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["Task", [...HANDLED, "Resource", "Credentials", "TimeoutSeconds", "HeartbeatSeconds"]],
  ["Wait", [...FLOW, "Seconds", "Timestamp"]],
  ["Parallel", [...HANDLED, "Branches"]],
  ["Pass", FLOW],
  ["Succeed", [...COMMON, "Output"]],
  ["Fail", [...COMMON, "Error", "Cause"]],
  ["Choice", [...COMMON, "Choices", "Default", "Output", "Assign"]],
  [
    "Map",
    [
      ...HANDLED,
      ...["Items", "ItemProcessor", "ItemSelector", "ItemReader", "ItemBatcher", "ResultWriter", "Label"],
      ...["MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage"],
    ],
  ],
]);
const MACHINE_FIELDS = ["QueryLanguage", "StartAt", "States", "Comment", "Version", "TimeoutSeconds"];
const SCOPE_FIELDS = ["StartAt", "States", "Comment", "ProcessorConfig"];
const HANDLER_FIELDS = {
  Retry: [
    "ErrorEquals",
    "IntervalSeconds",
    "MaxAttempts",
    "BackoffRate",
    "MaxDelaySeconds",
    "JitterStrategy",
    "Comment",
  ],
  Catch: ["ErrorEquals", "Next", "Output", "Assign", "Comment"],
} as const;

/** No field that the type of state does not have; Step Functions refuses some and ignores others. */
export const knownFields: LintRule = {
  name: "known-fields",
  check({ scopes, states }) {
    return [
      ...scopes.flatMap(({ object, path, parent }) => unknownIn(object, path, parent ? SCOPE_FIELDS : MACHINE_FIELDS)),
      ...states.flatMap((state) =>
        unknownIn(state.object, state.path, STATE_FIELDS.get(state.type) ?? Object.keys(state.object)),
      ),
      ...states.flatMap((state) =>
        (["Retry", "Catch"] as const).flatMap((field) =>
          handlersOf(state, field).flatMap(({ object, path }) => unknownIn(object, path, HANDLER_FIELDS[field])),
        ),
      ),
    ];
  },
};

function unknownIn(object: JsonObject, path: string, known: readonly string[]): readonly Finding[] {
  return Object.keys(object)
    .filter((field) => !known.includes(field))
    .map((field) => ({ path: joinPath(path, field), message: `There is no field "${field}" here.` }));
}

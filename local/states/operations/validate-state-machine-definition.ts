import { readInput } from "../../wire/input.ts";
import { type Operation, parse } from "./service-context.ts";

/** What CreateStateMachine would say, as diagnostics. All of ours are errors. */
export const validateStateMachineDefinition: Operation = (context, input) => {
  const reader = readInput(input);
  const definition = reader.string("definition");
  const most = reader.optionalInteger("maxResults") ?? 0;
  reader.ignore("type", "severity");
  reader.done();
  const { problems } = parse(context, definition);
  const shown = most === 0 ? problems : problems.slice(0, most);
  return {
    result: problems.length === 0 ? "OK" : "FAIL",
    diagnostics: shown.map(({ code, message, path }) => ({ severity: "ERROR", code, message, location: path })),
    truncated: shown.length < problems.length,
  };
};

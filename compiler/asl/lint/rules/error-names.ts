import { LAMBDA_ERRORS, SLUICE_ERRORS } from "../../error-names.ts";
import { asList, handlersOf } from "../machine-view.ts";
import type { Finding, LintRule } from "../rule.ts";

/** Names that Step Functions itself gives. `States.Runtime` and `States.DataLimitExceeded` cannot be handled. */
const STATES_ERRORS = [
  "States.ALL",
  "States.TaskFailed",
  "States.Timeout",
  "States.HeartbeatTimeout",
  "States.Permissions",
  "States.QueryEvaluationError",
];
const KNOWN: ReadonlySet<string> = new Set([...STATES_ERRORS, ...LAMBDA_ERRORS, ...Object.values(SLUICE_ERRORS)]);
const AGAIN_AFTER = new RegExp(`^${SLUICE_ERRORS.again.replace(".", "\\.")}\\.[1-9]\\d*$`);

/** Handlers name only errors that somebody reports, and none twice: the second would never be reached. */
export const errorNames: LintRule = {
  name: "error-names",
  check({ states }) {
    return states.flatMap((state) =>
      (["Retry", "Catch"] as const).flatMap((field) => {
        const seen = new Set<unknown>();
        return handlersOf(state, field).flatMap(({ object, path }): readonly Finding[] => {
          const names = asList(object["ErrorEquals"]);
          if (names.length === 0) return [{ path: `${path}.ErrorEquals`, message: "ErrorEquals names no error." }];
          return names.flatMap((name, index) => {
            const place = `${path}.ErrorEquals[${index}]`;
            const known = typeof name === "string" && (KNOWN.has(name) || AGAIN_AFTER.test(name));
            const repeated = seen.has(name);
            seen.add(name);
            if (!known) return [{ path: place, message: `"${String(name)}" is no error that can be reported.` }];
            return repeated ? [{ path: place, message: `"${name}" is handled before.` }] : [];
          });
        });
      }),
    );
  },
};

import { LONGEST_STATE_NAME } from "../../../keys/state-names.ts";
import type { LintRule } from "../rule.ts";

/** State names have 1 to 80 characters and are unique in the whole machine, also across branches. */
export const stateNames: LintRule = {
  name: "state-names",
  check({ states }) {
    const first = new Map<string, string>();
    return states.flatMap(({ name, path }) => {
      const other = first.get(name);
      first.set(name, other ?? path);
      return [
        ...(name === "" || name.length > LONGEST_STATE_NAME
          ? [{ path, message: `The name has ${name.length} characters; 1 to ${LONGEST_STATE_NAME} are allowed.` }]
          : []),
        ...(other === undefined ? [] : [{ path, message: `The name is also used at ${other}.` }]),
      ];
    });
  },
};

import { asList, handlersOf } from "../machine-view.ts";
import type { LintRule } from "../rule.ts";

/** `States.ALL` stands alone in its list, and its retrier or catcher is the last. */
export const statesAll: LintRule = {
  name: "states-all",
  check({ states }) {
    return states.flatMap((state) =>
      (["Retry", "Catch"] as const).flatMap((field) =>
        handlersOf(state, field).flatMap(({ object, path }, index, all) => {
          const names = asList(object["ErrorEquals"]);
          if (!names.includes("States.ALL")) return [];
          return [
            ...(names.length > 1 ? [{ path: `${path}.ErrorEquals`, message: "States.ALL must stand alone." }] : []),
            ...(index < all.length - 1
              ? [{ path, message: "States.ALL must come last; nothing behind it is reached." }]
              : []),
          ];
        }),
      ),
    );
  },
};

import { asObject } from "../machine-view.ts";
import type { LintRule } from "../rule.ts";

const REQUEST = "arn:aws:states:::lambda:invoke";
const CALLBACK = `${REQUEST}.waitForTaskToken`;

/** A Task invokes a function; it passes the token exactly if it waits for it. A callback without token never ends. */
export const resources: LintRule = {
  name: "resources",
  check({ states }) {
    return states.flatMap(({ object, path, type }) => {
      if (type !== "Task") return [];
      const resource = object["Resource"];
      if (resource !== REQUEST && resource !== CALLBACK) {
        return [{ path: `${path}.Resource`, message: `"${String(resource)}" is no resource that Sluice uses.` }];
      }
      const token = asObject(asObject(object["Arguments"])?.["Payload"])?.["token"];
      if ((token !== undefined) === (resource === CALLBACK)) return [];
      return [
        {
          path: `${path}.Arguments.Payload.token`,
          message: "The token must be passed exactly if the Task waits for it.",
        },
      ];
    });
  },
};

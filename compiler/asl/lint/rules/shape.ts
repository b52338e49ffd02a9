import { asList, asObject, joinPath } from "../machine-view.ts";
import type { Finding, LintRule } from "../rule.ts";

const TYPES: ReadonlySet<string> = new Set(["Task", "Wait", "Parallel", "Pass", "Succeed", "Fail", "Choice", "Map"]);

/** The machine is in JSONata mode; every scope has states, every state a type, every Parallel branches. */
export const shape: LintRule = {
  name: "shape",
  check({ definition, scopes, states }) {
    const findings: Finding[] = [];
    if (definition["QueryLanguage"] !== "JSONata") {
      findings.push({ path: "QueryLanguage", message: 'The query language must be "JSONata".' });
    }
    for (const { object, path } of scopes) {
      const members = asObject(object["States"]);
      if (typeof object["StartAt"] !== "string")
        findings.push({ path: joinPath(path, "StartAt"), message: "StartAt is missing." });
      if (!members || Object.keys(members).length === 0) {
        findings.push({ path: joinPath(path, "States"), message: "There are no states." });
      }
      for (const [name, state] of Object.entries(members ?? {})) {
        if (!asObject(state))
          findings.push({ path: joinPath(path, `States.${name}`), message: "A state is a JSON object." });
      }
    }
    for (const { object, path, type } of states) {
      if (!TYPES.has(type)) findings.push({ path: `${path}.Type`, message: `"${type}" is no type of state.` });
      if (type === "Parallel" && asList(object["Branches"]).length === 0) {
        findings.push({ path: `${path}.Branches`, message: "A Parallel needs at least one branch." });
      }
      if (type === "Map" && !asObject(object["ItemProcessor"])) {
        findings.push({ path: `${path}.ItemProcessor`, message: "A Map needs an ItemProcessor." });
      }
      for (const field of ["Retry", "Catch"]) {
        const given = object[field];
        if (given !== undefined && (!Array.isArray(given) || given.some((item) => !asObject(item)))) {
          findings.push({ path: `${path}.${field}`, message: `${field} is a list of objects.` });
        }
      }
    }
    return findings;
  },
};

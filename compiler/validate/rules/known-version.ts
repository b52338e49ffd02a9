import type { ActionType } from "../../model/action-type.ts";
import type { Located } from "../../source/span.ts";
import type { Rule } from "../rule-context.ts";

/** Further actions that are shown of those that ask for the same version. */
const MOST_RELATED = 5;

/**
 * The version that an action asks for is that of its type. There is one of each, which runs whatever is asked for; Erda
 * refuses what its market has not, and its types have other versions than ours of the same name. One diagnostic for all
 * actions that ask for the same.
 */
export const knownVersion: Rule = ({ actions, collector }) => {
  const asked = new Map<
    string,
    { readonly type: ActionType; readonly first: Located<string>; readonly others: Located<string>[] }
  >();
  for (const { action, type } of actions) {
    const { typeVersion } = action;
    if (!type || !typeVersion || isSame(typeVersion.value, type.version)) continue;
    const key = `${type.name}@${typeVersion.value}`;
    const earlier = asked.get(key);
    if (earlier) earlier.others.push(typeVersion);
    else asked.set(key, { type, first: typeVersion, others: [] });
  }
  for (const { first, others, type } of asked.values()) {
    const help = `The only version of "${type.name}" is ${type.version}; write it, or leave the version out.`;
    const related = others.slice(0, MOST_RELATED).map(({ span }) => ({ message: "It is asked for here, too.", span }));
    const params = { type: type.name, version: first.value, used: type.version };
    collector.report("validate/unknown-version", first.span, params, { help, related });
  }
};

/** `1` and `1.0` are the same version; a reference is told by another rule. */
function isSame(asked: string, version: string): boolean {
  return asked === version || Number(asked) === Number(version) || asked.includes("{{") || asked.includes("((");
}

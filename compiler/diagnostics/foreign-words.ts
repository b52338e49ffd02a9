/** What other systems call the action types, in lower case and without a version. */
const ACTION_TYPES: ReadonlyMap<string, string> = new Map([
  ["actions/checkout", "git-checkout"],
  ["checkout", "git-checkout"],
  ["git-clone", "git-checkout"],
  ["git", "git-checkout"],
  ["clone", "git-checkout"],
  ["script", "custom-script"],
  ["shell", "custom-script"],
  ["bash", "custom-script"],
  ["sh", "custom-script"],
  ["run", "custom-script"],
  ["command", "custom-script"],
  ["sleep", "wait"],
]);

/** What other systems call the params of an action type. */
const PARAMS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    "git-checkout",
    new Map([
      ["repository", "uri"],
      ["repo", "uri"],
      ["url", "uri"],
      ["remote", "uri"],
      ["ref", "branch"],
      ["revision", "branch"],
      ["tag", "branch"],
      ["fetch-depth", "depth"],
    ]),
  ],
]);

/** The action type that another system's name means, where it exists here: "actions/checkout@v4" is "git-checkout". */
export function sameTypeHere(written: string, types: { has(name: string): boolean }): string | undefined {
  const same = ACTION_TYPES.get(written.replace(/@.*$/s, "").toLowerCase());
  return same !== undefined && types.has(same) ? same : undefined;
}

/** The same, or the name without its version where that is a type; "custom-script" where nothing is known of it. */
export function actionTypeOf(written: string, types: { has(name: string): boolean }): string {
  const name = written.replace(/@.*$/s, "");
  return types.has(name) ? name : (sameTypeHere(written, types) ?? "custom-script");
}

/** The param of an action type that another system's word means. */
export function sameParamHere(type: string, param: string): string | undefined {
  return PARAMS.get(type)?.get(param.toLowerCase());
}

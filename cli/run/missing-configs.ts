import {
  didYouMean,
  type Plan,
  type PlanAction,
  type PlanValue,
  type Reference,
  referencesOfExpression,
  referencesOfValue,
} from "../../compiler/index.ts";

/** A config that the pipeline refers to and the run was not given. */
export interface MissingConfig {
  readonly key: string;
  /** Aliases of the actions that refer to it, in the order of the file. */
  readonly actions: readonly string[];
}

/**
 * The configs and secrets that enabled actions refer to by a plain key and that are not among `given`. Whether one is
 * needed shows only when its action's turn has come (an `if` may skip it), so this is something to warn of.
 */
export function missingConfigs(plan: Plan, given: ReadonlySet<string>): readonly MissingConfig[] {
  const missing = new Map<string, Set<string>>();
  const defaults = new Map(plan.params.map(({ name, default: value }) => [name, value]));
  for (const action of plan.actions.filter(({ disabled }) => !disabled)) {
    for (const key of configKeys(referencesOf(action), defaults)) {
      if (!given.has(key)) missing.set(key, (missing.get(key) ?? new Set()).add(action.alias));
    }
  }
  return [...missing].map(([key, actions]) => ({ key, actions: [...actions] }));
}

/** One sentence for each, and what to do: a near name among those that were `given` may be the one that is meant. */
export function describeMissingConfigs(missing: readonly MissingConfig[], given: ReadonlySet<string>): string {
  return missing
    .map(({ key, actions }) => {
      const users = actions.map((alias) => `"${alias}"`).join(", ");
      const near = didYouMean(key, given);
      return `warning: The config "${key}" was not given; ${users} ${actions.length === 1 ? "refers" : "refer"} to it.
  help: ${near === undefined ? "" : `${near} `}Give it with --config ${key}=VALUE, a secret with --secret ${key}, or either in a file with --inputs FILE.\n`;
    })
    .join("");
}

function referencesOf(action: PlanAction): readonly Reference[] {
  const values: readonly (PlanValue | undefined)[] = [
    ...[...action.params, ...action.envs, ...(action.script?.variables ?? [])].map(({ value }) => value),
    typeof action.image === "object" ? action.image : undefined,
    action.wait,
  ];
  const expressions = [action.condition, action.loop?.break];
  return [
    ...values.flatMap((value) => (value === undefined ? [] : referencesOfValue(value))),
    ...expressions.flatMap((written) => (written === undefined ? [] : referencesOfExpression(written.expression))),
  ];
}

/** Keys in plain text, also of the params' defaults that are referred to. */
function configKeys(
  references: readonly Reference[],
  defaults: ReadonlyMap<string, PlanValue | undefined>,
): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const reference of references) {
    if (reference.kind === "config") {
      const texts = reference.key.parts.filter((part) => typeof part === "string");
      if (texts.length === reference.key.parts.length) keys.add(texts.join(""));
    } else if (reference.kind === "param") {
      // A default refers to configs, not to params.
      const value = defaults.get(reference.name);
      if (value !== undefined) for (const key of configKeys(referencesOfValue(value), new Map())) keys.add(key);
    }
  }
  return keys;
}

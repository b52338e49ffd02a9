/** Words of other systems for keys that exist here under another name. */
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ["command", "commands"],
  ["cmd", "commands"],
  ["run", "commands"],
  ["script", "commands"],
  ["env", "envs"],
  ["environment", "envs"],
  ["variables", "envs"],
  ["vars", "envs"],
  ["steps", "stages"],
  ["jobs", "stages"],
  ["tasks", "stages"],
  ["inputs", "params"],
  ["with", "params"],
  ["args", "params"],
  ["when", "if"],
  ["condition", "if"],
  ["name", "alias"],
  ["id", "alias"],
  ["retries", "retry"],
  ["schedule", "cron"],
  ["cronCompensator", "cron_compensator"],
  ["cache", "caches"],
  ["desc", "description"],
]);

const ORDER_HELP = "Stages run one after the other: put the action into a later stage than what it needs.";

/** Remedies for keys that have no counterpart. */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  ["needs", ORDER_HELP],
  ["depends_on", ORDER_HELP],
  ["dependsOn", ORDER_HELP],
  ["continue-on-error", "Siblings finish anyway; give later actions an `if` to have them judged after a failure."],
  ["allow_failure", "Siblings finish anyway; give later actions an `if` to have them judged after a failure."],
]);

/** What another system's key is called here, where `known` has it. */
export function sameKeyHere(key: string, known: readonly string[]): string | undefined {
  const same = SAME_AS.get(key);
  return same !== undefined && known.includes(same) ? same : undefined;
}

/** What to write instead of another system's key, where `known` has it. */
export function remedyForForeignKey(key: string, known: readonly string[]): string | undefined {
  const same = sameKeyHere(key, known);
  if (same !== undefined) return `Write "${same}".`;
  return known.includes("alias") ? REMEDIES.get(key) : undefined;
}

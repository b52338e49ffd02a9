/** Words of other systems for keys that exist here under another name; the first that the map has is meant. */
const SAME_AS: ReadonlyMap<string, readonly string[]> = new Map([
  ["command", ["commands"]],
  ["cmd", ["commands"]],
  ["cmds", ["commands"]],
  ["run", ["commands"]],
  ["script", ["commands"]],
  ["scripts", ["commands"]],
  ["env", ["envs"]],
  ["environment", ["envs"]],
  ["variables", ["envs"]],
  ["vars", ["envs"]],
  ["steps", ["stages"]],
  ["jobs", ["stages"]],
  ["tasks", ["stages"]],
  ["inputs", ["params"]],
  ["parameters", ["params"]],
  ["with", ["params"]],
  ["args", ["params"]],
  ["when", ["if"]],
  ["condition", ["if"]],
  ["name", ["alias"]],
  ["id", ["alias"]],
  ["container", ["image"]],
  ["retries", ["retry"]],
  ["schedule", ["cron"]],
  ["cronCompensator", ["cron_compensator"]],
  ["timezone", ["cron_timezone"]],
  ["timeZone", ["cron_timezone"]],
  ["time_zone", ["cron_timezone"]],
  ["concurrencyPolicy", ["cron_overlap"]],
  ["cache", ["caches"]],
  ["desc", ["description"]],
  ["description", ["desc"]],
  ["until", ["break"]],
  ["value", ["ref", "default"]],
  ["from", ["ref"]],
  ["max", ["max_times"]],
  ["times", ["max_times"]],
]);

const ORDER = "Stages run one after the other: put the action into a later stage than what it needs.";
const FAILURES = 'Siblings finish anyway; give later actions an "if" to have them judged after a failure.';
const ENVS =
  'Write "envs" at the top of the file, for all actions; "params" are for one, whose commands read ACTION_<NAME>.';
const DIRECTORY = 'Start the commands with "cd": every action starts in an empty directory of its own.';
const EXECUTOR = 'Where an action runs says its "executor"; without one it is the one of its type.';
const FILES = 'What an action leaves in its directory stays there: later ones read it at "${{ dirs.<alias> }}".';
const OUTPUTS = 'The commands put out a value by "echo name=value >> $METAFILE".';
const MATRIX = "Write one action per combination; the actions of a stage run at the same time.";
const TYPE = 'The action type is the key of the list item: "- git-checkout:", and its inputs stand under "params".';
const ON_ACTIONS = "Write it on each action that needs it.";

type Remedies = readonly (readonly [keys: readonly string[], help: string])[];

/** Keys of other systems that have no counterpart, and what there is instead: by the map that they stand in. */
const REMEDIES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    "an action",
    byKey([
      [["needs", "need", "depends_on", "dependsOn", "dependencies", "runAfter", "requires"], ORDER],
      [["continue-on-error", "continue_on_error", "allow_failure", "allow_failures", "ignore_errors"], FAILURES],
      [["env", "envs", "environment", "variables", "vars"], ENVS],
      [["steps", "tasks"], 'Write "commands", with one command per list item.'],
      [["runs-on", "runs_on", "agent", "pool", "tags", "runner"], EXECUTOR],
      [["uses"], TYPE],
      [
        ["working-directory", "working_directory", "workingDirectory", "workingDir", "workdir", "cwd", "dir"],
        DIRECTORY,
      ],
      [["timeout-minutes", "timeout_minutes", "timeoutInMinutes"], 'Write "timeout", in seconds.'],
      [["artifacts", "artifact"], FILES],
      [["outputs", "output"], OUTPUTS],
      [["matrix", "strategy", "parallel"], MATRIX],
      [["before_script"], 'Write it at the start of "commands".'],
      [
        ["after_script"],
        'Write an action in the next stage with "if: ${{ 1 == 1 }}", which runs also after a failure.',
      ],
      [["services"], 'Nothing runs beside an action: start what the commands need in "commands".'],
      [["secrets"], 'Write "${{ configs.<key> }}" where the value is needed.'],
      [["stage"], "An action is in the stage in whose list it stands."],
    ]),
  ],
  [
    "a pipeline",
    byKey([
      [["image", "container", "timeout", "retry", "executor", "shell"], ON_ACTIONS],
      [["before_script", "script", "run", "commands"], 'Write it as "commands" of an action: "- custom-script:".'],
      [["secrets"], 'Write "${{ configs.<key> }}" where the value is needed.'],
    ]),
  ],
  [
    "a stage",
    byKey([
      [
        ["name", "displayName", "id", "alias"],
        "A stage has no name; the names are those of its actions, a comment says more.",
      ],
      [["needs", "depends_on", "dependsOn"], "Stages run one after the other, in the order of the file."],
      [["if", "when", "condition"], 'Write "if" on the actions of the stage.'],
      [
        ["jobs", "steps", "tasks", "actions"],
        'The actions are the list behind "stage:", each with "- <action type>:".',
      ],
    ]),
  ],
  [
    "a loop",
    byKey([
      [["max_times", "interval_sec", "decline_ratio", "decline_limit_sec"], 'Write it under "strategy".'],
      [["max", "times", "interval", "retries"], 'Write "strategy: {max_times: 3, interval_sec: 2}".'],
      [["while"], 'Write "break" with the opposite: the loop ends when it is true.'],
    ]),
  ],
]);

function byKey(remedies: Remedies): ReadonlyMap<string, string> {
  return new Map(remedies.flatMap(([keys, help]) => keys.map((key) => [key, help] as const)));
}

/** What another system's key is called here, where `known` has it. */
export function sameKeyHere(key: string, known: readonly string[]): string | undefined {
  return SAME_AS.get(key)?.find((same) => known.includes(same));
}

/** What to write instead of another system's key in a map, called as its level is; `known` are the keys of the map. */
export function remedyForForeignKey(key: string, level: string, known: readonly string[]): string | undefined {
  const same = sameKeyHere(key, known);
  return same === undefined ? REMEDIES.get(level)?.get(key) : `Write "${same}".`;
}

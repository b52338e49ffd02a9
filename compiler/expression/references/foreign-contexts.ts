/** What to write for a reference of another system, and the reference itself where only its spelling differs. */
export interface ForeignReference {
  readonly help: string;
  /** The path between the braces as it is here. */
  readonly path?: string;
}

/** Contexts of GitHub Actions, whose braces are the same. */
const CONTEXTS = new Set(["github", "env", "vars", "secrets", "inputs", "steps", "needs", "jobs", "job", "runner"]);
const WITHOUT_COUNTERPART = new Set(["matrix", "strategy", "gitea", "forgejo"]);

/** `github.sha`, `secrets.TOKEN` …; `undefined` for what is no word of another system. */
export function foreignReference(path: string): ForeignReference | undefined {
  const [context = "", ...rest] = path.split(".");
  const name = rest.join(".");
  if (WITHOUT_COUNTERPART.has(context)) return { help: `There is no "${context}"; write one action per case.` };
  if (!CONTEXTS.has(context)) return undefined;
  switch (context) {
    case "github":
      return ofGitHub(name);
    case "env":
      return { help: `Environment variables are the shell's: write "$${name || "NAME"}" in the commands.` };
    case "vars":
    case "secrets":
      return sameAs(`configs.${name}`, name, 'Configs and secrets are both "configs"');
    case "inputs":
      return sameAs(`params.${name}`, name, 'What a run is given are "params"');
    case "steps":
    case "needs":
    case "jobs":
      return ofStep(rest);
    default:
      return { help: `There is no "${context}"; what an action must know of its machine it asks in its commands.` };
  }
}

function ofGitHub(name: string): ForeignReference {
  const output = GITHUB_OUTPUTS.get(name);
  return output === undefined
    ? { help: 'There is no "github"; what belongs to a run are its params, configs and the outputs of its actions.' }
    : { help: `The ${output} is an output of git-checkout: write "\${{ outputs.<its alias>.${output} }}".` };
}

const GITHUB_OUTPUTS: ReadonlyMap<string, string> = new Map([
  ["sha", "commit"],
  ["ref", "branch"],
  ["ref_name", "branch"],
  ["head_ref", "branch"],
  ["actor", "author"],
]);

function ofStep(rest: readonly string[]): ForeignReference {
  const [step, outputs, ...output] = rest;
  if (!step || outputs !== "outputs" || output.length === 0) {
    return { help: 'Actions have outputs and directories: write "${{ outputs.<alias>.<key> }}".' };
  }
  return sameAs(`outputs.${step}.${output.join(".")}`, step, "Outputs are found by the alias of their action");
}

function sameAs(path: string, name: string, why: string): ForeignReference {
  return name === "" ? { help: `${why}.` } : { help: `${why}: write "\${{ ${path} }}".`, path };
}

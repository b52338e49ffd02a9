import { contextDirectory, type Layout, placeRoot } from "./layout.ts";
import { PreparationError } from "./preparation-error.ts";
import { type Assignment, isPassedOn, LONGEST_ENVIRONMENT_ENTRY_BYTES } from "./protocol.ts";

/** The part of `environment` that may reach what an attempt starts: search path, language, time zone, proxies, certificates. */
export function passedOnEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && isPassedOn(name)) {
      passed[name] = value;
    }
  }
  return passed;
}

/** Directory in which the scripts start: the first one of the action, else the context itself. */
export function workDirectory(layout: Layout, assignment: Assignment): string {
  const [first] = assignment.directories;
  return first === undefined ? layout.context : contextDirectory(layout, first.key);
}

/**
 * Environment of the scripts: `inherited` first, then what the pipeline sets, then the names that Sluice promises
 * (reference/erda.md 1.18). Throws `PreparationError` for an entry that no process can be started with.
 */
export function scriptEnvironment(
  layout: Layout,
  assignment: Assignment,
  inherited: Readonly<Record<string, string>>,
): Record<string, string> {
  const environment: Record<string, string> = { ...inherited, HOME: layout.home, TMPDIR: layout.temporary };
  for (const { name, value } of assignment.environment) {
    environment[name] = placeRoot(layout, value);
  }
  Object.assign(environment, {
    CONTEXTDIR: layout.context,
    WORKDIR: workDirectory(layout, assignment),
    METAFILE: layout.metafile,
    UPLOADDIR: layout.uploads,
    PIPELINE_ID: assignment.runId,
    PIPELINE_TASK_NAME: assignment.action,
  });
  for (const [name, value] of Object.entries(environment)) {
    checkEntry(name, value);
  }
  return environment;
}

function checkEntry(name: string, value: string): void {
  if (name === "" || name.includes("=") || name.includes("\0")) {
    throw new PreparationError(`"${name}" is not a name of an environment variable.`);
  }
  if (value.includes("\0")) {
    throw new PreparationError(`The environment variable "${name}" holds a NUL byte.`);
  }
  const bytes = Buffer.byteLength(name) + 1 + Buffer.byteLength(value);
  if (bytes > LONGEST_ENVIRONMENT_ENTRY_BYTES) {
    throw new PreparationError(
      `The environment variable "${name}" takes ${bytes} bytes with its name; a process can be started with at most ` +
        `${LONGEST_ENVIRONMENT_ENTRY_BYTES}. Use the value in commands, where it is a shell variable without a limit, or hand it over as a file.`,
    );
  }
}

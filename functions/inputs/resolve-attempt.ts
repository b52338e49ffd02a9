import type { Assignment } from "../../agent/protocol.ts";
import { type PlanAction, type PlanValue, renderValue, type Scope } from "../../compiler/index.ts";
import type { Runtime } from "../runtime.ts";
import { type InputContext, loadInputs } from "./load-inputs.ts";
import { referencesOfAction } from "./references.ts";
import { valueText } from "./value-text.ts";

/** The resolved values of one attempt. They leave the system only over the agent's bootstrap. */
export type AttemptValues = Pick<Assignment, "environment" | "variables" | "secrets" | "configFiles">;

/** `message` names file, line and column. */
export type ResolvedAttempt =
  | { readonly ok: true; readonly values: AttemptValues }
  | { readonly ok: false; readonly message: string };

/** One string of an environment holds at most 131,071 bytes on Linux (MAX_ARG_STRLEN), with the name and the `=`. */
const LARGEST_ENVIRONMENT_ENTRY = 131_071;

/**
 * Resolves everything that an attempt is given. `execute-action` calls it to find mistakes before anything is started,
 * `agent-api` to hand the values out.
 */
export async function resolveAttempt(
  runtime: Runtime,
  context: InputContext,
  action: PlanAction,
): Promise<ResolvedAttempt> {
  const inputs = await loadInputs(runtime, context, referencesOfAction(action), "missing");
  const overridden = new Set(Object.keys(context.run.envs));
  const environment = [
    ...action.envs
      .filter((env) => !overridden.has(env.name))
      .map((env) => ({ label: `env "${env.name}"`, name: env.name, value: env.value })),
    ...action.params.map((param) => ({ label: `param "${param.name}"`, name: param.env, value: param.value })),
  ];
  const variables = (action.script?.variables ?? []).map((variable) => ({ ...variable, label: "a value in commands" }));
  const renderedEnvironment = renderAll(environment, inputs.scope, context.plan.file);
  const renderedVariables = renderAll(variables, inputs.scope, context.plan.file);
  const problem = renderedEnvironment.problem ?? renderedVariables.problem;
  if (problem !== undefined) {
    return { ok: false, message: problem };
  }
  const whole = [
    ...Object.entries(context.run.envs).map(([name, value]) => ({ label: `env "${name}"`, name, value })),
    ...renderedEnvironment.entries,
  ];
  const tooLarge = whole.find((entry) => entryBytes(entry) > LARGEST_ENVIRONMENT_ENTRY);
  if (tooLarge) {
    const limit = `an environment variable holds at most ${LARGEST_ENVIRONMENT_ENTRY}`;
    return { ok: false, message: `${tooLarge.label} has ${Buffer.byteLength(tooLarge.value)} bytes; ${limit}.` };
  }
  return {
    ok: true,
    values: {
      environment: whole.map(({ name, value }) => ({ name, value })),
      variables: renderedVariables.entries.map(({ name, value }) => ({ name, value })),
      secrets: inputs.secrets.filter((secret) => secret !== ""),
      configFiles: inputs.configFiles,
    },
  };
}

interface Labelled<Value> {
  readonly label: string;
  readonly name: string;
  readonly value: Value;
}

function renderAll(values: readonly Labelled<PlanValue>[], scope: Scope, file: string) {
  const entries: Labelled<string>[] = [];
  for (const { label, name, value } of values) {
    const rendered = renderValue(value, scope);
    if (!rendered.ok) {
      const { line, column } = rendered.place;
      return { entries, problem: `${file}:${line}:${column}: ${label}: ${rendered.message}` };
    }
    entries.push({ label, name, value: valueText(rendered.value) });
  }
  return { entries, problem: undefined };
}

function entryBytes({ name, value }: { readonly name: string; readonly value: string }): number {
  return Buffer.byteLength(name) + 1 + Buffer.byteLength(value);
}

import { type Assignment, LONGEST_ENVIRONMENT_ENTRY_BYTES } from "../../agent/protocol.ts";
import { type PlanAction, type PlanValue, type RenderedValue, renderText, renderValue } from "../../compiler/index.ts";
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
  const { scope } = inputs;
  const renderedEnvironment = renderAll(environment, context.plan.file, (value) => renderValue(value, scope));
  const renderedVariables = renderAll(variables, context.plan.file, (value) => renderText(value, scope));
  const problem = renderedEnvironment.problem ?? renderedVariables.problem;
  if (problem !== undefined) {
    return { ok: false, message: problem };
  }
  const whole = [
    ...Object.entries(context.run.envs).map(([name, value]) => ({ label: `env "${name}"`, name, value })),
    ...renderedEnvironment.entries,
  ];
  const tooLarge = whole.find((entry) => entryBytes(entry) > LONGEST_ENVIRONMENT_ENTRY_BYTES);
  if (tooLarge) {
    return { ok: false, message: explainTooLarge(tooLarge) };
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

function renderAll(values: readonly Labelled<PlanValue>[], file: string, render: (value: PlanValue) => RenderedValue) {
  const entries: Labelled<string>[] = [];
  for (const { label, name, value } of values) {
    const rendered = render(value);
    if (!rendered.ok) {
      const { line, column } = rendered.place;
      return { entries, problem: `${file}:${line}:${column}: ${label}: ${rendered.message}` };
    }
    entries.push({ label, name, value: valueText(rendered.value) });
  }
  return { entries, problem: undefined };
}

function explainTooLarge({ label, name, value }: Labelled<string>): string {
  const most = LONGEST_ENVIRONMENT_ENTRY_BYTES - Buffer.byteLength(name) - 1;
  return (
    `${label} has ${Buffer.byteLength(value)} bytes, but the environment variable "${name}" holds at most ${most}. ` +
    "Refer to the value in commands, where it may have any size, or hand it over as a file."
  );
}

function entryBytes({ name, value }: { readonly name: string; readonly value: string }): number {
  return Buffer.byteLength(name) + 1 + Buffer.byteLength(value);
}

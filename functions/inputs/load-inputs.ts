import { ATTEMPT_FOLDERS, ATTEMPT_ROOT_MARK } from "../../agent/protocol.ts";
import {
  type Json,
  type PlanAction,
  type PlanIndex,
  type Reference,
  type Resolved,
  referencesOfParts,
  referencesOfValue,
  renderTemplate,
  renderValue,
  type Scope,
} from "../../compiler/index.ts";
import { type Config, readConfigs } from "../configs/read-configs.ts";
import type { ActionRecord } from "../records/action.ts";
import { readLargeText } from "../records/large-text.ts";
import { readOutputs } from "../records/output.ts";
import { ownValue } from "../records/own-value.ts";
import type { RunRecord } from "../records/run.ts";
import type { Runtime } from "../runtime.ts";
import { randomValue } from "./random-value.ts";

/** What values and expressions of one action are resolved against. */
export interface InputContext {
  readonly run: RunRecord;
  readonly plan: PlanIndex;
  readonly action: Pick<PlanAction, "key" | "namespaces" | "restores">;
  /** Records of the run's actions by key. */
  readonly records: ReadonlyMap<string, ActionRecord>;
}

/** Everything that a set of references stands for. */
export interface Inputs {
  readonly scope: Scope;
  /** Values of secrets among them, to be masked. */
  readonly secrets: readonly string[];
  /** Config files among them; their references stand for the path below the attempt's root. */
  readonly configFiles: readonly { readonly name: string; readonly contentBase64: string; readonly secret: boolean }[];
}

/**
 * Loads what references stand for, so that the compiler's evaluator can run without waiting.
 * `missingOutputs: "empty"` is for `if` and `break`: an output that does not exist is the empty text there.
 */
export async function loadInputs(
  runtime: Runtime,
  context: InputContext,
  references: readonly Reference[],
  missingOutputs: "empty" | "missing",
): Promise<Inputs> {
  const loader = new InputLoader(runtime, context, missingOutputs);
  await loader.prefetchConfigs(references);
  await loader.load(references);
  return loader.inputs();
}

class InputLoader {
  readonly #runtime: Runtime;
  readonly #context: InputContext;
  readonly #missingOutputs: "empty" | "missing";
  readonly #resolved = new Map<string, Resolved>();
  readonly #outputs = new Map<string, Promise<ReadonlyMap<string, Json>>>();
  readonly #configs = new Map<string, Config | undefined>();

  constructor(runtime: Runtime, context: InputContext, missingOutputs: "empty" | "missing") {
    this.#runtime = runtime;
    this.#context = context;
    this.#missingOutputs = missingOutputs;
  }

  inputs(): Inputs {
    const found = [...this.#configs].flatMap(([key, config]) => (config ? [{ key, config }] : []));
    return {
      scope: this.#scope(),
      secrets: found.flatMap(({ config }) => (config.secret ? [secretText(config)] : [])),
      configFiles: found.flatMap(({ key, config }) =>
        config.kind === "file" ? [{ name: key, contentBase64: config.contentBase64, secret: config.secret }] : [],
      ),
    };
  }

  /** One call for the configs whose keys are plain text; the others wait until their keys are known. */
  async prefetchConfigs(references: readonly Reference[]): Promise<void> {
    const keys = references.flatMap((reference) => {
      const parts = reference.kind === "config" ? reference.key.parts : [];
      const texts = parts.filter((part) => typeof part === "string");
      return reference.kind === "config" && texts.length === parts.length ? [texts.join("")] : [];
    });
    await this.#readConfigs(keys);
  }

  async load(references: readonly Reference[]): Promise<void> {
    for (const reference of references) {
      const key = memoKey(reference);
      if (!this.#resolved.has(key)) {
        this.#resolved.set(key, { kind: "missing", reason: "it refers to itself." });
        this.#resolved.set(key, await this.#resolve(reference));
      }
    }
  }

  #scope(): Scope {
    return {
      resolve: (reference) =>
        this.#resolved.get(memoKey(reference)) ?? { kind: "missing", reason: "its value was not loaded." },
      name: () => undefined,
    };
  }

  async #resolve(reference: Reference): Promise<Resolved> {
    switch (reference.kind) {
      case "output":
        return this.#output(reference.action, reference.output);
      case "dir":
        return this.#directory(reference.namespace);
      case "param":
        return this.#param(reference.name);
      case "config":
        return this.#config(reference);
      case "random":
        return this.#random(reference);
      case "base64-decode":
        return { kind: "value", value: Buffer.from(reference.text, "base64").toString("utf8") };
    }
  }

  async #output(action: string, output: string): Promise<Resolved> {
    const record = this.#context.records.get(action);
    const owner = { runId: this.#context.run.runId, key: action, attempt: record?.attempt ?? 0 };
    const loading = this.#outputs.get(action) ?? readOutputs(this.#runtime, owner);
    this.#outputs.set(action, loading);
    const value = (await loading).get(output);
    if (value !== undefined) {
      return { kind: "value", value };
    }
    if (this.#missingOutputs === "empty") {
      return { kind: "value", value: "" };
    }
    const alias = this.#context.plan.order.find((entry) => entry.key === action)?.alias ?? action;
    const skipped = record === undefined || record.status === "skipped";
    return {
      kind: "missing",
      reason: skipped
        ? `action "${alias}" was skipped, so there is no output "${output}" of it.`
        : `action "${alias}" put out no "${output}".`,
    };
  }

  #directory(namespace: string): Resolved {
    const { action, records, plan } = this.#context;
    const restored = action.restores.find((directory) => directory.namespace === namespace);
    const directory = restored ?? action.namespaces.find((own) => own.namespace === namespace);
    if (directory === undefined) {
      return { kind: "missing", reason: `no earlier action leaves a directory "${namespace}".` };
    }
    if (
      restored &&
      this.#missingOutputs === "missing" &&
      ownValue(records.get(restored.action)?.directories, restored.key) === undefined
    ) {
      const alias = plan.order.find((entry) => entry.key === restored.action)?.alias ?? restored.action;
      return { kind: "missing", reason: `action "${alias}" left no directory "${namespace}" behind.` };
    }
    return { kind: "value", value: `${ATTEMPT_ROOT_MARK}/${ATTEMPT_FOLDERS.context}/${directory.key}` };
  }

  async #param(name: string): Promise<Resolved> {
    const { params, largeParams } = this.#context.run;
    const given = ownValue(params, name);
    if (given !== undefined) {
      return { kind: "value", value: given };
    }
    const objectKey = ownValue(largeParams, name);
    if (objectKey !== undefined) {
      return { kind: "value", value: await readLargeText(this.#runtime, objectKey) };
    }
    const declared = this.#context.plan.params.find((param) => param.name === name);
    if (declared === undefined) {
      return { kind: "missing", reason: `the pipeline has no param "${name}".` };
    }
    if (declared.default === undefined) {
      return { kind: "value", value: declared.type === "boolean" ? "false" : "" };
    }
    await this.load(referencesOfValue(declared.default));
    const rendered = renderValue(declared.default, this.#scope());
    return rendered.ok ? { kind: "value", value: rendered.value } : { kind: "missing", reason: rendered.message };
  }

  async #config(reference: Extract<Reference, { kind: "config" }>): Promise<Resolved> {
    await this.load(referencesOfParts(reference.key.parts));
    const rendered = renderTemplate(reference.key, this.#scope());
    if (!rendered.ok) {
      return { kind: "missing", reason: rendered.message };
    }
    const key = rendered.value;
    await this.#readConfigs([key]);
    const config = this.#configs.get(key);
    switch (config?.kind) {
      case undefined:
        return { kind: "missing", reason: `there is no config "${key}".` };
      case "unreadable":
        return { kind: "missing", reason: `the config "${key}" cannot be read: ${config.reason}` };
      case "value":
        return { kind: "value", value: config.value };
      case "file":
        return { kind: "value", value: `${ATTEMPT_ROOT_MARK}/${ATTEMPT_FOLDERS.configs}/${key}` };
    }
  }

  async #readConfigs(keys: readonly string[]): Promise<void> {
    const unknown = keys.filter((key) => !this.#configs.has(key));
    if (unknown.length > 0) {
      const found = await readConfigs(this.#runtime, unknown, this.#context.run.pipeline);
      for (const key of unknown) {
        this.#configs.set(key, found.get(key));
      }
    }
  }

  #random(reference: Extract<Reference, { kind: "random" }>): Resolved {
    const { run } = this.#context;
    const value = randomValue(reference.type, `${run.seed}|${memoKey(reference)}`, Date.parse(run.createdAt));
    return value === undefined
      ? { kind: "missing", reason: `there is no random type "${reference.type}".` }
      : { kind: "value", value };
  }
}

/**
 * Two places of `${{ random.string }}` in the file are two values, and one place has one value for the whole run, also
 * in `envs` and in defaults of params, which many actions read. Any other reference is the same wherever it stands.
 */
function memoKey(reference: Reference): string {
  const { span, modifier, ...rest } = reference;
  return JSON.stringify([rest, reference.kind === "random" ? span.start : 0]);
}

/** What is to be masked of a secret. */
function secretText(config: Config): string {
  switch (config.kind) {
    case "value":
      return config.value;
    case "file":
      return Buffer.from(config.contentBase64, "base64").toString("utf8");
    case "unreadable":
      return "";
  }
}

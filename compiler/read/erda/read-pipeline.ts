import type { CompileContext } from "../../context.ts";
import { createDiagnosticCollector } from "../../diagnostics/collector.ts";
import type { ReferenceNames } from "../../expression/references/reference-context.ts";
import type { Pipeline } from "../../model/pipeline.ts";
import type { YamlDocument } from "../../parse/tree.ts";
import type { PhaseResult } from "../../phase-result.ts";
import { checkKeys, misspelledKey } from "./check-keys.ts";
import { entriesOf, field, wordsOf } from "./fields.ts";
import { reportForeignFile } from "./foreign-file.ts";
import { PIPELINE_LEVEL } from "./pipeline-keys.ts";
import { aliasOf, namespacesOf, readAction } from "./read-action.ts";
import type { NamedContext, ReadContext } from "./read-context.ts";
import { readEnvs, readOutputs, readParamNames, readParams } from "./read-declarations.ts";
import { readSchedule } from "./read-schedule.ts";
import { readStages, type StageItems } from "./read-stages.ts";
import { readVersion } from "./read-version.ts";

/**
 * Reads an Erda `pipeline.yml` (version 1.1, also in its graph form) into the model. What is wrong is reported and left
 * out, so that later phases find what else is wrong; without a value only where nothing of it is the language.
 * Source: reference/erda.md 1.2 to 1.7 and 1.10.
 */
export function readPipeline(document: YamlDocument, compile: CompileContext): PhaseResult<Pipeline> {
  const { file, root } = document;
  const collector = createDiagnosticCollector(file);
  const context: ReadContext = { file, collector, compile };
  if (root.kind !== "map" || reportForeignFile(root, context) || !readVersion(root, context)) {
    return { diagnostics: collector.diagnostics };
  }
  const { entries } = root;
  // A misspelt "version" was told as such.
  const version = entries.some(({ key }) => key === "version")
    ? undefined
    : misspelledKey(entries, "version", PIPELINE_LEVEL);
  checkKeys(
    entries.filter((entry) => entry !== version),
    PIPELINE_LEVEL,
    root,
    context,
  );
  const stages = readStages(field(entries, "stages"), context);
  const written = field(entries, "stages");
  // Another value than a list was told as that.
  if (!written || (written.kind === "list" && written.items.length === 0)) {
    collector.report("read/no-stages", entries[0]?.keySpan ?? root.span, {});
  }
  // References are read last: whether `${repo}` is one depends on the aliases of the whole file.
  const named: NamedContext = { ...context, names: namesOf(stages, readParamNames(field(entries, "params"))) };
  const value: Pipeline = {
    name: wordsOf(field(entries, "name")),
    envs: readEnvs(field(entries, "envs"), named),
    params: readParams(field(entries, "params"), named),
    outputs: readOutputs(field(entries, "outputs"), named),
    defaultExecutor: wordsOf(field(entriesOf(field(entries, "defaults")), "executor")),
    stages: stages.map(({ items, span }) => ({ actions: items.map((item) => readAction(item, named)), span })),
    schedule: readSchedule(entries, named),
  };
  return { value, diagnostics: collector.diagnostics };
}

function namesOf(stages: readonly StageItems[], params: readonly string[]): ReferenceNames {
  const items = stages.flatMap((stage) => stage.items);
  const aliases = new Set(items.map((item) => aliasOf(item).value));
  const further = items.flatMap((item) => namespacesOf(item).map(({ value }) => value));
  return { aliases, namespaces: new Set([...aliases, ...further]), params: new Set(params) };
}

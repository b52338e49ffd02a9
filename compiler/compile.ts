import type { StateMachineDefinition } from "./asl/types.ts";
import type { CompileContext } from "./context.ts";
import { arrangeDiagnostics } from "./diagnostics/arrange.ts";
import { hasErrors } from "./diagnostics/collector.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { strictly } from "./diagnostics/strict.ts";
import { emitMachine } from "./emit/emit-machine.ts";
import { buildGraph } from "./graph/build-graph.ts";
import { pipelineKeyOf, pipelineNameFromFile } from "./keys/pipeline-key.ts";
import { lowerMachine } from "./lower/lower-machine.ts";
import type { Action, Pipeline } from "./model/pipeline.ts";
import { parseYaml } from "./parse/parse-yaml.ts";
import type { PhaseResult } from "./phase-result.ts";
import { hashPlan, makePlan } from "./plan/make-plan.ts";
import type { Plan } from "./plan/plan.ts";
import { readPipeline } from "./read/erda/read-pipeline.ts";
import { checkLimits } from "./report/check-limits.ts";
import { countCosts } from "./report/costs.ts";
import { makeReport } from "./report/make-report.ts";
import type { Report } from "./report/report.ts";
import type { RewrittenCommands } from "./shell/rewrite-commands.ts";
import { rewriteScripts } from "./shell/rewrite-scripts.ts";
import type { SourceFile } from "./source/source-file.ts";
import { validatePipeline } from "./validate/validate-pipeline.ts";

/** What a file compiles to. */
export interface CompileResult {
  /** All that was found, errors and warnings, by position. */
  readonly diagnostics: readonly Diagnostic[];
  /** What could be read, also where it is wrong; absent when the text is no pipeline at all. */
  readonly pipeline?: Pipeline;
  /** Absent when there is an error, or an action type is not known. */
  readonly compilation?: Compilation;
}

/** The three artefacts of a pipeline. */
export interface Compilation {
  readonly machine: {
    /** `<pipelineKey>-<first 12 hex of hash>`. */
    readonly name: string;
    /** SHA-256 of `body`, hex. */
    readonly hash: string;
    readonly definition: StateMachineDefinition;
    /** Canonical JSON with `${Placeholders}` for function ARNs. */
    readonly body: string;
  };
  readonly plan: Plan;
  /** SHA-256 of the plan's canonical JSON, hex. */
  readonly planHash: string;
  readonly report: Report;
}

/**
 * Compiles one pipeline file. Every phase says all that it finds, so one run shows all mistakes. Never throws on user
 * text; `InternalCompilerError` is a bug of ours, or a context whose executors and kinds do not fit together.
 */
export function compile(file: SourceFile, context: CompileContext): CompileResult {
  const diagnostics: Diagnostic[] = [];
  // One by one: 100,000 arguments are more than a call can have.
  const add = (found: readonly Diagnostic[]) => {
    for (const diagnostic of context.strict ? strictly(found) : found) diagnostics.push(diagnostic);
  };
  const arranged = () => arrangeDiagnostics(diagnostics, context.mostDiagnostics);
  const parsed = parseYaml(file);
  add(parsed.diagnostics);
  if (!parsed.value) return { diagnostics: arranged() };
  const read = readPipeline(parsed.value, context);
  add(read.diagnostics);
  const pipeline = read.value;
  if (!pipeline) return { diagnostics: arranged() };
  const { scripts, diagnostics: shellDiagnostics } = rewriteScripts(pipeline, file);
  add(validatePipeline(pipeline, context, file));
  add(shellDiagnostics);
  if (hasErrors(diagnostics) || hasUnknownTypes(pipeline, context)) return { diagnostics: arranged(), pipeline };
  const compiled = compilePipeline(pipeline, scripts, context, file);
  add(compiled.diagnostics);
  return {
    diagnostics: arranged(),
    pipeline,
    ...(compiled.value && !hasErrors(diagnostics) ? { compilation: compiled.value } : {}),
  };
}

function compilePipeline(
  pipeline: Pipeline,
  scripts: ReadonlyMap<Action, RewrittenCommands>,
  context: CompileContext,
  file: SourceFile,
): PhaseResult<Compilation> {
  const graph = buildGraph(pipeline, context);
  const name = pipeline.name?.value || pipelineNameFromFile(file.name);
  const identity = { name, pipeline: pipelineKeyOf(name) };
  const lowered = lowerMachine(graph, identity.pipeline);
  const machine = emitMachine(lowered);
  const costs = countCosts(lowered);
  const plan = makePlan(pipeline, graph, scripts, identity, file);
  const planHash = hashPlan(plan);
  const report = makeReport({ graph, lowered, machine, costs, planHash, file });
  return {
    value: {
      machine: { name: machine.name, hash: machine.hash, definition: machine.definition, body: machine.body },
      plan,
      planHash,
      report,
    },
    diagnostics: checkLimits(lowered, machine, costs, file),
  };
}

/** Under `unknownActions: "warn"` an unknown type is no error, but nothing can be made of it. */
function hasUnknownTypes(pipeline: Pipeline, context: CompileContext): boolean {
  return pipeline.stages.some(({ actions }) =>
    actions.some(({ disabled, type }) => !disabled && !context.actionTypes.has(type.value)),
  );
}

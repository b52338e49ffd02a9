// Compiling: text -> Pipeline -> machine, plan, report, diagnostics.

// The state machine.
export { againErrorName, LAMBDA_ERRORS, SLUICE_ERRORS } from "./asl/error-names.ts";
export { LONGEST_EXECUTION_SECONDS, LONGEST_WAIT_STATE_SECONDS } from "./asl/limits.ts";
export { lintStateMachine } from "./asl/lint/lint-state-machine.ts";
export type { LintProblem } from "./asl/lint/rule.ts";
export type { TaskPayload } from "./asl/payload.ts";
export type { State, StateMachineDefinition } from "./asl/types.ts";
// The plan, and how the functions evaluate what stands in it.
export { canonicalJson } from "./canonical-json.ts";
export { type Compilation, type CompileResult, compile } from "./compile.ts";
export type { CompileContext, ExecutorDeclaration, ExecutorKindTraits } from "./context.ts";
// What a user reads about a file.
export type { Diagnostic, Edit, Fix, RelatedPlace, Severity } from "./diagnostics/diagnostic.ts";
export { EXPLAINED_CODES, type ExplainedCode } from "./diagnostics/explanations/index.ts";
export { type FormatOptions, formatDiagnostics } from "./diagnostics/format.ts";
export { didYouMean } from "./diagnostics/suggest.ts";
export { diagnosticsToJson, type JsonDiagnostic } from "./diagnostics/to-json.ts";
export { RECORD_RUN_PLACEHOLDER } from "./emit/emit-task.ts";
export { type Evaluated, evaluateCondition, evaluateExpression } from "./expression/evaluate.ts";
export { referencesOfExpression, referencesOfParts, referencesOfValue } from "./expression/references-of.ts";
export {
  type RenderedTemplate,
  type RenderedValue,
  renderTemplate,
  renderText,
  renderValue,
} from "./expression/render.ts";
export type { Resolved, Scope } from "./expression/scope.ts";
export type { AppliedFix } from "./fix/applied-fix.ts";
export { type FixedFile, fixFile } from "./fix/fix-file.ts";
export { formatFixes } from "./fix/format-fixes.ts";
export { diagramToMermaid } from "./graph/mermaid.ts";
export { type DiagramAction, type DiagramEdge, drawPipeline, type PipelineDiagram } from "./graph/pipeline-diagram.ts";
export { InternalCompilerError } from "./internal-compiler-error.ts";
export { LONGEST_NAME_KEY } from "./keys/name-keys.ts";
export { pipelineKeyOf, pipelineNameFromFile } from "./keys/pipeline-key.ts";
export { planTries, type TryPlan } from "./lower/again.ts";
export { GRACE_SECONDS } from "./lower/timeouts.ts";
export { waitAfter } from "./lower/waits.ts";
// The model.
export type { ActionType, ActionTypeOutput, ActionTypeParam } from "./model/action-type.ts";
export type { Expression, ExpressionName } from "./model/expression.ts";
export {
  type Action,
  ENV_NAME,
  type LoopStrategy,
  type ParamType,
  type Pipeline,
  type Stage,
} from "./model/pipeline.ts";
export type { Reference, ReferenceModifier, Template } from "./model/reference.ts";
export type { Json, JsonPrimitive, Value } from "./model/value.ts";
export { hashPlan } from "./plan/make-plan.ts";
export type {
  Place,
  Plan,
  PlanAction,
  PlanActionSummary,
  PlanDirectory,
  PlanExpression,
  PlanIndex,
  PlanLoop,
  PlanOutput,
  PlanParam,
  PlanRetry,
  PlanSchedule,
  PlanScript,
  PlanValue,
} from "./plan/plan.ts";
// What it costs.
export { countTransitions } from "./report/count-transitions.ts";
export type { Outcome, Report } from "./report/report.ts";
export type { SourceFile } from "./source/source-file.ts";
export type { Located, Span } from "./source/span.ts";

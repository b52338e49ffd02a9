// Compiling: text -> Pipeline -> machine, plan, report, diagnostics.

// The state machine.
export { againErrorName, LAMBDA_ERRORS, SLUICE_ERRORS } from "./asl/error-names.ts";
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
export { type FormatOptions, formatDiagnostics } from "./diagnostics/format.ts";
export { diagnosticsToJson, type JsonDiagnostic } from "./diagnostics/to-json.ts";
export { RECORD_RUN_PLACEHOLDER } from "./emit/emit-task.ts";
export { type Evaluated, evaluateCondition, evaluateExpression } from "./expression/evaluate.ts";
export { type RenderedTemplate, type RenderedValue, renderTemplate, renderValue } from "./expression/render.ts";
export type { Resolved, Scope } from "./expression/scope.ts";
export { InternalCompilerError } from "./internal-compiler-error.ts";
export { pipelineKeyOf, pipelineNameFromFile } from "./keys/pipeline-key.ts";
export { planTries, type TryPlan } from "./lower/again.ts";
// The model.
export type { ActionType, ActionTypeOutput, ActionTypeParam } from "./model/action-type.ts";
export type { Expression, ExpressionName } from "./model/expression.ts";
export type { Action, LoopStrategy, ParamType, Pipeline, Stage } from "./model/pipeline.ts";
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
  PlanScript,
  PlanValue,
} from "./plan/plan.ts";
// What it costs.
export { countTransitions } from "./report/count-transitions.ts";
export type { Outcome, Report } from "./report/report.ts";
export type { SourceFile } from "./source/source-file.ts";
export type { Located, Span } from "./source/span.ts";

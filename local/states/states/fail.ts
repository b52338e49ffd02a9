import type { FailState } from "../definition/model.ts";
import type { Json } from "../document.ts";
import type { StepContext } from "../execution/context.ts";
import type { Frame } from "../execution/execution.ts";
import { createScope } from "../execution/scope.ts";
import type { Scope } from "../query/expression.ts";
import { evaluateAs, type Template } from "../query/template.ts";
import type { Step } from "../step.ts";

/** Ends the flow with an error; a Fail state has no Retry and no Catch. */
export function* beginFail(context: StepContext, frame: Frame, state: FailState): Step<void> {
  const scope = createScope(context, frame);
  const error = yield* evaluateText(state.error, scope);
  const cause = yield* evaluateText(state.cause, scope);
  yield* context.nesting.failed(context, frame, { error, cause });
}

function* evaluateText(template: Template | undefined, scope: Scope): Step<string | undefined> {
  return template === undefined ? undefined : yield* evaluateAs(template, scope, "string", isString);
}

function isString(value: Json): value is string {
  return typeof value === "string";
}

import type { ActionType } from "./model/action-type.ts";
import type { Action, Pipeline } from "./model/pipeline.ts";

/** What the compiler must know about an executor kind; declared in `actions/executors/<kind>/contract.ts`. */
export interface ExecutorKindTraits {
  readonly kind: string;
  /** `callback`: the Task waits for its token. `function`: the work is done inside the function call. */
  readonly integration: "callback" | "function";
  /** An agent sends heartbeats, so the Task gets `HeartbeatSeconds`. */
  readonly hasAgent: boolean;
  /** Seconds between the invocation and the first sign of life at the latest (queueing, image pull). */
  readonly startAllowanceSeconds: number;
  /** Whether `image` has an effect. */
  readonly usesImage: boolean;
  /** Placeholder of the `execute-action` function of this kind in the ASL: `${ExecuteActionEcs}`. */
  readonly functionPlaceholder: string;
}

/** A configured instance of a kind. */
export interface ExecutorDeclaration {
  readonly name: string;
  readonly kind: string;
}

/** What the compiler must know of the installation that a pipeline is compiled for. */
export interface CompileContext {
  readonly actionTypes: ReadonlyMap<string, ActionType>;
  readonly kinds: ReadonlyMap<string, ExecutorKindTraits>;
  readonly executors: ReadonlyMap<string, ExecutorDeclaration>;
  /** Name of the executor of actions that name none. */
  readonly defaultExecutor: string;
  /** Actions that name no executor may run on another one: it is compiled here, not run. Default false. */
  readonly defaultExecutorIsOpen?: boolean;
  /** An unknown action type is an error, or a warning (then no machine is emitted). Default `error`. */
  readonly unknownActions?: "error" | "warn";
  /** Warnings about what has no effect become errors. Default false. */
  readonly strict?: boolean;
  /** Diagnostics that are kept of one file. Default 100. */
  readonly mostDiagnostics?: number;
}

/**
 * Why an action runs on its executor: it is a native type, which is executor and kind at once; the action names it;
 * the pipeline's `defaults` do; its type does; it is the installation's default. The first of these counts.
 */
export type ExecutorReason = "native" | "action" | "defaults" | "type" | "installation";

/** The executor that an action gets, and why. Nobody has looked whether there is one of the name. */
export interface ExecutorChoice {
  readonly name: string;
  readonly reason: ExecutorReason;
}

/** Chooses the executor of an action. */
export function chooseExecutor(
  action: Action,
  type: ActionType | undefined,
  { defaultExecutor }: Pick<Pipeline, "defaultExecutor">,
  context: CompileContext,
): ExecutorChoice {
  if (type?.native) return { name: type.native, reason: "native" };
  if (action.executor) return { name: action.executor.value, reason: "action" };
  if (defaultExecutor) return { name: defaultExecutor.value, reason: "defaults" };
  if (type?.executor !== undefined) return { name: type.executor, reason: "type" };
  return { name: context.defaultExecutor, reason: "installation" };
}

import type { Json } from "./value.ts";

/** What an action type is, as read from `action.yaml`. The compiler receives it; `actions/catalog` reads it. */
export interface ActionType {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly params: readonly ActionTypeParam[];
  /** Takes params beside the declared ones, as `custom-script` does: its commands read them. Default false. */
  readonly otherParams?: boolean;
  /** `undefined` when the type does not declare what it puts out; then references to its outputs are not checked. */
  readonly outputs: readonly ActionTypeOutput[] | undefined;
  /** Default image for kinds that run containers. */
  readonly image: string | undefined;
  /** Script that runs before the user's `commands`, with `sh -e`. Params reach it as `ACTION_<NAME>`. */
  readonly script: string | undefined;
  /** `native`: a state of Step Functions does the work; nothing is started. */
  readonly native: "wait" | undefined;
  /** Name of the executor that this type wants, where the action names none. */
  readonly executor: string | undefined;
}

/** A param that a type declares. */
export interface ActionTypeParam {
  readonly name: string;
  readonly type: "string" | "int" | "float" | "boolean" | "list" | "map" | "any";
  readonly required: boolean;
  readonly default: Json | undefined;
  readonly description: string;
  /** What a text of it means. `repository`: the address of a git repository, or an absolute path. */
  readonly format?: "repository" | undefined;
  /** Environment variable that the type takes where the param is not given. */
  readonly defaultEnv?: string;
}

/** An output that a type declares. */
export interface ActionTypeOutput {
  readonly name: string;
  readonly description: string;
}

/** Whether the type runs the commands of its action and nothing else, so that without any it does nothing. */
export function runsOnlyCommands({ native, otherParams, script }: ActionType): boolean {
  return otherParams === true && script === undefined && native === undefined;
}

/** What is wrong with a definition. `code` and the form of `path` are those of ValidateStateMachineDefinition. */
export interface Problem {
  readonly code:
    | "INVALID_JSON_DESCRIPTION"
    | "SCHEMA_VALIDATION_FAILED"
    | "MISSING_TRANSITION_TARGET"
    | "DUPLICATE_STATE_NAME";
  readonly message: string;
  /** Path in the definition: `/States/build/Retry[0]/ErrorEquals`. */
  readonly path: string;
}

/** One line of an `InvalidDefinition` error: `CODE: message at path`. */
export function formatProblem({ code, message, path }: Problem): string {
  return path === "" ? `${code}: ${message}` : `${code}: ${message} at ${path}`;
}

/**
 * A query that cannot be answered: reported as `States.QueryEvaluationError`. The message is AWS's, without the state
 * that it stands in; `location` is the field inside the state, `Output/total` for example.
 */
export class QueryError extends Error {
  readonly location: string | undefined;
  /** The expression was evaluated, its value is of no use: AWS chains the event to the state's own then. */
  readonly isAfterEvaluation: boolean;

  constructor(message: string, location?: string, isAfterEvaluation = false) {
    super(message);
    this.name = "QueryError";
    this.location = location;
    this.isAfterEvaluation = isAfterEvaluation;
  }
}

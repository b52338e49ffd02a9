/**
 * The error names that Step Functions itself reports.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export const STATES_ERRORS = {
  all: "States.ALL",
  taskFailed: "States.TaskFailed",
  timeout: "States.Timeout",
  heartbeatTimeout: "States.HeartbeatTimeout",
  queryEvaluation: "States.QueryEvaluationError",
  dataLimitExceeded: "States.DataLimitExceeded",
  noChoiceMatched: "States.NoChoiceMatched",
  runtime: "States.Runtime",
} as const;

/**
 * Whether a Retrier or Catcher with these names takes a failure of that name.
 * `States.ALL` takes everything but `States.Runtime`; that it takes `States.DataLimitExceeded`, too, is what AWS does
 * (corpus/asl, test_task_lambda_catch_state_all_data_limit_exceeded) and not what its page says.
 */
export function matchesError(errorEquals: readonly string[], names: readonly string[]): boolean {
  return errorEquals.some((wanted) => {
    if (wanted === STATES_ERRORS.all) return !names.includes(STATES_ERRORS.runtime);
    if (wanted === STATES_ERRORS.taskFailed) {
      return !names.includes(STATES_ERRORS.timeout) && !names.includes(STATES_ERRORS.runtime);
    }
    return names.includes(wanted);
  });
}

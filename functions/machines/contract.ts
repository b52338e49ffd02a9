import type { Permission } from "../../actions/executors/contract.ts";

/**
 * Environment variables by which a function is told how machines of submitted pipelines are made: in the way of the
 * deployed ones.
 */
export const MACHINES_ENVIRONMENT = {
  /** `arn:aws:states:<region>:<account>:stateMachine:`. */
  arnPrefix: "SLUICE_MACHINE_ARN_PREFIX",
  /** What the names of the installation's machines begin with: `sluice-`. */
  namePrefix: "SLUICE_MACHINE_NAME_PREFIX",
  /** ARN of the role that submitted machines run with; it may call the functions that definitions name. */
  role: "SLUICE_MACHINE_ROLE",
  /** ARN of the log group that submitted machines write to, with `:*` at its end. */
  logGroup: "SLUICE_MACHINE_LOG_GROUP",
  /** ARN of the customer's key that machines are encrypted with. Default: a key that AWS owns. */
  key: "SLUICE_MACHINE_KEY",
  /** JSON object: name of a placeholder (`ExecuteActionEcs`) -> ARN of the function that stands for it. */
  functions: "SLUICE_MACHINE_FUNCTIONS",
} as const;

/**
 * Days after its last use that a machine is kept. Longer than the 14 days in which an execution can be redriven, which
 * needs the machine. Source: reference/aws.md 3.1.
 */
export const MACHINE_IDLE_DAYS = 30;

/** Tag of every machine that a submission has made; its value is the installation's name prefix. */
export const MACHINE_TAG = "sluice:submitted-for";

/** What a function calls that submits pipelines as text. */
export const MAKE_MACHINE_PERMISSIONS: readonly Permission[] = [
  {
    actions: ["states:CreateStateMachine", "states:TagResource", "states:UpdateStateMachine"],
    on: "machines",
  },
  { actions: ["iam:PassRole"], on: "machineRole", condition: "passedToStates" },
];

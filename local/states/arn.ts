/** Where the local Step Functions pretends to be. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
}

/** ARN of a machine. */
export function stateMachineArn(account: Account, name: string): string {
  return `arn:aws:states:${account.region}:${account.accountId}:stateMachine:${name}`;
}

/** ARN of an execution. */
export function executionArn(account: Account, machineName: string, name: string): string {
  return `arn:aws:states:${account.region}:${account.accountId}:execution:${machineName}:${name}`;
}

const STATE_MACHINE_ARN = /^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:[^:]+$/;
const EXECUTION_ARN = /^arn:[^:]+:states:[^:]*:[^:]*:execution:[^:]+:[^:]+$/;

/** Whether a text is the ARN of a machine, there or not. */
export function isStateMachineArn(arn: string): boolean {
  return STATE_MACHINE_ARN.test(arn);
}

/** Whether a text is the ARN of an execution, there or not. */
export function isExecutionArn(arn: string): boolean {
  return EXECUTION_ARN.test(arn);
}

/**
 * Names of machines and executions: 1 to 80 characters; no space, no bracket, no wildcard, no special or control
 * character. Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
 */
export function isValidName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the rule of AWS names them.
  return /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/u.test(name);
}

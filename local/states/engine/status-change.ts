import type { Execution, ExecutionStatus } from "../execution/execution.ts";

/**
 * `detail` of the event "Step Functions Execution Status Change" of `aws.states`. Dates are milliseconds since the epoch.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-states.html
 */
export interface StatusChange {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate: number | null;
  readonly input: string | null;
  readonly inputDetails: { readonly included: boolean };
  readonly output: string | null;
  readonly outputDetails: { readonly included: boolean } | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly stateMachineVersionArn: null;
  readonly stateMachineAliasArn: null;
  readonly redriveCount: number;
  readonly redriveDate: null;
  readonly redriveStatus: "NOT_REDRIVABLE";
  readonly redriveStatusReason: string;
}

/** Input and output are left out of the event when they are larger than this together: 248 KiB. */
const LARGEST_DATA_BYTES = 248 * 1024;

/** The event's detail for an execution as it is now. */
export function statusChangeOf(execution: Execution): StatusChange {
  const { input, output } = execution;
  const included = Buffer.byteLength(input.text) + Buffer.byteLength(output?.text ?? "") <= LARGEST_DATA_BYTES;
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: execution.startDate,
    stopDate: execution.stopDate ?? null,
    input: included ? input.text : null,
    inputDetails: { included },
    output: included ? (output?.text ?? null) : null,
    outputDetails: output === undefined ? null : { included },
    error: execution.error ?? null,
    cause: execution.cause ?? null,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    redriveCount: 0,
    redriveDate: null,
    redriveStatus: "NOT_REDRIVABLE",
    redriveStatusReason: "Executions cannot be redriven here.",
  };
}

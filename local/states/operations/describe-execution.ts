import { readInput } from "../../wire/input.ts";
import { findExecution, type Operation } from "./service-context.ts";

const INCLUDED = { included: true } as const;

/** DescribeExecution. */
export const describeExecution: Operation = (context, input) => {
  const reader = readInput(input);
  const execution = findExecution(context, reader.string("executionArn"));
  reader.ignore("includedData");
  reader.done();
  const { stopDate, output, error, cause } = execution;
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: new Date(execution.startDate),
    ...(stopDate === undefined ? {} : { stopDate: new Date(stopDate) }),
    input: execution.input.text,
    inputDetails: INCLUDED,
    ...(output === undefined ? {} : { output: output.text, outputDetails: INCLUDED }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    redriveCount: 0,
    redriveStatus: "NOT_REDRIVABLE",
    redriveStatusReason: "Executions cannot be redriven here.",
  };
};

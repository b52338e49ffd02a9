import { readInput } from "../../wire/input.ts";
import { nextTokenOf, readPage } from "./page.ts";
import { findStateMachine, type Operation } from "./service-context.ts";

/** The newest first. */
export const listExecutions: Operation = (context, input) => {
  const reader = readInput(input);
  const { executions } = findStateMachine(context, reader.string("stateMachineArn"));
  const status = reader.optionalString("statusFilter");
  const page = readPage(reader);
  reader.done();
  const all = [...executions.values()].reverse();
  const wanted = status === undefined ? all : all.filter((execution) => execution.status === status);
  return {
    executions: wanted.slice(page.start, page.start + page.size).map((execution) => ({
      executionArn: execution.arn,
      stateMachineArn: execution.machineArn,
      name: execution.name,
      status: execution.status,
      startDate: new Date(execution.startDate),
      ...(execution.stopDate === undefined ? {} : { stopDate: new Date(execution.stopDate) }),
      redriveCount: 0,
    })),
    ...nextTokenOf(page, wanted.length),
  };
};

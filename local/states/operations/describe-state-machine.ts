import { readInput } from "../../wire/input.ts";
import type { Revision } from "../engine/store.ts";
import { findExecution, findStateMachine, type Operation } from "./service-context.ts";

/** Logging and tracing are always off. */
const OFF = {
  loggingConfiguration: { level: "OFF", includeExecutionData: false },
  tracingConfiguration: { enabled: false },
} as const;

/** DescribeStateMachine. */
export const describeStateMachine: Operation = (context, input) => {
  const reader = readInput(input);
  const { arn, name, current, creationDate, isDeleting } = findStateMachine(context, reader.string("stateMachineArn"));
  reader.ignore("includedData");
  reader.done();
  return {
    stateMachineArn: arn,
    name,
    status: isDeleting ? "DELETING" : "ACTIVE",
    type: "STANDARD",
    creationDate: new Date(creationDate),
    ...describeRevision(current),
  };
};

/** DescribeStateMachineForExecution: the revision that the execution runs, not the current one. */
export const describeStateMachineForExecution: Operation = (context, input) => {
  const reader = readInput(input);
  const { machineArn, machineName, revisionId } = findExecution(context, reader.string("executionArn"));
  reader.ignore("includedData");
  reader.done();
  const revision = context.store.revisions.get(revisionId);
  if (revision === undefined) throw new Error(`The revision ${revisionId} is lost.`);
  return {
    stateMachineArn: machineArn,
    name: machineName,
    updateDate: new Date(revision.date),
    ...describeRevision(revision),
  };
};

function describeRevision({ id, definition, roleArn }: Revision): object {
  return { definition, roleArn, revisionId: id, ...OFF };
}

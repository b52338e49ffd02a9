import { readInput } from "../../wire/input.ts";
import { nextTokenOf, readPage } from "./page.ts";
import type { Operation } from "./service-context.ts";

/** ListStateMachines, in pages. */
export const listStateMachines: Operation = ({ store }, input) => {
  const reader = readInput(input);
  const page = readPage(reader);
  reader.done();
  const machines = [...store.machines.values()].slice(page.start, page.start + page.size);
  return {
    stateMachines: machines.map(({ arn, name, creationDate }) => ({
      stateMachineArn: arn,
      name,
      type: "STANDARD",
      creationDate: new Date(creationDate),
    })),
    ...nextTokenOf(page, store.machines.size),
  };
};

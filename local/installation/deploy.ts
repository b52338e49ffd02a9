import { CreateStateMachineCommand } from "@aws-sdk/client-sfn";
import type { Compilation } from "../../compiler/index.ts";
import { publishPlan, type Runtime, substitute } from "../../functions/index.ts";
import { NAMES } from "./names.ts";

/**
 * What a deployment to AWS does with one pipeline: the plan goes to the bucket, the placeholders in the body become
 * the functions' ARNs, and the machine is made. It is named by its content, so making it again answers the same one.
 */
export async function deploy(
  runtime: Runtime,
  placeholders: ReadonlyMap<string, string>,
  compilation: Compilation,
): Promise<{ readonly stateMachineArn: string }> {
  await publishPlan(runtime, compilation);
  const { stateMachineArn } = await runtime.clients.states.send(
    new CreateStateMachineCommand({
      name: compilation.machine.name,
      definition: substitute(compilation.machine.body, placeholders),
      roleArn: NAMES.stateMachineRole,
      type: "STANDARD",
    }),
  );
  if (stateMachineArn === undefined) throw new Error("CreateStateMachine answered no ARN.");
  return { stateMachineArn };
}

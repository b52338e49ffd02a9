import { Token } from "aws-cdk-lib";
import { z } from "zod";
import { EXECUTOR_NAME, type ExecutorConfiguration, executorDeclaration } from "../actions/index.ts";

/** An executor as an operator writes it. What is left out is what the stack makes or knows. */
export const executorSettings = z.looseObject({ kind: z.enum(["ecs", "eks"]) });

/** An executor as an operator writes it; the rest of its keys are those of `actions/executors/<kind>/contract.ts`. */
export type ExecutorSettings = Readonly<z.infer<typeof executorSettings>>;

/** What an installation has if it is told nothing: Fargate in a cluster of its own. */
export const DEFAULT_EXECUTORS: { readonly [name: string]: ExecutorSettings } = { ecs: { kind: "ecs" } };

/** A region in the place of one that only CloudFormation knows, so that the rest of a declaration can be checked. */
const SOME_REGION = "us-east-1";

/**
 * The declaration of an executor with every default filled in. Throws with the name, the key and what is wrong with it,
 * where the declaration would not be understood at run time.
 */
export function completeDeclaration(
  name: string,
  settings: ExecutorSettings,
  defaults: { readonly [key: string]: unknown },
): ExecutorConfiguration {
  if (!EXECUTOR_NAME.test(name)) {
    throw new Error(`"${name}" is no name of an executor; it must match ${EXECUTOR_NAME.source}.`);
  }
  const known = Object.entries({ ...defaults, ...settings }).filter(([, value]) => value !== undefined);
  const declaration: { readonly [key: string]: unknown } = Object.fromEntries(known);
  const region = declaration["region"];
  const checked = executorDeclaration.safeParse({
    ...declaration,
    ...(typeof region === "string" && Token.isUnresolved(region) ? { region: SOME_REGION } : {}),
  });
  if (!checked.success) {
    throw new Error(`The executor "${name}" is declared wrongly.\n${z.prettifyError(checked.error)}`);
  }
  return checked.data.kind === "process" || typeof region !== "string" ? checked.data : { ...checked.data, region };
}

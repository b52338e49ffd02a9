import * as z from "zod";
import { MACHINES_ENVIRONMENT } from "./contract.ts";

/** How machines of submitted pipelines are made: in the way of the deployed ones. */
export interface MachineSettings {
  /** `arn:aws:states:<region>:<account>:stateMachine:`. */
  readonly arnPrefix: string;
  /** What the names of the installation's machines begin with: `sluice-`. */
  readonly namePrefix: string;
  readonly roleArn: string;
  /** ARN of the log group, with `:*` at its end. Default: no logs, as on a laptop. */
  readonly logGroupArn?: string;
  /** Key of the customer's own. Default: a key that AWS owns. */
  readonly kmsKeyArn?: string;
  /** Placeholder of a definition (`${ExecuteActionEcs}`) -> ARN of the function that stands for it. */
  readonly functions: ReadonlyMap<string, string>;
}

const functionArns = z.record(z.string(), z.string());

/** Reads `MACHINES_ENVIRONMENT`. Throws where a variable is missing or wrong. */
export function readMachineSettings(variables: Readonly<Record<string, string | undefined>>): MachineSettings {
  const optional = (name: string) => variables[name] || undefined;
  const required = (name: string): string => {
    const value = optional(name);
    if (value === undefined) {
      throw new Error(`The environment variable ${name} is not set.`);
    }
    return value;
  };
  const kmsKeyArn = optional(MACHINES_ENVIRONMENT.key);
  const functions = functionArns.parse(JSON.parse(required(MACHINES_ENVIRONMENT.functions)));
  return {
    arnPrefix: required(MACHINES_ENVIRONMENT.arnPrefix),
    namePrefix: required(MACHINES_ENVIRONMENT.namePrefix),
    roleArn: required(MACHINES_ENVIRONMENT.role),
    logGroupArn: required(MACHINES_ENVIRONMENT.logGroup),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    functions: new Map(Object.entries(functions).map(([name, arn]) => [`\${${name}}`, arn])),
  };
}

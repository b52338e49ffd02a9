import { SNSClient } from "@aws-sdk/client-sns";
import { SSMClient } from "@aws-sdk/client-ssm";
import { RUNTIME_ENVIRONMENT } from "../contract.ts";
import { createHideMessage } from "./hide-message.ts";
import type { NotifyRuntime } from "./runtime.ts";

/** The runtime of the deployed function. Throws where it is not told its installation. */
export function notifyRuntimeFrom(variables: Readonly<Record<string, string | undefined>>): NotifyRuntime {
  const configPrefix = variables[RUNTIME_ENVIRONMENT.configPrefix];
  if (!configPrefix) {
    throw new Error(`The environment variable ${RUNTIME_ENVIRONMENT.configPrefix} is not set.`);
  }
  const ssm = new SSMClient({});
  return {
    configPrefix,
    ssm,
    sns: new SNSClient({}),
    // The clients have the sandbox's credentials, and renew them.
    hideMessage: createHideMessage({
      credentials: () => ssm.config.credentials(),
      endpoint: variables["AWS_ENDPOINT_URL_SQS"] ?? variables["AWS_ENDPOINT_URL"],
    }),
    allowsLoopback: false,
    clock: { now: () => Date.now() },
    log: (record) => process.stdout.write(`${JSON.stringify(record)}\n`),
  };
}

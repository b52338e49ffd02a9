import type { Clock } from "../clock.ts";

/**
 * The second argument of a handler: what Lambda's Node.js runtime hands over. `done`, `fail` and `succeed` are the
 * callbacks of runtimes that are gone; they are here because the published types have them.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export interface InvocationContext {
  callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
  done(): void;
  fail(): void;
  succeed(): void;
}

/** `deadline` is in milliseconds since the epoch. */
export function createInvocationContext(invocation: {
  readonly name: string;
  readonly arn: string;
  readonly requestId: string;
  readonly deadline: number;
  readonly clock: Clock;
}): InvocationContext {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: invocation.name,
    functionVersion: "$LATEST",
    invokedFunctionArn: invocation.arn,
    memoryLimitInMB: "256",
    awsRequestId: invocation.requestId,
    logGroupName: `/aws/lambda/${invocation.name}`,
    logStreamName: `local/[$LATEST]${invocation.requestId}`,
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - invocation.clock.now()),
    done() {},
    fail() {},
    succeed() {},
  };
}

import type { Clock } from "../clock.ts";
import { ServiceError } from "../wire/service.ts";
import { type FunctionErrorPayload, timeoutPayload, toErrorPayload } from "./function-error.ts";
import { createInvocationContext, type InvocationContext } from "./invocation-context.ts";

/** A Lambda handler, as `functions/<name>/handler.ts` exports it: already wrapped by middy. */
export type Handler = (event: unknown, context: InvocationContext) => Promise<unknown>;

/** A function as it is registered. */
export interface FunctionDefinition {
  readonly name: string;
  readonly handler: Handler;
  /** Default 900, Lambda's largest. */
  readonly timeoutSeconds?: number;
  /** Invocations at a time (Lambda's reserved concurrency). Default: no limit. */
  readonly concurrency?: number;
}

/** Answer of a synchronous invocation; a handler that threw is an answer, too. */
export interface InvocationResult {
  /** JSON text: the result, or the error payload where `functionError` is set. */
  readonly payload: string;
  /** Lambda's `X-Amz-Function-Error`. */
  readonly functionError?: "Unhandled";
}

/** Lambda on a laptop. */
export interface FunctionHost {
  /** Registers a function and answers its ARN. */
  register(definition: FunctionDefinition): string;
  /**
   * Waits for the result, as `InvocationType: RequestResponse` does.
   * @throws {ServiceError} ResourceNotFoundException, TooManyRequestsException, RequestTooLargeException,
   *   InvalidRequestContentException
   */
  invoke(nameOrArn: string, payload: string): Promise<InvocationResult>;
  /** Accepts an event and tries twice more when the handler throws, as `InvocationType: Event` does. */
  invokeLater(nameOrArn: string, payload: string): void;
  /** Takes no new invocation, forgets the tries that have not begun, and waits (at most ten seconds) for what runs. */
  stop(): Promise<void>;
}

/** Where the functions are, and how time passes for them. */
export interface FunctionHostOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly randomId: () => string;
}

/** Lambda's limits of request and response. Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LARGEST_PAYLOAD_BYTES = 6 * 1024 * 1024;
const LONGEST_TIMEOUT_SECONDS = 900;
/** A handler that takes longer than this to end cannot be ended: the process exits under it. */
const LONGEST_DRAIN_MILLISECONDS = 10_000;
/**
 * Lambda tries an asynchronous event again after one and after two minutes. Here nothing is gained by waiting that
 * long: what passes on a laptop passes within seconds, and somebody sits in front of it.
 */
const ASYNC_RETRY_MILLISECONDS = [1_000, 2_000] as const;

/** Runs Lambda functions inside this process. Payloads take the way through JSON text, as on AWS. */
export function createFunctionHost(options: FunctionHostOptions): FunctionHost {
  const { clock } = options;
  const functions = new Map<string, Required<FunctionDefinition> & { readonly arn: string; running: number }>();
  const underWay = new Set<Promise<unknown>>();
  const waiting = new Set<() => void>();
  let isStopping = false;

  const find = (nameOrArn: string) => {
    const found = isStopping ? undefined : functions.get(functionNameOf(nameOrArn));
    if (found === undefined) {
      throw new ServiceError("ResourceNotFoundException", `Function not found: ${nameOrArn}`, 404);
    }
    return found;
  };

  const track = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    const forget = () => underWay.delete(work);
    work.then(forget, forget);
    return work;
  };

  const run = async (target: ReturnType<typeof find>, event: unknown): Promise<InvocationResult> => {
    const requestId = options.randomId();
    const deadline = clock.now() + target.timeoutSeconds * 1000;
    const context = createInvocationContext({ name: target.name, arn: target.arn, requestId, deadline, clock });
    target.running++;
    let cancelTimer = () => {};
    const timedOut = new Promise<InvocationResult>((resolve) => {
      cancelTimer = clock.schedule(target.timeoutSeconds * 1000, () =>
        resolve(failure(timeoutPayload(requestId, target.timeoutSeconds))),
      );
    });
    // Lambda kills the sandbox at the timeout; here the handler can only be left to itself. `stop` still waits for it.
    const handled = track(
      Promise.resolve()
        .then(() => target.handler(event, context))
        .then(success, (thrown: unknown) => failure(toErrorPayload(thrown))),
    );
    try {
      return await Promise.race([handled, timedOut]);
    } finally {
      cancelTimer();
      target.running--;
    }
  };

  const tryLater = (nameOrArn: string, payload: string, attempt: number) => {
    const delay = ASYNC_RETRY_MILLISECONDS[attempt];
    if (delay === undefined || isStopping) return;
    const cancel = clock.schedule(delay, () => {
      waiting.delete(cancel);
      attemptLater(nameOrArn, payload, attempt + 1);
    });
    waiting.add(cancel);
  };

  const attemptLater = (nameOrArn: string, payload: string, attempt: number) => {
    void track(
      invoke(nameOrArn, payload).then(
        (result) => {
          if (result.functionError !== undefined) tryLater(nameOrArn, payload, attempt);
        },
        // Not found (stopping) or throttled: the same few tries.
        () => tryLater(nameOrArn, payload, attempt),
      ),
    );
  };

  const invoke = async (nameOrArn: string, payload: string): Promise<InvocationResult> => {
    const target = find(nameOrArn);
    const event = parsePayload(payload);
    if (target.running >= target.concurrency) {
      throw new ServiceError("TooManyRequestsException", "Rate Exceeded.", 429);
    }
    return track(run(target, event));
  };

  return {
    register(definition) {
      const {
        name,
        handler,
        timeoutSeconds = LONGEST_TIMEOUT_SECONDS,
        concurrency = Number.POSITIVE_INFINITY,
      } = definition;
      const arn = `arn:aws:lambda:${options.region}:${options.accountId}:function:${name}`;
      functions.set(name, { name, handler, timeoutSeconds, concurrency, arn, running: 0 });
      return arn;
    },
    invoke,
    invokeLater(nameOrArn, payload) {
      find(nameOrArn);
      parsePayload(payload);
      attemptLater(nameOrArn, payload, 0);
    },
    async stop() {
      isStopping = true;
      for (const cancel of waiting) cancel();
      waiting.clear();
      let isPastDeadline = false;
      let cancelTimer = () => {};
      const deadline = new Promise<void>((resolve) => {
        cancelTimer = clock.schedule(LONGEST_DRAIN_MILLISECONDS, () => {
          isPastDeadline = true;
          resolve();
        });
      });
      while (underWay.size > 0 && !isPastDeadline) await Promise.race([Promise.allSettled(underWay), deadline]);
      cancelTimer();
    },
  };
}

/** `name`, `name:version` and ARNs with or without a version. */
function functionNameOf(nameOrArn: string): string {
  const parts = nameOrArn.split(":");
  return (parts[0] === "arn" ? parts[6] : parts[0]) ?? "";
}

function parsePayload(payload: string): unknown {
  if (Buffer.byteLength(payload) > LARGEST_PAYLOAD_BYTES) {
    const message = `Request must be smaller than ${LARGEST_PAYLOAD_BYTES} bytes for the InvokeFunction operation`;
    throw new ServiceError("RequestTooLargeException", message, 413);
  }
  if (payload === "") return {};
  try {
    return JSON.parse(payload);
  } catch (cause) {
    const message = `Could not parse request body into json: ${String(cause)}`;
    throw new ServiceError("InvalidRequestContentException", message, 400);
  }
}

function success(result: unknown): InvocationResult {
  // A handler that answers nothing is `null` on the wire; what JSON cannot hold throws here as it does on Lambda.
  let payload: string;
  try {
    payload = JSON.stringify(result) ?? "null";
  } catch (cause) {
    return failure({ errorType: "Runtime.MarshalError", errorMessage: String(cause), trace: [] });
  }
  if (Buffer.byteLength(payload) <= LARGEST_PAYLOAD_BYTES) return { payload };
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${LARGEST_PAYLOAD_BYTES} bytes).`;
  return failure({ errorType: "Function.ResponseSizeTooLarge", errorMessage, trace: [] });
}

function failure(payload: FunctionErrorPayload): InvocationResult {
  return { payload: JSON.stringify(payload), functionError: "Unhandled" };
}

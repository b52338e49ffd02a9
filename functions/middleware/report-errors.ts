import type { MiddlewareObj } from "@middy/core";
import { isTransient } from "../../actions/index.ts";
import { SLUICE_ERRORS } from "../../compiler/index.ts";
import { retryable, SluiceError } from "../errors/sluice-error.ts";
import type { Runtime } from "../runtime.ts";

/** Errors that leave as they are: a state machine may match them already. */
const SLUICE_NAMES: ReadonlySet<string> = new Set(Object.values(SLUICE_ERRORS));

/**
 * Logs an error once, at the handler's edge, and gives it one of the names that a state machine may match: a passing
 * fault becomes `Sluice.Retryable`, anything unforeseen `Sluice.ActionFailed`.
 */
export function reportTaskErrors(runtime: Runtime, functionName: string): MiddlewareObj {
  return {
    onError: (request) => {
      logError(runtime, functionName, request.event, request.error);
      request.error = taskError(request.error);
    },
  };
}

/** Logs an error once, at the handler's edge; whoever delivers the event delivers it again. */
export function reportEventErrors(runtime: Runtime, functionName: string): MiddlewareObj {
  return {
    onError: (request) => logError(runtime, functionName, request.event, request.error),
  };
}

function taskError(error: unknown): Error {
  if (error instanceof Error && SLUICE_NAMES.has(error.name)) {
    return error;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return isTransient(error)
    ? retryable(message, error)
    : new SluiceError(SLUICE_ERRORS.actionFailed, message, { cause: error });
}

function logError(runtime: Runtime, functionName: string, event: unknown, error: unknown): void {
  runtime.log({
    level: isTransient(error) ? "warn" : "error",
    function: functionName,
    ...subjectOf(event),
    error: error instanceof Error ? error.name : "unknown",
    message: error instanceof Error ? error.message : String(error),
    stack: error instanceof Error ? error.stack : undefined,
  });
}

/** The ids by which a log is searched; nothing else of an event is logged, because it may hold a token. */
function subjectOf(event: unknown): object {
  if (typeof event !== "object" || event === null) {
    return {};
  }
  return {
    ...("execution" in event && { execution: event.execution }),
    ...("action" in event && { action: event.action }),
    ...("detail-type" in event && { detailType: event["detail-type"] }),
    ...("rawPath" in event && { path: event.rawPath }),
    ...("id" in event && { eventId: event.id }),
  };
}

import type { MiddlewareObj } from "@middy/core";
import { type FunctionHandler, lazyHandler, wrapHandler } from "../create-handler.ts";
import { InvalidEventError, parseEvent } from "../middleware/parse-event.ts";
import { reportEventErrors } from "../middleware/report-errors.ts";
import { answerResponse, problemResponse } from "./answer.ts";
import { type RunsApiEvent, runsApiEvent } from "./contract.ts";
import { ApiProblem, problemOf } from "./problem.ts";
import { readRequest } from "./request.ts";
import { answerRequest } from "./runs-api.ts";
import type { RunsApiRuntime } from "./runtime.ts";

/** The function behind the API by which runs are submitted and looked at. */
export function createHandler(runtime: RunsApiRuntime): FunctionHandler {
  return wrapHandler<RunsApiEvent>(runtime, [answerProblems(runtime), parseEvent(runsApiEvent)], async (event) =>
    answerResponse(await answerRequest(runtime, readRequest(event))),
  );
}

/** The Lambda entry point. */
export const handler: FunctionHandler = lazyHandler(createHandler, async () => {
  const { runsApiRuntimeFromEnvironment } = await import("./runtime-from-environment.ts");
  return runsApiRuntimeFromEnvironment(process.env);
});

/** Refusals are answers; what is nobody's mistake but ours or AWS's is logged as well. */
function answerProblems(runtime: RunsApiRuntime): MiddlewareObj {
  const report = reportEventErrors(runtime, "runs-api");
  return {
    onError: (request) => {
      const problem =
        request.error instanceof InvalidEventError
          ? new ApiProblem("invalid-request", request.error.message)
          : problemOf(request.error);
      if (problem.problem === "internal" || problem.problem === "unavailable") {
        report.onError?.(request);
      }
      return problemResponse(problem, requestIdOf(request.event));
    },
  };
}

function requestIdOf(event: unknown): string | undefined {
  const parsed = runsApiEvent.safeParse(event);
  return parsed.success ? parsed.data.requestContext.requestId : undefined;
}

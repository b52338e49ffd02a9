import type { MiddlewareObj } from "@middy/core";
import { isTransient } from "../../actions/index.ts";
import { type FunctionHandler, lazyHandler, wrapHandler } from "../create-handler.ts";
import { InvalidEventError, parseEvent } from "../middleware/parse-event.ts";
import { reportEventErrors } from "../middleware/report-errors.ts";
import type { Runtime } from "../runtime.ts";
import { answerAgent } from "./agent-api.ts";
import { type AgentApiEvent, agentApiEvent } from "./contract.ts";
import { HttpProblem, problemResponse } from "./http-problem.ts";

/** The function behind the HTTP API that agents talk to. */
export function createHandler(runtime: Runtime): FunctionHandler {
  return wrapHandler<AgentApiEvent>(runtime, [answerProblems(runtime), parseEvent(agentApiEvent)], (event) =>
    answerAgent(runtime, event),
  );
}

/** The Lambda entry point. */
export const handler: FunctionHandler = lazyHandler(createHandler);

/** Refusals are answers; anything else is logged, and the agent, told 500 or 503, calls again. */
function answerProblems(runtime: Runtime): MiddlewareObj {
  const report = reportEventErrors(runtime, "agent-api");
  return {
    onError: (request) => {
      const { error } = request;
      if (error instanceof HttpProblem) {
        return problemResponse(error.status, error.message);
      }
      if (error instanceof InvalidEventError) {
        return problemResponse(400, error.message);
      }
      report.onError?.(request);
      return problemResponse(isTransient(error) ? 503 : 500, "The call could not be answered; try again.");
    },
  };
}

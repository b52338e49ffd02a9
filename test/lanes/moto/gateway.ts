import type { FunctionHost } from "../../../local/function-host/function-host.ts";
import type { Router } from "../../../local/wire/http.ts";
import { answerLambdaProtocol, isLambdaPath } from "../../../local/wire/lambda-protocol.ts";
import { forward } from "../forward.ts";

/** What stands in front of moto. */
export interface GatewayOptions {
  readonly functions: FunctionHost;
  /** Whether a path is one of the agent API's. */
  readonly isAgentPath: (path: string) => boolean;
  readonly agentApi: Router;
  /** Port of moto on the loopback interface; known only after the gateway's own, which moto is told. */
  readonly motoPort: () => number;
}

/**
 * The one endpoint that functions, agents and moto's engine know: invocations of functions are answered by the real
 * handlers, calls of agents by the agent API, and everything else by moto.
 */
export function createGateway(options: GatewayOptions): Router {
  return async (request) => {
    if (isLambdaPath(request.path)) return answerLambdaProtocol(options.functions, request);
    if (options.isAgentPath(request.path)) return options.agentApi(request);
    return forward(request, options.motoPort());
  };
}

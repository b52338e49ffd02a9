import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { AGENT_API_ROUTE } from "../../functions/agent-api/contract.ts";
import { LOG_RETENTION } from "./system-function.ts";

/**
 * Requests a second over all agents. An agent sends about one in 30 seconds and a handful at start and end, so this
 * carries some thousands of attempts at once, and a container that goes wild costs cents and not dollars.
 */
const REQUESTS_PER_SECOND = 200;
/** As many attempts may start or end in the same second. */
const REQUEST_BURST = 400;

/** The HTTPS face of the function `agent-api`: its one route and nothing else. */
export class AgentApi extends Construct {
  /** Base URL without `/v1`; known before the function that answers, which is told it. */
  readonly url: string;
  readonly #api: HttpApi;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#api = new HttpApi(this, "Api", { description: "Sluice: what agents report to", createDefaultStage: false });
    this.url = this.#api.apiEndpoint;
    const accessLogs = new LogGroup(this, "AccessLogs", {
      retention: LOG_RETENTION,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, "Stage", {
      httpApi: this.#api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: REQUESTS_PER_SECOND, burstLimit: REQUEST_BURST },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLogs) },
    });
  }

  /** Sends every call of the agent protocol to this function. */
  answerWith(handler: IFunction): void {
    const routes = this.#api.addRoutes({
      path: AGENT_API_ROUTE.path,
      methods: [HttpMethod[AGENT_API_ROUTE.method]],
      integration: new HttpLambdaIntegration("AgentApi", handler),
    });
    for (const route of routes) {
      Validations.of(route).acknowledge({
        id: "AwsSolutions-APIG4",
        reason:
          "An agent has no AWS credentials: the function itself checks the single-use nonce and then the attempt's secret, which the table holds hashed.",
      });
    }
  }
}

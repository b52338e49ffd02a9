import { Duration, Stack, Validations } from "aws-cdk-lib";
import {
  AccessLogFormat,
  AuthorizationType,
  CfnAccount,
  EndpointType,
  LambdaIntegration,
  MethodLoggingLevel,
  type RequestValidator,
  RestApi,
  LogGroupLogDestination as RestLogDestination,
} from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { type IMetric, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { IVpc, IVpcEndpoint } from "aws-cdk-lib/aws-ec2";
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { grant } from "./grant.ts";
import { systemLogs } from "./system-logs.ts";

/** A route as a function's contract names it; braces match one segment. */
interface ApiRoute {
  readonly method: "DELETE" | "GET" | "POST" | "PUT";
  readonly path: string;
}

/** Where an API can be called from. */
export type ApiAccess =
  /** From the internet. */
  | { readonly kind: "http" }
  /** From one network only, by an endpoint for `execute-api`: the stack's own, or one that the network has. */
  | { readonly kind: "private"; readonly vpc: IVpc; readonly endpoint?: IVpcEndpoint | undefined };

/** What API Gateway does before a function is called. */
export interface FunctionApiProps {
  /** Name of the API, also in its metrics; one of a kind in the region. */
  readonly name: string;
  readonly description: string;
  readonly access: ApiAccess;
  readonly routes: readonly ApiRoute[];
  /** Who may call: identities of AWS by their policies, or anybody, where the function itself asks for a secret. */
  readonly authorization: "iam" | { readonly inFunction: string };
  readonly requestsPerSecond: number;
  readonly requestBurst: number;
  /**
   * Key of the customer that encrypts the access log.
   * @default - a key that CloudWatch Logs owns
   */
  readonly encryptionKey?: IKey | undefined;
}

const STAGE = "api";

/**
 * An API in front of one function: its routes and nothing else, throttled, each request in the access log. HTTP APIs
 * cannot be private, so that a network without a way out gets a REST API with the same routes.
 */
export class FunctionApi extends Construct {
  /** Base URL without a slash at its end; known before the function that answers. */
  readonly url: string;
  /** What policies of callers name: `<this>/<method>/<path>`. */
  readonly executeArn: string;
  /** Answers that are faults of ours, and requests that were refused; sums, see CloudWatch's metrics of API Gateway. */
  readonly metrics: { readonly serverErrors: IMetric; readonly clientErrors: IMetric };
  readonly #props: FunctionApiProps;
  readonly #answer: (handler: IFunction) => void;

  constructor(scope: Construct, id: string, props: FunctionApiProps) {
    super(scope, id);
    this.#props = props;
    const { access } = props;
    if (access.kind === "http") {
      const api = this.#createHttpApi();
      this.url = api.apiEndpoint;
      this.executeArn = api.arnForExecuteApi().replace(/\/\*\/\*\/\*$/, "/$default");
      this.metrics = metricsOf({ ApiId: api.apiId }, "5xx", "4xx");
      this.#answer = (handler) => this.#addHttpRoutes(api, handler);
    } else {
      const api = this.#createRestApi(access);
      const { region, urlSuffix } = Stack.of(this);
      this.url = `https://${api.restApiId}.execute-api.${region}.${urlSuffix}/${STAGE}`;
      this.executeArn = `${Stack.of(this).formatArn({ service: "execute-api", resource: api.restApiId })}/${STAGE}`;
      this.metrics = metricsOf({ ApiName: props.name, Stage: STAGE }, "5XXError", "4XXError");
      this.#answer = (handler) => this.#addRestMethods(api, handler);
    }
  }

  /** Sends every route to this function. */
  answerWith(handler: IFunction): void {
    this.#answer(handler);
  }

  #createHttpApi(): HttpApi {
    const { name, description, requestsPerSecond, requestBurst, encryptionKey } = this.#props;
    const api = new HttpApi(this, "Api", { apiName: name, description, createDefaultStage: false });
    new HttpStage(this, "Stage", {
      httpApi: api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecond, burstLimit: requestBurst },
      accessLogSettings: { destination: new LogGroupLogDestination(systemLogs(this, "AccessLogs", { encryptionKey })) },
    });
    return api;
  }

  #addHttpRoutes(api: HttpApi, handler: IFunction): void {
    const { routes, authorization } = this.#props;
    const integration = new HttpLambdaIntegration(this.node.id, handler);
    const authorizer = authorization === "iam" ? new HttpIamAuthorizer() : new HttpNoneAuthorizer();
    for (const { method, path } of routes) {
      const added = api.addRoutes({ path, methods: [HttpMethod[method]], integration, authorizer });
      if (authorization === "iam") continue;
      for (const route of added) {
        Validations.of(route).acknowledge({ id: "AwsSolutions-APIG4", reason: authorization.inFunction });
      }
    }
  }

  #createRestApi({ vpc, endpoint }: Extract<ApiAccess, { kind: "private" }>): RestApi {
    const { name, description, requestsPerSecond, requestBurst, encryptionKey } = this.#props;
    const account = RestApiLogs.of(this);
    const api = new RestApi(this, "PrivateApi", {
      restApiName: name,
      description,
      endpointConfiguration: {
        types: [EndpointType.PRIVATE],
        ...(endpoint === undefined ? {} : { vpcEndpoints: [endpoint] }),
      },
      policy: onlyFrom(vpc),
      cloudWatchRole: false,
      deployOptions: {
        stageName: STAGE,
        throttlingRateLimit: requestsPerSecond,
        throttlingBurstLimit: requestBurst,
        loggingLevel: MethodLoggingLevel.ERROR,
        tracingEnabled: true,
        accessLogDestination: new RestLogDestination(systemLogs(this, "AccessLogs", { encryptionKey })),
        accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
      },
    });
    api.deploymentStage.node.addDependency(account);
    Validations.of(api.deploymentStage).acknowledge({
      id: "AwsSolutions-APIG3",
      reason: "The API is private: who can reach it stands in its policy, and nobody else's traffic could be filtered.",
    });
    return api;
  }

  #addRestMethods(api: RestApi, handler: IFunction): void {
    const { routes, authorization } = this.#props;
    const integration = new LambdaIntegration(handler);
    const requestValidator: RequestValidator = api.addRequestValidator("Validator", {
      validateRequestParameters: true,
      validateRequestBody: true,
    });
    const isIam = authorization === "iam";
    for (const { method, path } of routes) {
      const added = api.root.resourceForPath(path).addMethod(method, integration, {
        authorizationType: isIam ? AuthorizationType.IAM : AuthorizationType.NONE,
        requestValidator,
      });
      Validations.of(added).acknowledge({
        id: "AwsSolutions-COG4",
        reason: isIam ? "Callers are identities of AWS and not of a user pool." : authorization.inFunction,
      });
      if (!isIam) Validations.of(added).acknowledge({ id: "AwsSolutions-APIG4", reason: authorization.inFunction });
    }
  }
}

/** REST APIs write logs with a role of the account and region, not of the API: there is one in a stack. */
class RestApiLogs extends Construct {
  static of(scope: Construct): RestApiLogs {
    const found = Stack.of(scope).node.tryFindChild("RestApiLogs");
    return found instanceof RestApiLogs ? found : new RestApiLogs(Stack.of(scope), "RestApiLogs");
  }

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("apigateway.amazonaws.com"),
      description: "API Gateway itself: writes the logs of REST APIs",
    });
    grant(role, {
      actions: [
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        "logs:FilterLogEvents",
        "logs:GetLogEvents",
        "logs:PutLogEvents",
      ],
      resources: ["*"],
      wildcardReason: "API Gateway has one such role for all APIs of the account, and names their log groups itself.",
    });
    const account = new CfnAccount(this, "Account", { cloudWatchRoleArn: role.roleArn });
    account.node.addDependency(role);
  }
}

/** Policy of a private API: everybody in one network, and nobody else. Authorization comes after it. */
function onlyFrom(vpc: IVpc): PolicyDocument {
  const everyRequest = {
    principals: [new AnyPrincipal()],
    actions: ["execute-api:Invoke"],
    resources: ["execute-api:/*"],
  };
  return new PolicyDocument({
    statements: [
      new PolicyStatement({ ...everyRequest, effect: Effect.ALLOW }),
      new PolicyStatement({
        ...everyRequest,
        effect: Effect.DENY,
        conditions: { StringNotEquals: { "aws:SourceVpc": vpc.vpcId } },
      }),
    ],
  });
}

function metricsOf(dimensions: { readonly [name: string]: string }, serverErrors: string, clientErrors: string) {
  const metric = (metricName: string): IMetric =>
    new Metric({
      namespace: "AWS/ApiGateway",
      metricName,
      dimensionsMap: { ...dimensions },
      statistic: Stats.SUM,
      period: Duration.minutes(5),
    });
  return { serverErrors: metric(serverErrors), clientErrors: metric(clientErrors) };
}

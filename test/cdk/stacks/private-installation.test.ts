import { describe, expect, test } from "vitest";
import { AGENT_API_ROUTE } from "../../../functions/agent-api/contract.ts";
import { RUNS_API_ROUTES } from "../../../functions/runs-api/contract.ts";
import { readable, SHOP, synthesizeChecked } from "../synthesize.ts";

/** No way out, a key of the customer's own: what the strictest ask for. cdk-nag is asked too. */
const { ofType, resources } = synthesizeChecked({
  pipelines: { Shop: SHOP },
  network: { kind: "private" },
  encryptionKey: "create",
  agentImage: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/agent:1",
  notifications: [
    { name: "mail", target: { kind: "sns" } },
    { name: "hook", target: { kind: "webhook" } },
  ],
  alarms: { emails: ["ops@shop.example"] },
});

describe("a network without a way out", () => {
  const endpoints = [...ofType("AWS::EC2::VPCEndpoint").values()].map(({ Properties }) => Properties);
  const services = endpoints.map(({ ServiceName }) =>
    readable(ServiceName, resources).replace(/^com\.amazonaws\.<AWS::Region>\./, ""),
  );

  test("has no route to the internet", () => {
    expect(ofType("AWS::EC2::InternetGateway").size + ofType("AWS::EC2::NatGateway").size).toBe(0);
  });

  test("has an endpoint for everything that tasks call", () => {
    expect(services).toEqual(expect.arrayContaining(["ecr.api", "ecr.dkr", "logs", "execute-api", "s3"]));
  });

  test("lets HTTPS from tasks and functions into the endpoints, and nobody else", () => {
    const rules = [...ofType("AWS::EC2::SecurityGroupIngress").values()].map(({ Properties }) => Properties);

    expect(
      rules.map(({ FromPort, ToPort, SourceSecurityGroupId }) => [
        FromPort,
        ToPort,
        readable(SourceSecurityGroupId, resources),
      ]),
    ).toEqual([
      [443, 443, "<Sluice/Network/Tasks.GroupId>"],
      [443, 443, "<Sluice/Network/Functions.GroupId>"],
    ]);
  });

  test("has every function inside", () => {
    const outside = [...ofType("AWS::Lambda::Function")].filter(
      ([, { Properties }]) => Properties.VpcConfig === undefined,
    );

    expect(outside.map(([path]) => path)).toEqual([]);
  });
});

describe("private APIs", () => {
  const methods = [...ofType("AWS::ApiGateway::Method")];

  test("are REST APIs with the same routes, of IAM but for the agents", () => {
    expect(ofType("AWS::ApiGatewayV2::Api").size).toBe(0);
    expect(methods).toHaveLength(RUNS_API_ROUTES.length + 1);
    const open = methods.filter(([, { Properties }]) => Properties.AuthorizationType === "NONE");
    expect(open.map(([path]) => path)).toEqual([
      `Sluice/AgentApi/PrivateApi/Default${AGENT_API_ROUTE.path}/${AGENT_API_ROUTE.method}`,
    ]);
  });

  test("answer this network only", () => {
    for (const { Properties } of ofType("AWS::ApiGateway::RestApi").values()) {
      expect(Properties.EndpointConfiguration.Types).toEqual(["PRIVATE"]);
      expect(Properties.Policy.Statement).toContainEqual(
        expect.objectContaining({
          Effect: "Deny",
          Condition: { StringNotEquals: { "aws:SourceVpc": { Ref: expect.any(String) } } },
        }),
      );
    }
  });

  test("are throttled and logged", () => {
    for (const { Properties } of ofType("AWS::ApiGateway::Stage").values()) {
      expect(Properties).toMatchObject({ AccessLogSetting: expect.anything(), TracingEnabled: true });
      expect(Properties.MethodSettings[0]).toMatchObject({ ThrottlingRateLimit: expect.any(Number) });
    }
  });
});

describe("a key of the customer's own", () => {
  const key = "<Encryption/Key.Arn>";
  const encrypted = (type: string, property: (properties: never) => unknown) =>
    [...ofType(type)]
      .filter(([, { Properties }]) => readable(property(Properties as never) ?? "", resources) !== key)
      .map(([path]) => path);

  test("rotates, and stays with what it encrypted", () => {
    const resource = ofType("AWS::KMS::Key").get("Encryption/Key");

    expect(resource?.Properties.EnableKeyRotation).toBe(true);
    expect(resource?.DeletionPolicy).toBe("Retain");
  });

  test("encrypts every log, queue, topic, function and machine, and the table", () => {
    expect(encrypted("AWS::Logs::LogGroup", ({ KmsKeyId }) => KmsKeyId)).toEqual([]);
    expect(encrypted("AWS::SQS::Queue", ({ KmsMasterKeyId }) => KmsMasterKeyId)).toEqual([]);
    expect(encrypted("AWS::SNS::Topic", ({ KmsMasterKeyId }) => KmsMasterKeyId)).toEqual([]);
    expect(encrypted("AWS::Lambda::Function", ({ KmsKeyArn }) => KmsKeyArn)).toEqual([]);
    expect(encrypted("AWS::DynamoDB::Table", ({ SSESpecification }) => SSESpecification["KMSMasterKeyId"])).toEqual([]);
    expect(
      encrypted(
        "AWS::StepFunctions::StateMachine",
        ({ EncryptionConfiguration }) => EncryptionConfiguration["KmsKeyId"],
      ),
    ).toEqual([]);
  });

  test("encrypts the objects; access logs stay with keys of S3, which alone can be delivered", () => {
    const buckets = [...ofType("AWS::S3::Bucket")].filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes("aws:kms"),
    );

    expect(buckets.map(([path]) => path)).toEqual(["Sluice/Objects/Bucket"]);
  });
});

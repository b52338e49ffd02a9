import { ArnFormat, type RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Alias, Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";

/** What the key is called, and how long it outlives the stack. */
export interface EncryptionProps {
  /** Name of the installation; the key's alias. */
  readonly name: string;
  /** What becomes of the key when the stack is deleted. What it encrypted can be read only as long as it is there. */
  readonly removalPolicy: RemovalPolicy;
}

/** What CloudWatch Logs needs to encrypt a log group. Source: AWS, "Encrypt log data in CloudWatch Logs using KMS". */
const LOGS_CALLS = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

/** What a service needs that writes messages into an encrypted queue or topic. */
const MESSAGE_CALLS = ["kms:Decrypt", "kms:GenerateDataKey"];

/** Services that write into the queues and topics of an installation. */
const MESSENGERS = ["cloudwatch", "events", "scheduler", "sns"];

/**
 * A key of the customer's own for everything that an installation keeps. It rotates every year. Identities of the account
 * get at it by their IAM policies; AWS services by its own policy, for this account's resources only. `docs/security.md`
 * has the same policy for a key that somebody else makes.
 */
export class Encryption extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, props: EncryptionProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    this.key = new Key(this, "Key", {
      description: `Sluice installation "${props.name}": table, objects, parameters, queues, logs, machines, functions`,
      enableKeyRotation: true,
      removalPolicy: props.removalPolicy,
    });
    new Alias(this, "Alias", { aliasName: `alias/${props.name}`, targetKey: this.key });
    this.#allow(`logs.${region}`, LOGS_CALLS, {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": Stack.of(this).formatArn({
          service: "logs",
          resource: "log-group",
          resourceName: "*",
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      },
    });
    // A state machine's log is delivered by another service than the one that keeps it.
    this.#allow("delivery.logs", ["kms:Decrypt"], { StringEquals: { "aws:SourceAccount": account } });
    for (const service of MESSENGERS) {
      this.#allow(service, MESSAGE_CALLS, { StringEquals: { "aws:SourceAccount": account } });
    }
  }

  #allow(service: string, actions: readonly string[], conditions: Record<string, Record<string, string>>): void {
    this.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
        actions: [...actions],
        // In a key's policy, this key.
        resources: ["*"],
        conditions,
      }),
    );
  }
}

import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY } from "aws-cdk-lib/cx-api";
import { Construct } from "constructs";
import { OBJECT_PREFIXES } from "../../functions/contract.ts";

/** A rerun may read the directories and spilled outputs of a run for this long; plans are kept for ever (they are small). */
const RUN_OBJECTS_LIFETIME = Duration.days(90);
/** Who read what: as long as a person takes to ask. */
const ACCESS_LOGS_LIFETIME = Duration.days(90);
/** An upload that an agent broke off. */
const INCOMPLETE_UPLOAD_LIFETIME = Duration.days(1);

/** How objects are encrypted and how long they outlive the stack. */
export interface ObjectBucketProps {
  /**
   * Key of the customer that encrypts the objects.
   * @default - keys that S3 owns
   */
  readonly encryptionKey?: IKey | undefined;
  /**
   * What becomes of the buckets when the stack is deleted; they are emptied only where this is `DESTROY`.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy | undefined;
}

/** Plans, directories that actions hand on, and outputs too large for the table: TLS only, encrypted, access logged. */
export class ObjectBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: ObjectBucketProps = {}) {
    super(scope, id);
    // Log delivery by bucket policy, also in an application that has not set this flag: ACLs are off.
    this.node.setContext(S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY, true);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    const everyBucket = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy,
    };
    const accessLogs = new Bucket(this, "AccessLogs", {
      ...everyBucket,
      // Log delivery can write to a bucket under keys that S3 owns only.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: ACCESS_LOGS_LIFETIME }],
    });
    this.bucket = new Bucket(this, "Bucket", {
      ...everyBucket,
      ...(props.encryptionKey === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey: props.encryptionKey, bucketKeyEnabled: true }),
      // aws-cdk-lib's own declarations do not agree under exactOptionalPropertyTypes (`policy`).
      serverAccessLogsBucket: accessLogs as IBucket,
      serverAccessLogsPrefix: "objects/",
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: INCOMPLETE_UPLOAD_LIFETIME },
        { prefix: `${OBJECT_PREFIXES.directories}/`, expiration: RUN_OBJECTS_LIFETIME },
        { prefix: `${OBJECT_PREFIXES.largeValues}/`, expiration: RUN_OBJECTS_LIFETIME },
        { prefix: `${OBJECT_PREFIXES.files}/`, expiration: RUN_OBJECTS_LIFETIME },
      ],
    });
    Validations.of(accessLogs).acknowledge({
      id: "AwsSolutions-S1",
      reason: "This is the bucket that receives the access logs; logging its own writes would never end.",
    });
  }
}

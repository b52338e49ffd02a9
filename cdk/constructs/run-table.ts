import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { EXPIRY_ATTRIBUTE, LISTED_ATTRIBUTES, LISTED_INDEXES, LIVING_INDEX } from "../../functions/contract.ts";

/** How the table is encrypted and how long it outlives the stack. */
export interface RunTableProps {
  /**
   * Key of the customer that encrypts the table.
   * @default - a key that DynamoDB owns
   */
  readonly encryptionKey?: IKey | undefined;
  /**
   * What becomes of the table when the stack is deleted.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy | undefined;
}

/**
 * The one table: runs, actions, attempts and outputs. Its shape is `tableDefinition` of `functions/records/table.ts`,
 * and a test holds both together. `living` indexes what `sweep` must look at again and nothing else; two more list runs.
 */
export class RunTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, props: RunTableProps = {}) {
    super(scope, id);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      // Only what is a ledger has it: times of `cron` that have passed.
      timeToLiveAttribute: EXPIRY_ATTRIBUTE,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy,
      ...(props.encryptionKey === undefined
        ? {}
        : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: props.encryptionKey }),
    });
    this.table.addGlobalSecondaryIndex({
      indexName: LIVING_INDEX,
      partitionKey: { name: "living", type: AttributeType.STRING },
      sortKey: { name: "checkAt", type: AttributeType.NUMBER },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    const { all, ofPipeline } = LISTED_INDEXES;
    this.#addListedIndex(all, [ofPipeline.key, ...LISTED_ATTRIBUTES]);
    this.#addListedIndex(ofPipeline, LISTED_ATTRIBUTES);
  }

  #addListedIndex({ name, key }: { readonly name: string; readonly key: string }, held: readonly string[]): void {
    this.table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: { name: key, type: AttributeType.STRING },
      sortKey: { name: "listedAt", type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...held],
    });
  }
}

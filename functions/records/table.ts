import {
  type AttributeValue,
  type CreateTableCommandInput,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { LISTED_ATTRIBUTES, LISTED_INDEXES, LIVING_INDEX } from "../contract.ts";
import { hasName } from "../errors/has-name.ts";
import type { Runtime } from "../runtime.ts";
import { type Condition, type Placeholders, writeCondition } from "./condition.ts";
import type { ItemKey } from "./keys.ts";

/** The one table: created by `local/`, and asserted to be equal to what `cdk/` deploys. */
export function tableDefinition(tableName: string): CreateTableCommandInput {
  return {
    TableName: tableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: "sk", AttributeType: "S" },
      { AttributeName: "living", AttributeType: "S" },
      { AttributeName: "checkAt", AttributeType: "N" },
      { AttributeName: LISTED_INDEXES.all.key, AttributeType: "S" },
      { AttributeName: LISTED_INDEXES.ofPipeline.key, AttributeType: "S" },
      { AttributeName: "listedAt", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: LIVING_INDEX,
        KeySchema: [
          { AttributeName: "living", KeyType: "HASH" },
          { AttributeName: "checkAt", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
      listedIndex(LISTED_INDEXES.all, [LISTED_INDEXES.ofPipeline.key, ...LISTED_ATTRIBUTES]),
      listedIndex(LISTED_INDEXES.ofPipeline, LISTED_ATTRIBUTES),
    ],
  };
}

function listedIndex({ name, key }: { readonly name: string; readonly key: string }, held: readonly string[]) {
  return {
    IndexName: name,
    KeySchema: [
      { AttributeName: key, KeyType: "HASH" as const },
      { AttributeName: "listedAt", KeyType: "RANGE" as const },
    ],
    Projection: { ProjectionType: "INCLUDE" as const, NonKeyAttributes: [...held] },
  };
}

type Store = Pick<Runtime, "clients" | "environment">;

/** An item as plain values; the record files give it a type. */
export type Item = { readonly [name: string]: unknown };

/** What one update does to an item. */
export interface ItemChange {
  readonly set?: Item;
  /** Set only where the attribute does not exist. */
  readonly setOnce?: Item;
  /** Adds to sets of text. */
  readonly add?: { readonly [name: string]: ReadonlySet<string> };
  readonly remove?: readonly string[];
}

/** A map with a key `constructor`, which a user may have named so, is taken for an instance of a class otherwise. */
const AS_PLAIN = { removeUndefinedValues: true, convertClassInstanceToMap: true } as const;

/** Reads one item consistently. */
export async function getItem(store: Store, key: ItemKey): Promise<Item | undefined> {
  const answer = await store.clients.dynamodb.send(
    new GetItemCommand({ TableName: store.environment.tableName, Key: marshall(key), ConsistentRead: true }),
  );
  return answer.Item && unmarshall(answer.Item);
}

/** Writes a whole item if the condition holds; answers whether it did. */
export async function putItem(store: Store, item: ItemKey & Item, condition: Condition): Promise<boolean> {
  const expression = new ExpressionValues();
  const ConditionExpression = writeCondition(condition, expression);
  return conditionally(async () => {
    await store.clients.dynamodb.send(
      new PutItemCommand({
        TableName: store.environment.tableName,
        Item: marshall(item, AS_PLAIN),
        ConditionExpression,
        ...expression.request(),
      }),
    );
    return true;
  }, false);
}

/** Changes an item if the condition holds; answers the whole new item, or `undefined` where it does not hold. */
export async function updateItem(
  store: Store,
  key: ItemKey,
  change: ItemChange,
  condition: Condition,
): Promise<Item | undefined> {
  const expression = new ExpressionValues();
  const sets = [
    ...definedEntries(change.set).map(([name, value]) => `${expression.name(name)} = ${expression.value(value)}`),
    ...definedEntries(change.setOnce).map(([name, value]) => {
      const placeholder = expression.name(name);
      return `${placeholder} = if_not_exists(${placeholder}, ${expression.value(value)})`;
    }),
  ];
  const adds = Object.entries(change.add ?? {}).map(
    ([name, value]) => `${expression.name(name)} ${expression.value(value)}`,
  );
  const removes = (change.remove ?? []).map((name) => expression.name(name));
  const clauses = [clause("SET", sets), clause("ADD", adds), clause("REMOVE", removes)];
  const ConditionExpression = writeCondition(condition, expression);
  return conditionally(async () => {
    const answer = await store.clients.dynamodb.send(
      new UpdateItemCommand({
        TableName: store.environment.tableName,
        Key: marshall(key),
        UpdateExpression: clauses.filter((text) => text !== "").join(" "),
        ConditionExpression,
        ReturnValues: "ALL_NEW",
        ...expression.request(),
      }),
    );
    return unmarshall(answer.Attributes ?? {});
  }, undefined);
}

/** Every item of a partition whose sort key begins with a text, in order, read consistently. */
export async function queryItems(store: Store, pk: string, skPrefix: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const answer = await store.clients.dynamodb.send(
      new QueryCommand({
        TableName: store.environment.tableName,
        ConsistentRead: true,
        KeyConditionExpression: skPrefix === "" ? "pk = :pk" : "pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues: marshall(skPrefix === "" ? { ":pk": pk } : { ":pk": pk, ":sk": skPrefix }),
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(answer.Items ?? []).map((item) => unmarshall(item)));
    start = answer.LastEvaluatedKey;
  } while (start);
  return items;
}

/** Keys of the living things of one kind that are due, the most overdue first. */
export async function queryDue(store: Store, living: string, now: number, limit: number): Promise<readonly ItemKey[]> {
  const answer = await store.clients.dynamodb.send(
    new QueryCommand({
      TableName: store.environment.tableName,
      IndexName: LIVING_INDEX,
      KeyConditionExpression: "living = :living AND checkAt <= :now",
      ExpressionAttributeValues: marshall({ ":living": living, ":now": now }),
      Limit: limit,
    }),
  );
  return (answer.Items ?? []).flatMap((item) => {
    const { pk, sk } = unmarshall(item);
    return typeof pk === "string" && typeof sk === "string" ? [{ pk, sk }] : [];
  });
}

/** Deletes an item if the condition holds; answers whether it did. */
export async function deleteItem(store: Store, key: ItemKey, condition: Condition): Promise<boolean> {
  const expression = new ExpressionValues();
  const ConditionExpression = writeCondition(condition, expression);
  return conditionally(async () => {
    await store.clients.dynamodb.send(
      new DeleteItemCommand({
        TableName: store.environment.tableName,
        Key: marshall(key),
        ConditionExpression,
        ...expression.request(),
      }),
    );
    return true;
  }, false);
}

/** One page of an index, the highest sort key first. */
export interface IndexPage {
  readonly items: readonly Item[];
  /** The index has more behind the last of them. */
  readonly hasMore: boolean;
}

/** Reads at most `limit` items of one partition of an index backwards; `before` is the key of an item of the index, which is left out. */
export async function queryNewest(
  store: Store,
  index: { readonly name: string; readonly key: string },
  partition: string,
  limit: number,
  before: Item | undefined,
): Promise<IndexPage> {
  const answer = await store.clients.dynamodb.send(
    new QueryCommand({
      TableName: store.environment.tableName,
      IndexName: index.name,
      KeyConditionExpression: "#key = :partition",
      ExpressionAttributeNames: { "#key": index.key },
      ExpressionAttributeValues: marshall({ ":partition": partition }),
      ScanIndexForward: false,
      Limit: limit,
      ...(before && { ExclusiveStartKey: marshall(before) }),
    }),
  );
  return {
    items: (answer.Items ?? []).map((item) => unmarshall(item)),
    hasMore: answer.LastEvaluatedKey !== undefined,
  };
}

/** The last `limit` items of a partition whose sort key begins with a text, the last first, read consistently. */
export async function queryNewestItems(
  store: Store,
  pk: string,
  skPrefix: string,
  limit: number,
): Promise<readonly Item[]> {
  const answer = await store.clients.dynamodb.send(
    new QueryCommand({
      TableName: store.environment.tableName,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
      ExpressionAttributeValues: marshall({ ":pk": pk, ":sk": skPrefix }),
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return (answer.Items ?? []).map((item) => unmarshall(item));
}

function clause(word: string, parts: readonly string[]): string {
  return parts.length === 0 ? "" : `${word} ${parts.join(", ")}`;
}

function definedEntries(values: Item | undefined): [string, unknown][] {
  return Object.entries(values ?? {}).filter(([, value]) => value !== undefined);
}

async function conditionally<T>(write: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (hasName(error, "ConditionalCheckFailedException")) {
      return otherwise;
    }
    throw error;
  }
}

/** The placeholders of one request; DynamoDB refuses a request that declares one and does not use it. */
class ExpressionValues implements Placeholders {
  readonly #names = new Map<string, string>();
  readonly #values: unknown[] = [];

  name(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) {
      return known;
    }
    const placeholder = `#n${this.#names.size}`;
    this.#names.set(name, placeholder);
    return placeholder;
  }

  value(value: unknown): string {
    this.#values.push(value);
    return `:v${this.#values.length - 1}`;
  }

  request(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, AttributeValue>;
  } {
    const names = [...this.#names].map(([name, placeholder]) => [placeholder, name]);
    const values: Record<string, unknown> = Object.fromEntries(
      this.#values.map((value, index) => [`:v${index}`, value]),
    );
    return {
      ...(names.length > 0 && { ExpressionAttributeNames: Object.fromEntries(names) }),
      ...(this.#values.length > 0 && { ExpressionAttributeValues: marshall(values, AS_PLAIN) }),
    };
  }
}

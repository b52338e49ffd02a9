import * as z from "zod";
import type { Json } from "../../compiler/index.ts";
import type { Runtime } from "../runtime.ts";
import { absent, any, atMost } from "./condition.ts";
import { outputKey, runOutputKey } from "./keys.ts";
import { INLINE_TEXT_BYTES, readLargeText, storeLargeText } from "./large-text.ts";
import { type Item, putItem, queryItems } from "./table.ts";

const outputRecord = z.object({
  key: z.string(),
  name: z.string(),
  /** Attempt that put it out; the latest one wins. */
  attempt: z.number(),
  /** `text`: `value` is the value. `json`: `value` is JSON text of a value of another type. */
  type: z.enum(["text", "json"]),
  value: z.string().optional(),
  /** Object that holds the text, where it is larger than 32 KiB. */
  objectKey: z.string().optional(),
  bytes: z.number(),
});

/** One output of an action (or of the pipeline, then `key` is empty), as it is kept. */
export type OutputRecord = Readonly<z.infer<typeof outputRecord>>;

/** Whose output it is. `attempt` orders writers: an older attempt never overwrites a younger one. */
export interface OutputOwner {
  readonly runId: string;
  /** Empty for the pipeline itself. */
  readonly key: string;
  readonly attempt: number;
}

/** The text under which a value is kept, and what its limit counts. */
export function outputText(value: Json): { readonly type: "text" | "json"; readonly text: string } {
  return typeof value === "string" ? { type: "text", text: value } : { type: "json", text: JSON.stringify(value) };
}

/** Records one output; the object is written before the pointer to it. */
export async function writeOutput(runtime: Runtime, owner: OutputOwner, name: string, value: Json): Promise<void> {
  const { type, text } = outputText(value);
  const bytes = Buffer.byteLength(text);
  const place = bytes > INLINE_TEXT_BYTES ? { objectKey: await storeLarge(runtime, owner, text) } : { value: text };
  const key = owner.key === "" ? runOutputKey(owner.runId, name) : outputKey(owner.runId, owner.key, name);
  await putItem(
    runtime,
    { ...key, key: owner.key, name, attempt: owner.attempt, type, bytes, ...place },
    any(absent("pk"), atMost("attempt", owner.attempt)),
  );
}

/** Records several outputs of one owner; of those with one name the last counts. Answers the names. */
export async function writeOutputs(
  runtime: Runtime,
  owner: OutputOwner,
  outputs: readonly { readonly name: string; readonly value: Json }[],
): Promise<ReadonlySet<string>> {
  const latest = new Map(outputs.map(({ name, value }) => [name, value]));
  await Promise.all([...latest].map(([name, value]) => writeOutput(runtime, owner, name, value)));
  return new Set(latest.keys());
}

/** The type of an output's item; throws where it has another shape. */
export function parseOutput(item: Item): OutputRecord {
  return outputRecord.parse(item);
}

/** What one attempt of an action has put out, with the values. A new attempt starts without the outputs of the last one. */
export async function readOutputs(runtime: Runtime, owner: OutputOwner): Promise<ReadonlyMap<string, Json>> {
  const { pk, sk } = outputKey(owner.runId, owner.key);
  const items = await queryItems(runtime, pk, sk);
  const records = items.map(parseOutput).filter((record) => record.attempt === owner.attempt);
  const values = await Promise.all(records.map(async (record) => readOutputValue(runtime, record)));
  return new Map(records.map((record, index) => [record.name, values[index] ?? null]));
}

/** The value of an output, from its record or from the object that the record points to. */
export async function readOutputValue(runtime: Runtime, record: OutputRecord): Promise<Json> {
  const text = record.value ?? (record.objectKey === undefined ? "" : await readLargeText(runtime, record.objectKey));
  return record.type === "text" ? text : json.parse(JSON.parse(text));
}

function storeLarge(runtime: Runtime, { runId, key, attempt }: OutputOwner, text: string): Promise<string> {
  const of = key === "" ? "run-outputs" : `outputs/${key}/${attempt}`;
  return storeLargeText(runtime, `${runId}/${of}`, text);
}

/** Any JSON value. */
export const json: z.ZodType<Json> = z.json();

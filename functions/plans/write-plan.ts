import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { planObjects } from "./contract.ts";

/** Where plans are kept. */
export interface PlanStore {
  readonly s3: S3Client;
  readonly bucketName: string;
}

/** What makes a plan the pipeline's current one. */
export interface PlanPointer {
  readonly pipeline: string;
  readonly planHash: string;
  /** Name of the state machine (with its version, where it has one) that runs the plan. */
  readonly machine: string;
}

/** Objects written at a time. */
const PARALLEL_WRITES = 16;

/**
 * Writes a plan's documents and then the pointer to them: a crash on the way leaves the old plan current. Answers the
 * key of the pointer.
 */
export async function writePlan(
  store: PlanStore,
  documents: { readonly [key: string]: string },
  { pipeline, planHash, machine }: PlanPointer,
): Promise<string> {
  await writeDocuments(store, documents);
  const pointer = planObjects.current(pipeline);
  await write(store, pointer, JSON.stringify({ planHash, machine }));
  return pointer;
}

/** Writes a plan's documents, the last of them when all others stand: whoever finds it finds the whole plan. */
export async function writeDocuments(store: PlanStore, documents: { readonly [key: string]: string }): Promise<void> {
  const entries = Object.entries(documents);
  const last = entries.pop();
  for (let start = 0; start < entries.length; start += PARALLEL_WRITES) {
    const some = entries.slice(start, start + PARALLEL_WRITES);
    await Promise.all(some.map(([key, text]) => write(store, key, text)));
  }
  if (last !== undefined) {
    await write(store, ...last);
  }
}

async function write(store: PlanStore, key: string, text: string): Promise<void> {
  await store.s3.send(
    new PutObjectCommand({ Bucket: store.bucketName, Key: key, Body: text, ContentType: "application/json" }),
  );
}

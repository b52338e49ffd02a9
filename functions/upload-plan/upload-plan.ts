import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { planObjects } from "../plans/contract.ts";
import type { UploadPlanProperties } from "./contract.ts";

/** Objects written at a time. */
const PARALLEL_WRITES = 16;

const documents = z.record(z.string(), z.string());

/** Where a deployment's plan goes. */
export interface PlanStore {
  readonly s3: S3Client;
  readonly bucketName: string;
}

/**
 * Copies the plan of a deployment into the installation's bucket and then makes it the pipeline's current one: a crash
 * on the way leaves the old plan current. Answers the key of the pointer, which identifies the custom resource.
 */
export async function uploadPlan(store: PlanStore, properties: UploadPlanProperties): Promise<string> {
  const source = await store.s3.send(
    new GetObjectCommand({ Bucket: properties.sourceBucket, Key: properties.sourceKey }),
  );
  const entries = Object.entries(documents.parse(JSON.parse((await source.Body?.transformToString()) ?? "")));
  for (let start = 0; start < entries.length; start += PARALLEL_WRITES) {
    const some = entries.slice(start, start + PARALLEL_WRITES);
    await Promise.all(some.map(([key, text]) => write(store, key, text)));
  }
  const pointer = planObjects.current(properties.pipeline);
  await write(store, pointer, JSON.stringify({ planHash: properties.planHash, machine: properties.machine }));
  return pointer;
}

/** Takes the pointer away; the plans stay, because runs that are under way need theirs. */
export async function removePointer(store: PlanStore, pointer: string): Promise<void> {
  await store.s3.send(new DeleteObjectCommand({ Bucket: store.bucketName, Key: pointer }));
}

async function write(store: PlanStore, key: string, text: string): Promise<void> {
  await store.s3.send(
    new PutObjectCommand({ Bucket: store.bucketName, Key: key, Body: text, ContentType: "application/json" }),
  );
}

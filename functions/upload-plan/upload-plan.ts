import { DeleteObjectCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import { z } from "zod";
import { type PlanStore, writePlan } from "../plans/write-plan.ts";
import type { UploadPlanProperties } from "./contract.ts";

const documents = z.record(z.string(), z.string());

/**
 * Copies the plan of a deployment into the installation's bucket and makes it the pipeline's current one. Answers the
 * key of the pointer, which identifies the custom resource.
 */
export async function uploadPlan(store: PlanStore, properties: UploadPlanProperties): Promise<string> {
  const source = await store.s3.send(
    new GetObjectCommand({ Bucket: properties.sourceBucket, Key: properties.sourceKey }),
  );
  const text = (await source.Body?.transformToString()) ?? "";
  return writePlan(store, documents.parse(JSON.parse(text)), properties);
}

/** Takes the pointer away; the plans stay, because runs that are under way need theirs. */
export async function removePointer(store: PlanStore, pointer: string): Promise<void> {
  await store.s3.send(new DeleteObjectCommand({ Bucket: store.bucketName, Key: pointer }));
}

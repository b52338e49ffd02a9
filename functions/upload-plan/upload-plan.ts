import { DeleteObjectCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import { planObjects } from "../plans/contract.ts";
import { type PlanStore, writePlan } from "../plans/write-plan.ts";
import { putSchedules, removeSchedules, type ScheduleStore } from "../schedules/put-schedules.ts";
import type { UploadPlanProperties } from "./contract.ts";

/** Where plans go, and their schedules. */
export interface DeployedPlans extends PlanStore {
  readonly schedules: ScheduleStore | undefined;
}

const documents = z.record(z.string(), z.string());

/** The part of a plan's index that is read here. */
const scheduledPlan = z.object({
  schedule: z
    .object({
      cron: z.string(),
      expressions: z.array(z.string()),
      timezone: z.string(),
      overlap: z.enum(["forbid", "replace", "allow"]),
    })
    .optional(),
});

/**
 * Copies the plan of a deployment into the installation's bucket, makes it the pipeline's current one, and its `cron`
 * the one by which runs start. Answers the key of the pointer, which identifies the custom resource.
 */
export async function uploadPlan(store: DeployedPlans, properties: UploadPlanProperties): Promise<string> {
  const { pipeline, planHash, sourceBucket, sourceKey } = properties;
  const source = await store.s3.send(new GetObjectCommand({ Bucket: sourceBucket, Key: sourceKey }));
  const texts = documents.parse(JSON.parse((await source.Body?.transformToString()) ?? ""));
  const pointer = await writePlan(store, texts, properties);
  const { schedule } = scheduledPlan.parse(JSON.parse(texts[planObjects.index(planHash)] ?? ""));
  if (store.schedules !== undefined) {
    await putSchedules(store.schedules, pipeline, schedule);
  } else if (schedule !== undefined) {
    throw new Error(`The pipeline "${pipeline}" has "cron", and this installation has no schedule group.`);
  }
  return pointer;
}

/** Takes the pointer and the schedules away; the plans stay, because runs that are under way need theirs. */
export async function removePointer(store: DeployedPlans, pointer: string): Promise<void> {
  const pipeline = planObjects.pipelineOf(pointer);
  if (store.schedules !== undefined && pipeline !== undefined) {
    await removeSchedules(store.schedules, pipeline);
  }
  await store.s3.send(new DeleteObjectCommand({ Bucket: store.bucketName, Key: pointer }));
}

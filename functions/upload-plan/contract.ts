import * as z from "zod";
import type { Permission } from "../../actions/executors/contract.ts";
import { PUT_SCHEDULES_PERMISSIONS } from "../schedules/contract.ts";

/** Properties of the custom resource `Custom::SluicePlan`, as CloudFormation hands them over. */
export const uploadPlanProperties = z.object({
  /** Where `cdk` put the documents: a JSON object, key of the object -> its text. */
  sourceBucket: z.string(),
  sourceKey: z.string(),
  /** Pipeline key, plan and machine version of the pointer that is written last. */
  pipeline: z.string(),
  planHash: z.string(),
  machine: z.string(),
});

/** What a deployment tells the function. */
export type UploadPlanProperties = z.infer<typeof uploadPlanProperties>;

/** What the function may call; it also reads the objects of the assets' buckets that deployments use. */
export const UPLOAD_PLAN_PERMISSIONS: readonly Permission[] = [
  { actions: ["s3:PutObject"], on: "plans" },
  { actions: ["s3:DeleteObject", "s3:PutObject"], on: "currentPlans" },
  ...PUT_SCHEDULES_PERMISSIONS,
];

import { S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import middy from "@middy/core";
import type { CloudFormationCustomResourceEvent, Context } from "aws-lambda";
import { RUNTIME_ENVIRONMENT } from "../contract.ts";
import type { PlanStore } from "../plans/write-plan.ts";
import { schedulePlaceFrom } from "../schedules/place-from-environment.ts";
import type { ScheduleStore } from "../schedules/put-schedules.ts";
import { answerCloudFormation } from "./answer-cloudformation.ts";
import { uploadPlanProperties } from "./contract.ts";
import { removePointer, uploadPlan } from "./upload-plan.ts";

/** Identifies a resource whose creation failed before there was a pointer, so that there is nothing to take away. */
const NOTHING = "nothing";

/** What the function reaches outside its own code. */
export interface UploadPlanPorts extends PlanStore {
  /** Where the schedules of pipelines with `cron` are made; without it such a pipeline cannot be deployed. */
  readonly schedules: ScheduleStore | undefined;
  /** Sends CloudFormation's answer to the URL of the request. */
  readonly answer: (url: string, body: string) => Promise<void>;
}

/** The function behind `Custom::SluicePlan`. Every request is answered, also one that fails. */
export function createHandler(ports: UploadPlanPorts) {
  return middy<CloudFormationCustomResourceEvent, string>()
    .use(answerCloudFormation(ports.answer, NOTHING))
    .handler(async (event) => {
      if (event.RequestType !== "Delete") {
        return uploadPlan(ports, uploadPlanProperties.parse(event.ResourceProperties));
      }
      if (event.PhysicalResourceId !== NOTHING) {
        await removePointer(ports, event.PhysicalResourceId);
      }
      return event.PhysicalResourceId;
    });
}

let shared: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry. */
export const handler = (event: CloudFormationCustomResourceEvent, context: Context): Promise<string> => {
  const place = schedulePlaceFrom(process.env);
  shared ??= createHandler({
    s3: new S3Client({}),
    schedules: place && { scheduler: new SchedulerClient({}), place },
    bucketName: process.env[RUNTIME_ENVIRONMENT.bucketName] ?? "",
    answer: async (url, body) => {
      // CloudFormation signed the URL for a request without a content type.
      const response = await fetch(url, { method: "PUT", body: new TextEncoder().encode(body) });
      if (!response.ok) {
        throw new Error(`CloudFormation answered ${response.status}.`);
      }
    },
  });
  return shared(event, context);
};

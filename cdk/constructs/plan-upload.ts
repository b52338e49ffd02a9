import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CustomResource } from "aws-cdk-lib";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { Construct } from "constructs";
import type { Plan } from "../../compiler/index.ts";
import { planDocuments } from "../../functions/plans/contract.ts";
import type { UploadPlanProperties } from "../../functions/upload-plan/contract.ts";
import { grant } from "./grant.ts";
import { scratchDirectory } from "./scratch.ts";
import type { SystemFunction } from "./system-function.ts";

/** The plan to upload, and who does it. */
export interface PlanUploadProps {
  /** The function `upload-plan`. */
  readonly uploader: SystemFunction;
  readonly plan: Plan;
  readonly planHash: string;
  /** Name of the state machine version that runs this plan, as it stands at the end of its ARN. */
  readonly machine: string;
}

/**
 * Writes the plan's objects and then the pointer to them, so that a run never finds half a plan. Old plans stay: they
 * are content-addressed, and a run that is under way needs the one that it began with.
 */
export class PlanUpload extends Construct {
  constructor(scope: Construct, id: string, props: PlanUploadProps) {
    super(scope, id);
    const asset = new Asset(this, "Documents", { path: writeDocuments(props.plan, props.planHash) });
    // All objects of the assets' bucket: a statement per asset would change with every deployment, and IAM takes
    // longer to hear of it than the deployment takes to call the function.
    grant(props.uploader.role, {
      actions: ["s3:GetObject"],
      resources: [asset.bucket.arnForObjects("*")],
      wildcardReason: "The assets of deployments, of which each has new ones.",
    });
    const properties: UploadPlanProperties = {
      sourceBucket: asset.s3BucketName,
      sourceKey: asset.s3ObjectKey,
      pipeline: props.plan.pipeline,
      planHash: props.planHash,
      machine: props.machine,
    };
    const resource = new CustomResource(this, "Resource", {
      resourceType: "Custom::SluicePlan",
      serviceToken: props.uploader.lambda.functionArn,
      properties,
    });
    resource.node.addDependency(props.uploader.role);
  }
}

/** All objects of the plan as one file, which CDK takes as an asset. */
function writeDocuments(plan: Plan, planHash: string): string {
  const file = join(scratchDirectory(), "plan.json");
  writeFileSync(file, JSON.stringify(planDocuments(plan, planHash)));
  return file;
}

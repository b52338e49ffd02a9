import type { Compilation } from "../../compiler/index.ts";
import type { Runtime } from "../runtime.ts";
import { planDocuments } from "./contract.ts";
import { writePlan } from "./write-plan.ts";

/** Uploads the plan of a compilation and makes it the pipeline's current one. */
export async function publishPlan(runtime: Runtime, { plan, planHash, machine }: Compilation): Promise<void> {
  await writePlan(
    { s3: runtime.clients.s3, bucketName: runtime.environment.bucketName },
    planDocuments(plan, planHash),
    { pipeline: plan.pipeline, planHash, machine: machine.name },
  );
}

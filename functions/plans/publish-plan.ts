import type { Compilation } from "../../compiler/index.ts";
import type { Runtime } from "../runtime.ts";
import { putSchedules, scheduleStore } from "../schedules/put-schedules.ts";
import { planDocuments } from "./contract.ts";
import { findPlanIndex } from "./read-plan.ts";
import { writeDocuments, writePlan } from "./write-plan.ts";

/** Uploads the plan of a compilation and makes it the pipeline's current one, by whose `cron` runs start from now on. */
export async function publishPlan(runtime: Runtime, { plan, planHash, machine }: Compilation): Promise<void> {
  await writePlan(
    { s3: runtime.clients.s3, bucketName: runtime.environment.bucketName },
    planDocuments(plan, planHash),
    { pipeline: plan.pipeline, planHash, machine: machine.name },
  );
  // Where an installation has no schedules (one that runs a single pipeline), `cron` starts nothing.
  if (runtime.environment.schedules !== undefined) {
    await putSchedules(scheduleStore(runtime), plan.pipeline, plan.schedule);
  }
}

/**
 * Uploads the plan of a compilation for the runs that name it, and leaves the pipeline's current one as it is. A plan
 * that is there is not written again.
 */
export async function storePlan(
  runtime: Runtime,
  { plan, planHash }: Pick<Compilation, "plan" | "planHash">,
): Promise<void> {
  if ((await findPlanIndex(runtime, planHash)) === undefined) {
    const store = { s3: runtime.clients.s3, bucketName: runtime.environment.bucketName };
    await writeDocuments(store, planDocuments(plan, planHash));
  }
}

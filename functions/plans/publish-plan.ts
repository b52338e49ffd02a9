import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { Compilation } from "../../compiler/index.ts";
import type { Runtime } from "../runtime.ts";
import { planObjects } from "./contract.ts";

/** Objects written at a time. */
const PARALLEL_WRITES = 16;

/**
 * Uploads the plan of a compilation and makes it the pipeline's current one. The actions and the index are written
 * before the pointer to them, so a crash leaves the old plan current.
 */
export async function publishPlan(runtime: Runtime, compilation: Compilation): Promise<void> {
  const { plan, planHash, machine } = compilation;
  const { actions, ...index } = plan;
  const documents: [string, unknown][] = [
    [planObjects.index(planHash), index],
    ...actions.map((action): [string, unknown] => [planObjects.action(planHash, action.key), action]),
  ];
  for (let start = 0; start < documents.length; start += PARALLEL_WRITES) {
    await Promise.all(
      documents.slice(start, start + PARALLEL_WRITES).map(([key, value]) => writeJson(runtime, key, value)),
    );
  }
  await writeJson(runtime, planObjects.current(plan.pipeline), { planHash, machine: machine.name });
}

async function writeJson(runtime: Runtime, key: string, value: unknown): Promise<void> {
  await runtime.clients.s3.send(
    new PutObjectCommand({
      Bucket: runtime.environment.bucketName,
      Key: key,
      Body: JSON.stringify(value),
      ContentType: "application/json",
    }),
  );
}

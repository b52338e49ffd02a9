import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import * as z from "zod";
import { planObjects } from "../../plans/contract.ts";
import { readCurrentPlan, readPlanIndex } from "../../plans/read-plan.ts";
import type { ApiAnswer } from "../answer.ts";
import { limitParameter } from "../limit-parameter.ts";
import { readToken, writeToken } from "../page-token.ts";
import { type ApiRequest, readQuery } from "../request.ts";
import type { RunsApiRuntime } from "../runtime.ts";
import type { pipelineList } from "../schemas.ts";

/** The query of `GET /pipelines`. */
export const listPipelinesQuery = z.strictObject({
  limit: limitParameter({ fallback: 50, most: 100 }),
  after: z.string().exactOptional(),
});

const place = z.strictObject({ key: z.string() });

type PipelineList = ReturnType<(typeof pipelineList)["parse"]>;

/** `GET /pipelines`: those that were deployed. */
export async function listPipelines(runtime: RunsApiRuntime, request: ApiRequest): Promise<ApiAnswer> {
  const { limit, after } = readQuery(request, listPipelinesQuery);
  const answer = await runtime.clients.s3.send(
    new ListObjectsV2Command({
      Bucket: runtime.environment.bucketName,
      Prefix: planObjects.currentPrefix,
      MaxKeys: limit,
      ...(after !== undefined && { StartAfter: readToken(after, place).key }),
    }),
  );
  const keys = (answer.Contents ?? []).flatMap(({ Key }) => Key ?? []);
  const pipelines = await Promise.all(keys.map((key) => describePipeline(runtime, key)));
  const last = answer.IsTruncated ? keys.at(-1) : undefined;
  const body: PipelineList = {
    pipelines: pipelines.filter((pipeline) => pipeline !== undefined),
    ...(last !== undefined && { next: writeToken({ key: last }) }),
  };
  return { status: 200, body };
}

/** Undefined where it was taken away meanwhile. */
async function describePipeline(
  runtime: RunsApiRuntime,
  objectKey: string,
): Promise<PipelineList["pipelines"][number] | undefined> {
  const key = planObjects.pipelineOf(objectKey);
  const current = key === undefined ? undefined : await readCurrentPlan(runtime, key);
  if (key === undefined || current === undefined) {
    return undefined;
  }
  const plan = await readPlanIndex(runtime, current.planHash);
  return {
    pipeline: key,
    name: plan.name,
    planHash: current.planHash,
    params: plan.params.map(({ name, type, required, default: fallback }) => ({
      name,
      type,
      required: required && fallback === undefined,
    })),
    outputs: plan.outputs.map(({ name }) => name),
  };
}

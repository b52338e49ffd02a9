import { GetObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import type { PlanAction, PlanIndex } from "../../compiler/index.ts";
import { isMissingObject } from "../errors/is-missing-object.ts";
import type { Runtime } from "../runtime.ts";
import { planObjects } from "./contract.ts";

const currentPlan = z.object({
  planHash: z.string(),
  /** Name of the state machine of this plan; needed where a run is submitted without the machine's ARN. */
  machine: z.string().optional(),
});

/** What `pipelines/<pipeline>/current.json` holds. */
export type CurrentPlan = Readonly<z.infer<typeof currentPlan>>;

/** The index of a plan. Throws where there is no such plan. */
export async function readPlanIndex(runtime: Runtime, hash: string): Promise<PlanIndex> {
  return existing(planObjects.index(hash), await findPlanIndex(runtime, hash));
}

/** The index of a plan; `undefined` where there is no such plan. */
export async function findPlanIndex(runtime: Runtime, hash: string): Promise<PlanIndex | undefined> {
  return cached(runtime, planObjects.index(hash), isPlanIndex);
}

/** One action of a plan. Throws where the plan has no such action. */
export async function readPlanAction(runtime: Runtime, hash: string, actionKey: string): Promise<PlanAction> {
  const key = planObjects.action(hash, actionKey);
  return existing(key, await cached(runtime, key, isPlanAction));
}

/** The plan that a pipeline has at present; `undefined` where there is no such pipeline. */
export async function readCurrentPlan(runtime: Runtime, pipeline: string): Promise<CurrentPlan | undefined> {
  const text = await readText(runtime, planObjects.current(pipeline));
  return text === undefined ? undefined : currentPlan.parse(JSON.parse(text));
}

/** Plans are content-addressed, so what was read once stays right. A function sees few of them; 200 are some megabytes. */
const CACHED_DOCUMENTS = 200;
const caches = new WeakMap<object, Map<string, unknown>>();

function existing<T>(key: string, document: T | undefined): T {
  if (document === undefined) {
    throw new Error(`The object "${key}" does not exist.`);
  }
  return document;
}

async function cached<T>(
  runtime: Runtime,
  key: string,
  isRight: (value: unknown) => value is T,
): Promise<T | undefined> {
  const cache = caches.get(runtime.clients) ?? new Map<string, unknown>();
  caches.set(runtime.clients, cache);
  const known = cache.get(key);
  if (isRight(known)) {
    return known;
  }
  const text = await readText(runtime, key);
  if (text === undefined) {
    return undefined;
  }
  const document: unknown = JSON.parse(text);
  if (!isRight(document)) {
    throw new Error(`The object "${key}" is not what it should be.`);
  }
  const [oldest] = cache.keys();
  if (cache.size >= CACHED_DOCUMENTS && oldest !== undefined) {
    cache.delete(oldest);
  }
  cache.set(key, document);
  return document;
}

async function readText(runtime: Runtime, key: string): Promise<string | undefined> {
  try {
    const answer = await runtime.clients.s3.send(
      new GetObjectCommand({ Bucket: runtime.environment.bucketName, Key: key }),
    );
    return await answer.Body?.transformToString();
  } catch (error) {
    if (isMissingObject(error)) {
      return undefined;
    }
    throw error;
  }
}

/** The hash in the key vouches for the content; this only tells apart which of our documents it is. */
function isPlanIndex(value: unknown): value is PlanIndex {
  return typeof value === "object" && value !== null && "format" in value && value.format === 1 && "order" in value;
}

function isPlanAction(value: unknown): value is PlanAction {
  return typeof value === "object" && value !== null && "key" in value && "kind" in value && "executor" in value;
}

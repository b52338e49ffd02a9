import * as z from "zod";

/** As much of a Job, a pod and an event as this executor looks at. Source: API reference of Kubernetes v1.33. */
const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: z.string().nullish(),
});

const metadata = z.object({
  name: z.string(),
  uid: z.string().optional(),
  namespace: z.string().optional(),
  labels: z.record(z.string(), z.string()).nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
  creationTimestamp: z.string().nullish(),
  deletionTimestamp: z.string().nullish(),
});

/** A Job as the API server shows it. */
export const observedJob = z.object({
  metadata,
  spec: z.object({ suspend: z.boolean().nullish(), activeDeadlineSeconds: z.number().nullish() }),
  status: z
    .object({
      startTime: z.string().nullish(),
      completionTime: z.string().nullish(),
      active: z.number().nullish(),
      succeeded: z.number().nullish(),
      failed: z.number().nullish(),
      conditions: z.array(condition).nullish(),
    })
    .nullish(),
});

/** One of the three that a container is in. */
const containerState = z.object({
  waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).nullish(),
  running: z.object({ startedAt: z.string().nullish() }).nullish(),
  terminated: z
    .object({
      exitCode: z.number(),
      signal: z.number().nullish(),
      reason: z.string().optional(),
      message: z.string().optional(),
    })
    .nullish(),
});

const containerStatus = z.object({
  name: z.string(),
  restartCount: z.number().optional(),
  image: z.string().optional(),
  state: containerState.nullish(),
  lastState: containerState.nullish(),
});

/** A pod as the API server shows it. */
export const observedPod = z.object({
  metadata,
  spec: z.object({
    nodeName: z.string().nullish(),
    initContainers: z.array(z.object({ name: z.string(), image: z.string().optional() })).nullish(),
    containers: z.array(z.object({ name: z.string(), image: z.string().optional() })).nullish(),
  }),
  status: z
    .object({
      phase: z.string().nullish(),
      reason: z.string().nullish(),
      message: z.string().nullish(),
      conditions: z.array(condition).nullish(),
      initContainerStatuses: z.array(containerStatus).nullish(),
      containerStatuses: z.array(containerStatus).nullish(),
    })
    .nullish(),
});

/** An event as the API server shows it. */
export const observedEvent = z.object({
  type: z.string().nullish(),
  reason: z.string().nullish(),
  message: z.string().nullish(),
  count: z.number().nullish(),
  firstTimestamp: z.string().nullish(),
  lastTimestamp: z.string().nullish(),
  eventTime: z.string().nullish(),
  metadata: z.object({ creationTimestamp: z.string().nullish() }),
});

/** One page of a list. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ metadata: z.object({ continue: z.string().nullish() }), items: z.array(item) });

/** A Job as it was read. */
export type ObservedJob = z.infer<typeof observedJob>;
/** A pod as it was read. */
export type ObservedPod = z.infer<typeof observedPod>;
/** An event as it was read. */
export type ObservedEvent = z.infer<typeof observedEvent>;
/** Status of one container of a pod. */
export type ObservedContainer = z.infer<typeof containerStatus>;

/** Whether the object has this condition, and it is true. */
export function trueCondition(of: ObservedJob | ObservedPod, type: string): z.infer<typeof condition> | undefined {
  return of.status?.conditions?.find((one) => one.type === type && one.status === "True");
}

/** The status of a container by its name, wherever the pod lists it. */
export function containerOf(pod: ObservedPod, name: string): ObservedContainer | undefined {
  const all = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  return all.find((container) => container.name === name);
}

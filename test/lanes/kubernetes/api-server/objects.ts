/** Metadata as the server keeps it. */
export interface ObjectMetadata {
  name: string;
  namespace: string;
  uid: string;
  resourceVersion: string;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  generateName?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string }[];
}

/** Whatever the server keeps. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMetadata;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  [field: string]: unknown;
}

/** A kind of object that the server knows. */
export interface Resource {
  readonly group: "" | "batch";
  readonly plural: "jobs" | "pods" | "secrets" | "events";
  readonly kind: "Job" | "Pod" | "Secret" | "Event";
}

export const RESOURCES: readonly Resource[] = [
  { group: "batch", plural: "jobs", kind: "Job" },
  { group: "", plural: "pods", kind: "Pod" },
  { group: "", plural: "secrets", kind: "Secret" },
  { group: "", plural: "events", kind: "Event" },
];

export type Plural = Resource["plural"];

export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: KubernetesObject;
}

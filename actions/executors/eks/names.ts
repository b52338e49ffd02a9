import { createHash } from "node:crypto";

/** Labels and annotations of everything that this executor makes. Source: Kubernetes, "Labels and Selectors". */
export const LABELS = {
  managedBy: "app.kubernetes.io/managed-by",
  /** Hash of the attempt's id: ids may be longer than the 63 characters of a label's value. */
  attempt: "sluice/attempt",
} as const;

/** Value of `LABELS.managedBy`. */
export const MANAGED_BY = "sluice";

/** What does not fit into a label: the attempt's id, and why it was asked to end. */
export const ANNOTATIONS = { attemptId: "sluice/attempt-id", cancelReason: "sluice/cancel-reason" } as const;

/** 32 hexadecimal digits for an attempt; two attempts never share them. */
export function attemptHash(attemptId: string): string {
  return createHash("sha256").update(attemptId).digest("hex").slice(0, 32);
}

/**
 * Name of the attempt's Job and of its Secret: 39 characters. The Job controller appends 6 for the pod, and copies the
 * name to a label, which takes 63.
 */
export function jobName(attemptId: string): string {
  return `sluice-${attemptHash(attemptId)}`;
}

/** Labels of what belongs to an attempt. */
export function attemptLabels(attemptId: string): { readonly [label: string]: string } {
  return { [LABELS.managedBy]: MANAGED_BY, [LABELS.attempt]: attemptHash(attemptId) };
}

/** Selects what belongs to an attempt; without one, everything that this executor has made. */
export function labelSelector(attemptId?: string): string {
  const ours = `${LABELS.managedBy}=${MANAGED_BY}`;
  return attemptId === undefined ? ours : `${ours},${LABELS.attempt}=${attemptHash(attemptId)}`;
}

/** Where a Job stands. Its handle stays right when the executor is given another namespace meanwhile. */
export interface JobPlace {
  readonly namespace: string;
  readonly name: string;
}

/** `<namespace>/<name>` */
export function handleOf({ namespace, name }: JobPlace): string {
  return `${namespace}/${name}`;
}

/** Where the Job of an attempt is. A handle that is none of this kind's counts as none. */
export function placeOf(
  attempt: { readonly attemptId: string; readonly handle?: string },
  namespace: string,
): JobPlace {
  const [, ownNamespace, name] = /^([a-z0-9-]{1,63})\/([a-z0-9.-]{1,253})$/.exec(attempt.handle ?? "") ?? [];
  return ownNamespace === undefined || name === undefined
    ? { namespace, name: jobName(attempt.attemptId) }
    : { namespace: ownNamespace, name };
}

import type { EKSClient } from "@aws-sdk/client-eks";
import type { z } from "zod";
import { CONTAINERS } from "../../../agent/protocol.ts";
import type { ActionExecutor, AttemptReference, AttemptSpecification } from "../executor.ts";
import { RetryableExecutorError, TerminalExecutorError } from "../executor-error.ts";
import { assumedRole } from "./assume-role.ts";
import { createClusterAccess } from "./cluster-access.ts";
import { EKS_KIND, type EksExecutorConfiguration } from "./contract.ts";
import { describeJob } from "./describe-job.ts";
import { attemptJob, attemptSecret, deadline } from "./job.ts";
import { isFinished, jobStatus } from "./job-status.ts";
import { createKubernetesApi, type KubernetesApiOptions } from "./kubernetes-api.ts";
import { ANNOTATIONS, handleOf, type JobPlace, LABELS, labelSelector, placeOf } from "./names.ts";
import { listOf, type ObservedJob, type ObservedPod, observedEvent, observedJob, observedPod } from "./observed.ts";
import type { CredentialProvider } from "./sign.ts";

/** What an EKS executor is made of. */
export interface EksExecutorOptions {
  /** Name of the instance, as pipelines choose it. */
  readonly name: string;
  readonly configuration: EksExecutorConfiguration;
  /** Only `send` is used. */
  readonly client: Pick<EKSClient, "send">;
  /** The function's own credentials. */
  readonly credentials: CredentialProvider;
  /** Milliseconds since the epoch. Default: the system's clock. */
  readonly now?: () => number;
  /** Calls STS where the configuration names a role. Default: `fetch`. */
  readonly fetch?: typeof fetch;
  /** For tests. */
  readonly api?: Pick<KubernetesApiOptions, "timeoutMilliseconds" | "wait">;
}

/** Longest reason that goes into an annotation; all annotations of an object share 256 KiB. */
const LONGEST_REASON = 1024;
/** Objects on one page of a list. */
const PAGE = 500;
/** Lines of the agent's log that `inspect` shows. */
const SHOWN_LINES = 20;
/** What a pod has to end when it is removed by force: the least that the kubelet waits before SIGKILL. */
const FORCED_GRACE_SECONDS = 1;

/** An executor that can look at all its attempts at once. */
export type EksExecutor = ActionExecutor & Required<Pick<ActionExecutor, "statusOfAll">>;

/**
 * Runs attempts as Jobs of a Kubernetes cluster. A Job's name comes from the attempt's id, so that the same attempt can
 * never run twice; it is made suspended, then gets its Secret, then is resumed. Whatever the agent does, the cluster
 * itself ends it at its deadline (`activeDeadlineSeconds`).
 */
export function createEksExecutor(options: EksExecutorOptions): EksExecutor {
  const { name, configuration, client, now = Date.now, fetch: send = fetch } = options;
  const { region, cluster, roleArn, namespace } = configuration;
  const credentials =
    roleArn === undefined ? options.credentials : assumedRole(region, roleArn, options.credentials, { send, now });
  const access = createClusterAccess({ region, cluster, client, credentials, now });
  const { call } = createKubernetesApi({ access, place: `EKS cluster "${cluster}"`, ...options.api });

  const jobs = (inNamespace: string) => `/apis/batch/v1/namespaces/${inNamespace}/jobs`;
  const core = (inNamespace: string, resource: string) => `/api/v1/namespaces/${inNamespace}/${resource}`;
  const pathOf = (place: JobPlace) => `${jobs(place.namespace)}/${place.name}`;

  const findAt = async (place: JobPlace): Promise<ObservedJob | undefined> => {
    const answer = await call({ method: "GET", path: pathOf(place), expected: [404] });
    return answer.status === 404 ? undefined : read(observedJob, answer.text);
  };

  /** Every page of a list. */
  const list = async <Item extends z.ZodType>(
    item: Item,
    path: string,
    query: Readonly<Record<string, string>>,
  ): Promise<z.infer<Item>[]> => {
    const items: z.infer<Item>[] = [];
    let next: string | undefined;
    do {
      const page = { ...query, limit: String(PAGE), ...(next !== undefined && { continue: next }) };
      const found = read(listOf(item), (await call({ method: "GET", path, query: page })).text);
      items.push(...found.items);
      next = found.metadata.continue || undefined;
    } while (next !== undefined);
    return items;
  };

  const podsOf = ({ attemptId }: AttemptReference, place: JobPlace): Promise<ObservedPod[]> =>
    list(observedPod, core(place.namespace, "pods"), { labelSelector: labelSelector(attemptId) });

  /** Makes the Job, or answers the one that an earlier call made. */
  const ensureJob = async (attempt: AttemptSpecification): Promise<ObservedJob> => {
    const place = placeOf({ attemptId: attempt.attemptId }, namespace);
    const body = attemptJob(configuration, attempt);
    const answer = await call({ method: "POST", path: jobs(namespace), body, expected: [409] });
    const job = answer.status === 409 ? await findAt(place) : read(observedJob, answer.text);
    if (job === undefined) {
      throw new RetryableExecutorError(`Job ${handleOf(place)} was there and is gone; it is made again.`);
    }
    return job;
  };

  const patch = async (place: JobPlace, body: object): Promise<void> => {
    await call({ method: "PATCH", path: pathOf(place), body, expected: [404] });
  };

  /** As much of the agent's log as its node still has; a log that cannot be had is no reason to tell nothing. */
  const lastLines = async (pod: ObservedPod, place: JobPlace): Promise<string | undefined> => {
    const path = `${core(place.namespace, "pods")}/${pod.metadata.name}/log`;
    const query = { container: CONTAINERS.agent, tailLines: String(SHOWN_LINES) };
    return call({ method: "GET", path, query }).then(
      ({ text }) => text,
      () => undefined,
    );
  };

  return {
    kind: EKS_KIND.kind,
    name,
    async exist(attempt) {
      const place = placeOf(attempt, namespace);
      const job = await findAt(place);
      if (job === undefined) {
        return { created: false, started: false };
      }
      return job.spec.suspend === true
        ? { created: true, started: false }
        : { created: true, started: true, handle: handleOf(place) };
    },
    async create(attempt) {
      await ensureJob(attempt);
    },
    async start(attempt) {
      if (attempt.handle !== undefined) {
        return attempt.handle;
      }
      const place = placeOf(attempt, namespace);
      const job = await ensureJob(attempt);
      if (job.spec.suspend === true) {
        const body = attemptSecret(configuration, attempt, job.metadata.uid ?? "");
        // A Secret that is there has a nonce that was accepted for this attempt, too.
        await call({ method: "POST", path: core(namespace, "secrets"), body, expected: [409] });
        await patch(place, { spec: { suspend: false } });
      }
      return handleOf(place);
    },
    async update(attempt, { deadlineSeconds }) {
      const place = placeOf(attempt, namespace);
      const job = deadlineSeconds === undefined ? undefined : await findAt(place);
      if (job === undefined || deadlineSeconds === undefined || isFinished(job)) {
        return;
      }
      // The Job counts from its start, the caller from now.
      const startTime = job.status?.startTime ?? undefined;
      const elapsed = startTime === undefined ? 0 : (now() - Date.parse(startTime)) / 1000;
      await patch(place, { spec: { activeDeadlineSeconds: deadline(Math.max(0, elapsed) + deadlineSeconds) } });
    },
    async status(attempt) {
      const place = placeOf(attempt, namespace);
      const job = await findAt(place);
      return job === undefined ? { phase: "unknown" } : jobStatus(job, await podsOf(attempt, place), now());
    },
    async statusOfAll() {
      const query = { labelSelector: labelSelector() };
      // Jobs first: a pod that is younger than the list of Jobs is not asked for.
      const found = await list(observedJob, jobs(namespace), query);
      const pods = Map.groupBy(await list(observedPod, core(namespace, "pods"), query), attemptLabel);
      return new Map(
        found.flatMap((job) => {
          const attemptId = job.metadata.annotations?.[ANNOTATIONS.attemptId];
          const own = pods.get(attemptLabel(job)) ?? [];
          return attemptId === undefined ? [] : [[attemptId, jobStatus(job, own, now())] as const];
        }),
      );
    },
    async inspect(attempt) {
      const place = placeOf(attempt, namespace);
      const job = await findAt(place);
      if (job === undefined) {
        return `No Job ${handleOf(place)} is in EKS cluster "${cluster}" for attempt ${attempt.attemptId}.`;
      }
      const pods = await podsOf(attempt, place);
      const subjects = [place.name, ...pods.map((pod) => pod.metadata.name)];
      const events = await Promise.all(
        subjects.map((subject) =>
          list(observedEvent, core(place.namespace, "events"), { fieldSelector: `involvedObject.name=${subject}` }),
        ),
      );
      const [pod] = pods;
      const log = pod === undefined ? undefined : await lastLines(pod, place);
      return describeJob(place.namespace, { job, pods, events: events.flat(), log });
    },
    async cancel(attempt, reason) {
      const place = placeOf(attempt, namespace);
      const job = await findAt(place);
      if (job === undefined || isFinished(job)) {
        return;
      }
      if (job.spec.suspend === true) {
        await removeJob(place);
        return;
      }
      // Its deadline is now: the cluster asks the pod to end, with its whole grace, and the Job stays to be looked at.
      const annotations = { [ANNOTATIONS.cancelReason]: reason.slice(0, LONGEST_REASON) };
      await patch(place, { metadata: { annotations }, spec: { activeDeadlineSeconds: 1 } });
    },
    async remove(attempt) {
      const place = placeOf(attempt, namespace);
      const query = {
        labelSelector: labelSelector(attempt.attemptId),
        gracePeriodSeconds: String(FORCED_GRACE_SECONDS),
      };
      await call({ method: "DELETE", path: core(place.namespace, "pods"), query });
      await removeJob(place);
    },
  };

  /** The Secret and what is left of pods go with the Job. */
  async function removeJob(place: JobPlace): Promise<void> {
    await call({
      method: "DELETE",
      path: pathOf(place),
      query: { propagationPolicy: "Background" },
      expected: [404],
    });
  }
}

function attemptLabel({ metadata }: ObservedJob | ObservedPod): string {
  return metadata.labels?.[LABELS.attempt] ?? "";
}

/** Reads what the API server answered; a server that answers something else is none that waiting mends. */
function read<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new TerminalExecutorError(`The API server's answer is not what Kubernetes describes: ${String(cause)}`, {
      cause,
    });
  }
}

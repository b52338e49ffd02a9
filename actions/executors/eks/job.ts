import type { IJob } from "kubernetes-models/batch/v1";
import type { IContainer, IPodSpec, ISecret } from "kubernetes-models/v1";
import { AGENT_ENVIRONMENT, CONTAINERS } from "../../../agent/protocol.ts";
import { SHARED_ROOT } from "../ecs/main-wrapper.ts";
import type { AttemptSpecification } from "../executor.ts";
import { TerminalExecutorError } from "../executor-error.ts";
import type { EksExecutorConfiguration } from "./contract.ts";
import { EKS_MAIN_WRAPPER } from "./main-wrapper.ts";
import { ANNOTATIONS, attemptLabels, jobName } from "./names.ts";

/** Size of an action that names none. Source: reference/erda.md 1.12. */
const DEFAULT_RESOURCES = { cpu: 0.5, memoryMb: 2048 } as const;
/** What the agent needs beside the user's container: it streams what it stores, and analyses a log. */
const AGENT_RESOURCES = { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } } as const;
/** Between SIGTERM and SIGKILL, as on ECS: time to end the scripts and to report. */
const TERMINATION_GRACE_SECONDS = 120;
/** Names of architectures as nodes are labelled. */
const NODE_ARCHITECTURES = { X86_64: "amd64", ARM64: "arm64" } as const;

/**
 * The Job of an attempt, suspended: `start` resumes it when the Secret is there, so that the Secret can name the Job as
 * its owner and goes with it. One pod, never a second one: an attempt that was lost is the functions' to repeat.
 *
 * `agent` is the pod's own container and decides when it ends; `main` is a native sidecar (an init container that is
 * restarted). That gives what ECS calls essential: `main` runs before the agent asks for its work, so that an image
 * that cannot be pulled costs no bootstrap; a pod that is asked to end asks the agent first, and `main` when the agent
 * has reported; and the pod ends with the agent. As two plain containers both would be asked to end at once, and a
 * `main` without its agent would run on until the deadline; with the agent as sidecar, the kubelet would end it in the
 * middle of storing what `main` has left. Native sidecars are there from Kubernetes 1.29 on (1.33 for good).
 *
 * Throws `TerminalExecutorError` without an image.
 */
export function attemptJob(configuration: EksExecutorConfiguration, attempt: AttemptSpecification): IJob {
  const labels = attemptLabels(attempt.attemptId);
  const annotations = { [ANNOTATIONS.attemptId]: attempt.attemptId };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: jobName(attempt.attemptId), namespace: configuration.namespace, labels, annotations },
    spec: {
      suspend: true,
      parallelism: 1,
      completions: 1,
      backoffLimit: 0,
      // A pod counts as gone when it has ended, not when it is asked to.
      podReplacementPolicy: "Failed",
      // The Job keeps the reason, also where the pod went with its node. Without the first rule an eviction would be
      // followed by a second pod, whose nonce is used up.
      podFailurePolicy: {
        rules: [
          { action: "FailJob", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
          { action: "FailJob", onExitCodes: { containerName: CONTAINERS.agent, operator: "NotIn", values: [0] } },
        ],
      },
      // Counts from the start of the pod's first try to be scheduled; a suspended Job has none.
      activeDeadlineSeconds: deadline(attempt.deadlineSeconds),
      ttlSecondsAfterFinished: configuration.keepSeconds,
      template: { metadata: { labels, annotations }, spec: podSpec(configuration, attempt) },
    },
  };
}

/** Whole seconds, at least one, as Kubernetes wants them. */
export function deadline(seconds: number): number {
  return Math.max(1, Math.ceil(seconds));
}

/** What the agent alone may know: the attempt's nonce. It is owned by the Job and deleted with it. */
export function attemptSecret(
  configuration: EksExecutorConfiguration,
  attempt: AttemptSpecification,
  jobUid: string,
): ISecret {
  const name = jobName(attempt.attemptId);
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name,
      namespace: configuration.namespace,
      labels: attemptLabels(attempt.attemptId),
      ownerReferences: [{ apiVersion: "batch/v1", kind: "Job", name, uid: jobUid, controller: true }],
    },
    type: "Opaque",
    immutable: true,
    stringData: { [AGENT_ENVIRONMENT.nonce]: attempt.agentEnvironment[AGENT_ENVIRONMENT.nonce] ?? "" },
  };
}

function podSpec(configuration: EksExecutorConfiguration, attempt: AttemptSpecification): IPodSpec {
  const { architecture, nodeSelector, tolerations, imagePullSecrets } = configuration;
  const selector = {
    ...nodeSelector,
    ...(architecture !== undefined && { "kubernetes.io/arch": NODE_ARCHITECTURES[architecture] }),
  };
  const { diskMb } = attempt.resources;
  return {
    restartPolicy: "Never",
    serviceAccountName: configuration.serviceAccount,
    // Nothing here talks to the API server. Pod Identity brings a token of its own.
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // Neither container sees the processes of the other, and the wrapper is process 1.
    shareProcessNamespace: false,
    terminationGracePeriodSeconds: TERMINATION_GRACE_SECONDS,
    ...(Object.keys(selector).length > 0 && { nodeSelector: selector }),
    ...(tolerations.length > 0 && { tolerations: tolerations.map((toleration) => ({ ...toleration })) }),
    ...(imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
    volumes: [{ name: "sluice", emptyDir: diskMb === undefined ? {} : { sizeLimit: `${diskMb}Mi` } }],
    initContainers: [mainContainer(configuration, attempt)],
    containers: [agentContainer(configuration, attempt)],
  };
}

const VOLUME_MOUNTS: NonNullable<IContainer["volumeMounts"]> = [{ name: "sluice", mountPath: SHARED_ROOT }];

function mainContainer(
  { defaultImage }: EksExecutorConfiguration,
  { image = defaultImage, resources }: AttemptSpecification,
): IContainer {
  if (image === undefined) {
    throw new TerminalExecutorError("The action names no image, and its executor has no default image.");
  }
  const cpu = resources.cpu ?? Math.min(DEFAULT_RESOURCES.cpu, resources.maxCpu ?? DEFAULT_RESOURCES.cpu);
  const memory = `${resources.memoryMb ?? DEFAULT_RESOURCES.memoryMb}Mi`;
  return {
    name: CONTAINERS.main,
    image,
    restartPolicy: "Always",
    command: ["/bin/sh", "-c"],
    args: [EKS_MAIN_WRAPPER],
    resources: {
      requests: {
        cpu: milliCpu(cpu),
        memory,
        ...(resources.diskMb !== undefined && { "ephemeral-storage": `${resources.diskMb}Mi` }),
      },
      // Memory that is asked for is memory that is there; CPU beyond what is asked for may be used where it is free.
      limits: { memory, ...(resources.maxCpu !== undefined && { cpu: milliCpu(Math.max(cpu, resources.maxCpu)) }) },
    },
    volumeMounts: VOLUME_MOUNTS,
  };
}

function agentContainer({ agentImage }: EksExecutorConfiguration, attempt: AttemptSpecification): IContainer {
  const { [AGENT_ENVIRONMENT.nonce]: _nonce, ...open } = attempt.agentEnvironment;
  const environment = { ...open, [AGENT_ENVIRONMENT.root]: SHARED_ROOT, [AGENT_ENVIRONMENT.runner]: "container" };
  const secretKeyRef = { name: jobName(attempt.attemptId), key: AGENT_ENVIRONMENT.nonce };
  return {
    name: CONTAINERS.agent,
    image: agentImage,
    env: [
      ...Object.entries(environment).map(([name, value]) => ({ name, value })),
      { name: AGENT_ENVIRONMENT.nonce, valueFrom: { secretKeyRef } },
    ],
    securityContext: { allowPrivilegeEscalation: false },
    resources: AGENT_RESOURCES,
    volumeMounts: VOLUME_MOUNTS,
  };
}

function milliCpu(cpu: number): string {
  return `${Math.ceil(cpu * 1000)}m`;
}

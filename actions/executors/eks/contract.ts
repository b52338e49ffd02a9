import * as z from "zod";
import type { ExecutorKindTraits } from "../../../compiler/index.ts";
import type { Permission } from "../contract.ts";

/** Jobs of a Kubernetes cluster. The start allowance covers a new node (Karpenter, EKS on Fargate) and a large image. */
export const EKS_KIND: ExecutorKindTraits = {
  kind: "eks",
  integration: "callback",
  hasAgent: true,
  startAllowanceSeconds: 900,
  usesImage: true,
  functionPlaceholder: "${ExecuteActionEks}",
};

/** Names of namespaces, of service accounts and of secrets. Source: Kubernetes, "Object Names and IDs". */
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
/** Key and value of a label. Source: Kubernetes, "Labels and Selectors", syntax and character set. */
const LABEL_KEY = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;

/** A taint that the pods bear. Source: API reference of Kubernetes, Toleration v1 core. */
const toleration = z
  .strictObject({
    /** Absent with `Exists`: every taint. */
    key: z.string().regex(LABEL_KEY, "must be the key of a taint").exactOptional(),
    operator: z.enum(["Equal", "Exists"]).default("Equal"),
    value: z.string().regex(LABEL_VALUE, "must be the value of a taint").exactOptional(),
    /** Absent: every effect. */
    effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).exactOptional(),
    /** How long a pod bears `NoExecute`; absent: as long as it runs. */
    tolerationSeconds: z.int().nonnegative().exactOptional(),
  })
  .superRefine(({ key, operator, value, effect, tolerationSeconds }, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
    if (operator === "Exists" && value !== undefined) {
      refuse("value", 'must be absent where the operator is "Exists"');
    }
    if (operator === "Equal" && key === undefined) {
      refuse("key", 'must be there where the operator is "Equal"');
    }
    if (tolerationSeconds !== undefined && effect !== "NoExecute") {
      refuse("tolerationSeconds", 'goes with the effect "NoExecute" only');
    }
  });

/**
 * A configured executor of the kind `eks`: one namespace of one cluster, and how Jobs are made in it. Stands as JSON in
 * the installation's parameter `/<prefix>/executors/<name>`. Where the cluster's endpoint is private needs no word here:
 * the address comes from DescribeCluster, and the functions must stand in a network that reaches it (docs/eks.md).
 */
export const eksExecutor = z.strictObject({
  kind: z.literal("eks"),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-[0-9]$/, 'must be a region, for example "eu-central-1"'),
  /** Name of the cluster in its region. */
  cluster: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/, "must be the name of a cluster"),
  /** Role to take on for this cluster, where it is another account's; absent: the function's own. */
  roleArn: z
    .string()
    .regex(/^arn:[a-z-]+:iam::\d{12}:role\/.+$/, "must be the ARN of a role")
    .exactOptional(),
  namespace: z.string().regex(DNS_LABEL, "must be a DNS label").default("sluice"),
  /** Service account of the pods; a Pod Identity association gives it a role. */
  serviceAccount: z.string().regex(DNS_SUBDOMAIN, "must be a DNS name").default("default"),
  nodeSelector: z
    .record(z.string().regex(LABEL_KEY), z.string().regex(LABEL_VALUE, "must be the value of a label"))
    .default({}),
  tolerations: z.array(toleration).default([]),
  /** Secrets of the namespace with which images are pulled; images in ECR need none. */
  imagePullSecrets: z.array(z.string().regex(DNS_SUBDOMAIN, "must be a DNS name")).default([]),
  /** Architecture of the nodes; absent: any, which takes images of several architectures. */
  architecture: z.enum(["X86_64", "ARM64"]).exactOptional(),
  agentImage: z.string().min(1),
  /** Image of actions that name none. */
  defaultImage: z.string().min(1).exactOptional(),
  /** How long a Job that has ended stays to be looked at. An hour is sixty sweeps. */
  keepSeconds: z.int().min(300).default(3600),
});

/** A configured executor of the kind `eks`, with every default filled in. */
export type EksExecutorConfiguration = Readonly<z.infer<typeof eksExecutor>>;

/** What is written for an executor of the kind `eks`: what has a default may be left out. */
export type EksExecutorInput = z.input<typeof eksExecutor>;

/**
 * What every function must be allowed that calls an executor of this kind. What it may do inside the cluster is said
 * there, by the access entry of its role (`EKS_CLUSTER_RULES`).
 */
export const EKS_LOOK_PERMISSIONS: readonly Permission[] = [
  { actions: ["eks:DescribeCluster"], on: "eksClusters" },
  // Only where an executor names a role; STS GetCallerIdentity, which the token stands for, needs no permission.
  { actions: ["sts:AssumeRole"], on: "eksRoles" },
];

/** Ending attempts takes no more of AWS. */
export const EKS_STOP_PERMISSIONS: readonly Permission[] = [...EKS_LOOK_PERMISSIONS];

/** What an execute-action function of this kind calls. */
export const EKS_PERMISSIONS: readonly Permission[] = [...EKS_STOP_PERMISSIONS];

/** One rule of a Role. Source: API reference of Kubernetes, PolicyRule v1 rbac. */
export interface ClusterRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/**
 * The Role that the functions need in an executor's namespace: exactly the calls that are made. Nobody can read a
 * Secret with it.
 */
export const EKS_CLUSTER_RULES: readonly ClusterRule[] = [
  { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create", "get", "list", "patch", "delete"] },
  { apiGroups: [""], resources: ["pods"], verbs: ["list", "deletecollection"] },
  { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
  { apiGroups: [""], resources: ["secrets"], verbs: ["create"] },
  { apiGroups: [""], resources: ["events"], verbs: ["list"] },
];

/** The Kubernetes group that an access entry puts the functions' roles into and the RoleBinding names. */
export const EKS_GROUP = "sluice-functions";

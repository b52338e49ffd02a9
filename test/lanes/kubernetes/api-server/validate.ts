import * as models from "@kubernetes/client-node";
import { Job } from "kubernetes-models/batch/v1";
import { Event, Pod, Secret } from "kubernetes-models/v1";
import type { KubernetesObject, Resource } from "./objects.ts";
import { badRequest, invalid } from "./status.ts";

/** Validators of the published OpenAPI schemas. */
const VALIDATED = { Job, Pod, Secret, Event: Event } as const;
/** Classes of the genuine client, generated from the same schemas: they know every field's name, which ajv's do not. */
const MODELS = { Job: "V1Job", Pod: "V1Pod", Secret: "V1Secret", Event: "CoreV1Event" } as const;

/**
 * Checks a body as the API server does with strict field validation: fields that do not exist, types, enumerations,
 * and the rules that a schema cannot say. Throws a 400 or a 422.
 */
export function validate({ kind }: Resource, object: KubernetesObject): void {
  const unknown = unknownFields(object, MODELS[kind], "");
  if (unknown.length > 0) {
    throw badRequest(`strict decoding error: ${unknown.map((field) => `unknown field "${field}"`).join(", ")}`);
  }
  const name = object.metadata.name ?? "";
  try {
    const model = new VALIDATED[kind](object as never);
    model.validate();
  } catch (error) {
    throw invalid(kind, name, [error instanceof Error ? error.message : String(error)]);
  }
  const problems = [...namesOf(object), ...(kind === "Job" ? jobRules(object) : [])];
  if (problems.length > 0) {
    throw invalid(kind, name, problems);
  }
}

/** What may not be changed of a Job. Source: Kubernetes, pkg/apis/batch/validation, ValidateJobSpecUpdate. */
const IMMUTABLE = [
  "completions",
  "selector",
  "template",
  "completionMode",
  "podFailurePolicy",
  "podReplacementPolicy",
  "managedBy",
];

export function validateJobUpdate(before: KubernetesObject, after: KubernetesObject): void {
  const changed = IMMUTABLE.filter(
    (field) => JSON.stringify(before.spec?.[field]) !== JSON.stringify(after.spec?.[field]),
  );
  if (changed.length > 0) {
    throw invalid(
      "Job",
      after.metadata.name,
      changed.map((field) => `spec.${field}: field is immutable`),
    );
  }
}

interface FieldType {
  readonly baseName: string;
  readonly type: string;
}

function unknownFields(value: unknown, type: string, path: string): string[] {
  const list = /^Array<(.+)>$/.exec(type);
  if (list?.[1] !== undefined) {
    return Array.isArray(value)
      ? value.flatMap((item, at) => unknownFields(item, list[1] ?? "", `${path}[${at}]`))
      : [];
  }
  const fields = fieldsOf(type);
  if (fields === undefined || typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = fields.find(({ baseName }) => baseName === name);
    const place = path === "" ? name : `${path}.${name}`;
    return field === undefined ? [place] : unknownFields(inner, field.type, place);
  });
}

function fieldsOf(type: string): readonly FieldType[] | undefined {
  const model = (models as unknown as Record<string, { attributeTypeMap?: readonly FieldType[] } | undefined>)[type];
  return model?.attributeTypeMap;
}

const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const LABEL = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY = /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

function namesOf({ metadata }: KubernetesObject): string[] {
  return [
    ...(NAME.test(metadata.name ?? metadata.generateName ?? "") || metadata.generateName !== undefined
      ? []
      : [`metadata.name: Invalid value: "${metadata.name}": a lowercase RFC 1123 subdomain`]),
    ...Object.entries(metadata.labels ?? {})
      .filter(([key, value]) => !LABEL_KEY.test(key) || !LABEL.test(value))
      .map(([key, value]) => `metadata.labels: Invalid value: "${key}=${value}"`),
    ...Object.keys(metadata.annotations ?? {})
      .filter((key) => !LABEL_KEY.test(key))
      .map((key) => `metadata.annotations: Invalid value: "${key}"`),
  ];
}

interface JobTemplate {
  readonly podFailurePolicy?: {
    readonly rules: readonly { readonly onExitCodes?: { readonly containerName?: string } }[];
  };
  readonly activeDeadlineSeconds?: number;
  readonly template: {
    readonly spec: {
      readonly restartPolicy?: string;
      readonly containers: readonly Container[];
      readonly initContainers?: readonly Container[];
      readonly volumes?: readonly { readonly name: string }[];
    };
  };
}

interface Container {
  readonly name: string;
  readonly image?: string;
  readonly restartPolicy?: string;
  readonly volumeMounts?: readonly { readonly name: string }[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
}

/** Source: Kubernetes, pkg/apis/batch/validation and pkg/apis/core/validation. */
function jobRules(object: KubernetesObject): string[] {
  const spec = object.spec as unknown as JobTemplate;
  const pod = spec.template.spec;
  const problems: string[] = [];
  if (object.metadata.name.length > 63) {
    problems.push("metadata.name: must be no more than 63 characters");
  }
  if (pod.restartPolicy !== "Never" && (pod.restartPolicy !== "OnFailure" || spec.podFailurePolicy !== undefined)) {
    problems.push(`spec.template.spec.restartPolicy: Unsupported value: "${pod.restartPolicy}"`);
  }
  if ((spec.activeDeadlineSeconds ?? 0) < 0) {
    problems.push("spec.activeDeadlineSeconds: must be greater than or equal to 0");
  }
  const all = [...(pod.initContainers ?? []), ...pod.containers];
  const names = all.map(({ name }) => name);
  if (new Set(names).size !== names.length) {
    problems.push("spec.template.spec.containers: Duplicate value");
  }
  for (const container of all) {
    if (!container.image) {
      problems.push(`containers "${container.name}": image: Required value`);
    }
    const volumes = new Set(pod.volumes?.map(({ name }) => name));
    for (const mount of container.volumeMounts ?? []) {
      if (!volumes.has(mount.name)) {
        problems.push(`volumeMounts: Not found: "${mount.name}"`);
      }
    }
    for (const { name, value, valueFrom } of container.env ?? []) {
      if (value !== undefined && value !== "" && valueFrom !== undefined) {
        problems.push(`env "${name}": may not have a value and a valueFrom`);
      }
    }
  }
  for (const { restartPolicy } of pod.initContainers ?? []) {
    if (restartPolicy !== undefined && restartPolicy !== "Always") {
      problems.push(`initContainers.restartPolicy: Unsupported value: "${restartPolicy}"`);
    }
  }
  for (const { onExitCodes } of spec.podFailurePolicy?.rules ?? []) {
    if (onExitCodes?.containerName !== undefined && !names.includes(onExitCodes.containerName)) {
      problems.push(`podFailurePolicy: Invalid value: "${onExitCodes.containerName}": must be one of the containers`);
    }
  }
  return problems;
}

import type { IContainer, IPodSpec } from "kubernetes-models/v1";
import type { KubernetesObject } from "../api-server/objects.ts";

/** A pod whose body was validated. */
export interface Pod extends KubernetesObject {
  readonly podSpec: IPodSpec;
}

export type Container = IContainer;

export function podOf(object: KubernetesObject): Pod {
  return { ...object, podSpec: object.spec as unknown as IPodSpec };
}

/** A native sidecar: an init container that is started again until the pod's own containers have ended. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === "Always";
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  m: 0.001,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  k: 1e3,
  M: 1e6,
  G: 1e9,
};

/** `500m`, `2048Mi`: the number. */
export function quantity(text: string | number | undefined): number {
  const [, digits = "0", unit = ""] = /^([0-9.]+)([A-Za-z]*)$/.exec(String(text ?? "0")) ?? [];
  return Number(digits) * (UNITS[unit] ?? Number.NaN);
}

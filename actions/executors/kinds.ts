import type { ExecutorKindTraits } from "../../compiler/index.ts";
import { ECS_KIND } from "./ecs/contract.ts";
import { EKS_KIND } from "./eks/contract.ts";
import { PROCESS_KIND } from "./process/contract.ts";
import { WAIT_KIND } from "./wait/contract.ts";

/** Every executor kind that the compiler may be asked for, by its name. */
export const EXECUTOR_KINDS: ReadonlyMap<string, ExecutorKindTraits> = new Map(
  [PROCESS_KIND, ECS_KIND, EKS_KIND, WAIT_KIND].map((traits) => [traits.kind, traits]),
);

import * as z from "zod";
import type { Permission } from "../../actions/executors/contract.ts";
import { ECS_STARTED_BY_PREFIX } from "../../actions/executors/ecs/contract.ts";
import { CALLS } from "../contract.ts";

/**
 * Events that the function gets: our tasks that have stopped, and those that AWS is about to take away, of which it
 * tells some two minutes before. `cdk/` adds the cluster.
 */
export const COMPLETE_ACTION_RULE = {
  source: ["aws.ecs"],
  "detail-type": ["ECS Task State Change"],
  detail: {
    startedBy: [{ prefix: ECS_STARTED_BY_PREFIX }],
    $or: [
      { lastStatus: ["STOPPED"] },
      { lastStatus: ["RUNNING"], stopCode: ["InfrastructureHealth", "SpotInterruption", "TerminationNotice"] },
    ],
  },
} as const;

const namedValue = z.object({ name: z.string().optional(), value: z.string().optional() });

/** The part of an ECS Task State Change event that is used. Source: AWS, "Amazon ECS task state change events". */
export const taskStateChange = z.object({
  "detail-type": z.literal("ECS Task State Change"),
  detail: z.object({
    taskArn: z.string(),
    lastStatus: z.string(),
    /** Grows with every change of the task: events come twice and out of order. */
    version: z.number(),
    stopCode: z.string().optional(),
    stoppedReason: z.string().optional(),
    containers: z
      .array(
        z.object({
          name: z.string().optional(),
          image: z.string().optional(),
          exitCode: z.number().optional(),
          reason: z.string().optional(),
        }),
      )
      .default([]),
    overrides: z
      .object({
        containerOverrides: z.array(z.object({ environment: z.array(namedValue).default([]) })).default([]),
      })
      .default({ containerOverrides: [] }),
  }),
});

/** What `complete-action` is called with. */
export type TaskStateChange = Readonly<z.infer<typeof taskStateChange>>;

/** Calls of the function itself. */
export const COMPLETE_ACTION_PERMISSIONS: readonly Permission[] = [
  CALLS.records,
  CALLS.plans,
  CALLS.largeValues,
  CALLS.configs,
  CALLS.sealedConfigs,
  CALLS.secretReferences,
  CALLS.secrets,
  CALLS.answers,
  CALLS.events,
];

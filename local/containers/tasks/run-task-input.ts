import { z } from "zod";

const texts = z.array(z.string());

/**
 * What RunTask takes here. Network, capacity and tags are taken and have no effect; an override of anything but a
 * container's environment is refused.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export const runTaskInput = z.strictObject({
  cluster: z.string().default("default"),
  taskDefinition: z.string(),
  count: z.int().min(1).max(10).default(1),
  clientToken: z.string().max(64).optional(),
  startedBy: z.string().max(128).optional(),
  group: z.string().optional(),
  overrides: z
    .strictObject({
      containerOverrides: z
        .array(
          z.strictObject({
            name: z.string(),
            environment: z.array(z.strictObject({ name: z.string(), value: z.string().default("") })).default([]),
          }),
        )
        .default([]),
    })
    .default({ containerOverrides: [] }),
  launchType: z.string().optional(),
  capacityProviderStrategy: z.array(z.unknown()).optional(),
  networkConfiguration: z.unknown().optional(),
  platformVersion: z.string().optional(),
  enableECSManagedTags: z.boolean().optional(),
  enableExecuteCommand: z.literal(false).optional(),
  propagateTags: z.string().optional(),
  referenceId: z.string().optional(),
  tags: z.array(z.unknown()).optional(),
});

/** Longest JSON of `overrides`. */
export const LONGEST_OVERRIDES_CHARACTERS = 8192;

/** What StopTask takes. */
export const stopTaskInput = z.strictObject({
  cluster: z.string().default("default"),
  task: z.string(),
  reason: z.string().max(1024).optional(),
});

/** What DescribeTasks takes. */
export const describeTasksInput = z.strictObject({
  cluster: z.string().default("default"),
  tasks: texts.min(1).max(100),
  include: texts.optional(),
});

/** What ListTasks takes. Source: API reference of ECS, ListTasks: of a filter, only tasks that are to be so. */
export const listTasksInput = z.strictObject({
  cluster: z.string().default("default"),
  startedBy: z.string().optional(),
  family: z.string().optional(),
  desiredStatus: z.enum(["RUNNING", "PENDING", "STOPPED"]).default("RUNNING"),
  maxResults: z.int().min(1).max(100).default(100),
  nextToken: z.string().optional(),
  launchType: z.string().optional(),
});

import * as z from "zod";
import { ACTION_STATUSES, RUN_STATUSES } from "../records/statuses.ts";

/** Source of the events on the bus of our own. */
export const EVENT_SOURCE = "sluice";

/** Detail types of the events on the bus of our own. */
export const EVENT_DETAIL_TYPES = {
  run: "Sluice Run Status Change",
  action: "Sluice Action Status Change",
} as const;

/**
 * Version of both details. It counts up when a key is taken away or means something else; new keys come without notice,
 * so a reader must not refuse what it does not know.
 */
export const EVENT_VERSION = 1;

const version = z.literal(EVENT_VERSION).describe("Version of this document; new keys do not change it.");
const runId = z.string().describe("Id of the run.");
const pipeline = z.string().describe("Key of the pipeline.");
const time = z.iso.datetime().describe("When the status was published.");

/** Detail of `Sluice Run Status Change`. */
export const runStatusDetail = z
  .object({
    version,
    runId,
    pipeline,
    name: z.string().describe("Name of the pipeline as it is written."),
    status: z.enum(RUN_STATUSES).describe("What the run is now."),
    createdAt: z.iso.datetime().describe("When the run was submitted."),
    startedAt: z.iso.datetime().optional().describe("When its execution began."),
    endedAt: z.iso.datetime().optional().describe("When it ended."),
    error: z
      .object({
        name: z.string().describe("Name of the error, as the machine knows it."),
        cause: z.string().describe("What failed, for people; secrets are masked."),
      })
      .optional()
      .describe("Why a run failed."),
    time,
  })
  .meta({ title: EVENT_DETAIL_TYPES.run, description: `The detail of "${EVENT_DETAIL_TYPES.run}".` });

/** Detail of `Sluice Run Status Change`. */
export type RunStatusDetail = Readonly<z.infer<typeof runStatusDetail>>;

/** Detail of `Sluice Action Status Change`. */
export const actionStatusDetail = z
  .object({
    version,
    runId,
    pipeline,
    action: z.string().describe("Key of the action."),
    alias: z.string().describe("Name of the action as it is written."),
    status: z.enum(ACTION_STATUSES).describe("What the action is now."),
    attempt: z.int().describe("Number of the latest attempt; 0 where there was none."),
    iteration: z.int().describe("Iteration of the action's loop, from 1."),
    exitCode: z.int().optional().describe("Exit code of the commands."),
    reason: z.string().optional().describe("Why the action was skipped."),
    error: z
      .object({
        name: z.string().describe("Name of the error, as the machine knows it."),
        message: z.string().describe("What failed, for people; secrets are masked."),
      })
      .optional()
      .describe("Why an action failed."),
    time,
  })
  .meta({ title: EVENT_DETAIL_TYPES.action, description: `The detail of "${EVENT_DETAIL_TYPES.action}".` });

/** Detail of `Sluice Action Status Change`. */
export type ActionStatusDetail = Readonly<z.infer<typeof actionStatusDetail>>;

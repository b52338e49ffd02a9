import * as z from "zod";

/** Statuses of an execution. Source: API reference of Step Functions. */
const EXECUTION_STATUSES = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"] as const;

/** Detail type of the events by which Step Functions tells of executions. */
export const EXECUTION_STATUS_CHANGE = "Step Functions Execution Status Change";

/**
 * Step Functions Execution Status Change, as far as it is used. `input` in it is chosen by whoever starts an execution
 * and counts for nothing. Source: AWS, "EventBridge events of Step Functions"; delivery is best effort.
 */
export const executionStatusChange = z.object({
  "detail-type": z.literal(EXECUTION_STATUS_CHANGE),
  detail: z.object({
    executionArn: z.string(),
    status: z.enum(EXECUTION_STATUSES),
    redriveCount: z.number().nullish(),
    error: z.string().nullish(),
    cause: z.string().nullish(),
    /** Milliseconds since the epoch. */
    stopDate: z.number().nullish(),
  }),
});

/** The event, read. */
export type ExecutionStatusChange = Readonly<z.infer<typeof executionStatusChange>>;

/** What is known of an execution, by an event or because it was asked for. */
export interface ObservedExecution {
  readonly executionArn: string;
  readonly status: (typeof EXECUTION_STATUSES)[number];
  readonly redrive: number;
  readonly error: { readonly name: string; readonly cause: string } | undefined;
  /** Milliseconds since the epoch. */
  readonly endedAt: number | undefined;
}

/** The execution that an event is about. */
export function observedExecution({ detail }: ExecutionStatusChange): ObservedExecution {
  return {
    executionArn: detail.executionArn,
    status: detail.status,
    redrive: detail.redriveCount ?? 0,
    error: detail.error ? { name: detail.error, cause: detail.cause ?? "" } : undefined,
    endedAt: detail.stopDate ?? undefined,
  };
}

/**
 * One event of an execution's history with AWS's types and details. Times are milliseconds since the epoch here and
 * become dates at the service's edge. Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export interface HistoryEvent {
  readonly timestamp: number;
  readonly type: string;
  readonly id: number;
  /** The event before it in the same branch; 0 for the first. */
  readonly previousEventId: number;
  /** Name of the member that holds the details, `stateEnteredEventDetails` for example; some types have none. */
  readonly detailsName?: string;
  readonly details?: EventDetails;
}

/** The details of one type of event. Absent members are undefined. */
export interface EventDetails {
  readonly [member: string]: string | number | DataDetails | { readonly [name: string]: string } | undefined;
}

interface DataDetails {
  readonly truncated: boolean;
}

/** Events of the whole execution, details by type. */
export const NOT_TRUNCATED: DataDetails = { truncated: false };

/** Most events of an execution: the last one says that there are no more. Source: reference/aws.md 3.1 */
export const MOST_EVENTS = 25_000;

/**
 * What an installation costs. Prices are lists of us-east-1 in US dollars, November 2026; sources stand in docs/cost.md. Every
 * number there is computed here from the counts below and from a compiled pipeline, so that the page cannot grow old
 * without a test that says so.
 */
export const PRICES = {
  transition: 25 / 1_000_000,
  lambdaRequest: 0.2 / 1_000_000,
  /** Of arm64. */
  lambdaGbSecond: 0.0000133334,
  tableWrite: 0.625 / 1_000_000,
  tableRead: 0.125 / 1_000_000,
  apiRequest: 1 / 1_000_000,
  busEvent: 1 / 1_000_000,
  objectPut: 5 / 1_000_000,
  objectGet: 0.4 / 1_000_000,
  logGb: 0.5,
  alarmMonth: 0.1,
  keyMonth: 1,
  endpointHour: 0.01,
  fargate: {
    X86_64: { cpuHour: 0.04048, gbHour: 0.004445 },
    ARM64: { cpuHour: 0.03238, gbHour: 0.00356 },
  },
  /** What Spot takes off; it varies. */
  spotShare: 0.3,
} as const;

/** The pipeline that is computed: as in reference/aws.md, section 4. */
export const PIPELINE = { actions: 10, stages: 5, minutes: 5, cpu: 1, memoryGb: 2 } as const;

const HOURS_PER_MONTH = 730;
const SWEEPS_PER_MONTH = (HOURS_PER_MONTH * 3600) / 60;

/** An agent reports that it lives every half minute. */
const HEARTBEAT_SECONDS = 30;
const heartbeats = (PIPELINE.minutes * 60) / HEARTBEAT_SECONDS;

/** Calls of functions: how many in a run, at how much memory, and how long one takes on a warm sandbox. */
const CALLS: readonly {
  readonly name: string;
  readonly count: number;
  readonly gb: number;
  readonly seconds: number;
}[] = [
  { name: "execute-action", count: PIPELINE.actions, gb: 1, seconds: 0.3 },
  // Bootstrap, an upload, outputs, completion, and the heartbeats.
  { name: "agent-api", count: PIPELINE.actions * (4 + heartbeats), gb: 1, seconds: 0.05 },
  // The end of the task is reported by ECS as well.
  { name: "complete-action", count: PIPELINE.actions, gb: 0.5, seconds: 0.1 },
  // Running, ended, and the last state of the machine.
  { name: "record-run", count: 3, gb: 0.5, seconds: 0.3 },
  { name: "runs-api", count: 1, gb: 1, seconds: 0.5 },
];

/** Units of the table for an action: its record, its attempt and what they change; a heartbeat moves an index too. */
const TABLE = { writesOfAction: 12, writesOfHeartbeat: 3, readsOfAction: 20, writesOfRun: 10 } as const;
/** Events of our own bus: an action starts, runs and ends; so does the run. */
const EVENTS = PIPELINE.actions * 3 + 3;
/** Objects of an action: its plan and a directory are read, a directory is stored. */
const OBJECTS = { gets: 4, puts: 1 } as const;
/** Log of the system, not of the actions: functions a line or two for each call, the machine one for each event. */
const LOG_KB = { call: 1, transition: 3 } as const;

/** One line of a bill. */
export interface CostLine {
  readonly what: string;
  readonly count: number;
  readonly dollars: number;
}

/** What 1,000 runs cost beside the containers, whose machines enter this many states each. */
export function costOfRuns(transitions: number): readonly CostLine[] {
  const runs = 1000;
  const calls = sum(CALLS.map(({ count }) => count));
  const gbSeconds = sum(CALLS.map(({ count, gb, seconds }) => count * gb * seconds));
  const agentCalls = CALLS.find(({ name }) => name === "agent-api")?.count ?? 0;
  const writes = PIPELINE.actions * (TABLE.writesOfAction + heartbeats * TABLE.writesOfHeartbeat) + TABLE.writesOfRun;
  const logGb = (calls * LOG_KB.call + transitions * LOG_KB.transition) / (1024 * 1024);
  const line = (what: string, count: number, price: number): CostLine => ({
    what,
    count: count * runs,
    dollars: count * runs * price,
  });
  return [
    line("Step Functions, transitions", transitions, PRICES.transition),
    line("Lambda, calls", calls, PRICES.lambdaRequest),
    line("Lambda, GB-seconds", gbSeconds, PRICES.lambdaGbSecond),
    line("DynamoDB, writes", writes, PRICES.tableWrite),
    line("DynamoDB, reads", PIPELINE.actions * TABLE.readsOfAction, PRICES.tableRead),
    line("API Gateway, requests of agents", agentCalls, PRICES.apiRequest),
    line("EventBridge, events on our bus", EVENTS, PRICES.busEvent),
    line("S3, reads", PIPELINE.actions * OBJECTS.gets, PRICES.objectGet),
    line("S3, writes", PIPELINE.actions * OBJECTS.puts, PRICES.objectPut),
    line("CloudWatch Logs, GB of the system", logGb, PRICES.logGb),
  ];
}

/** What a month costs in which nothing runs. */
export function costOfIdleMonth(alarms: number): readonly CostLine[] {
  const gbSeconds = SWEEPS_PER_MONTH * 0.5 * 0.2;
  const logGb = SWEEPS_PER_MONTH / (1024 * 1024);
  const line = (what: string, count: number, price: number): CostLine => ({ what, count, dollars: count * price });
  return [
    line("Lambda, sweeps", SWEEPS_PER_MONTH, PRICES.lambdaRequest),
    line("Lambda, GB-seconds of the sweeps", gbSeconds, PRICES.lambdaGbSecond),
    // Two queries of nothing, a unit each.
    line("DynamoDB, reads of the sweeps", SWEEPS_PER_MONTH * 2, PRICES.tableRead),
    line("CloudWatch Logs, GB of the sweeps", logGb, PRICES.logGb),
    line("CloudWatch, alarms", alarms, PRICES.alarmMonth),
  ];
}

/** What the containers of 1,000 runs cost on Fargate. */
export function costOfContainers(architecture: keyof typeof PRICES.fargate, isSpot = false): number {
  const { cpuHour, gbHour } = PRICES.fargate[architecture];
  const hours = (PIPELINE.actions * PIPELINE.minutes) / 60;
  const dollars = 1000 * hours * (PIPELINE.cpu * cpuHour + PIPELINE.memoryGb * gbHour);
  return isSpot ? dollars * PRICES.spotShare : dollars;
}

/** What a month of the endpoints of a network without a way out costs, one in each of two zones. */
export function costOfEndpoints(endpoints: number): number {
  return endpoints * 2 * PRICES.endpointHour * HOURS_PER_MONTH;
}

/** Sum of the lines of a bill. */
export function total(lines: readonly CostLine[]): number {
  return sum(lines.map(({ dollars }) => dollars));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

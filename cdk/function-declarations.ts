import type { Permission } from "../actions/executors/contract.ts";
import {
  ECS_KIND,
  ECS_LOOK_PERMISSIONS,
  ECS_PERMISSIONS,
  ECS_STOP_PERMISSIONS,
} from "../actions/executors/ecs/contract.ts";
import {
  EKS_KIND,
  EKS_LOOK_PERMISSIONS,
  EKS_PERMISSIONS,
  EKS_STOP_PERMISSIONS,
} from "../actions/executors/eks/contract.ts";
import { WAIT_KIND } from "../actions/executors/wait/contract.ts";
import { AGENT_API_PERMISSIONS } from "../functions/agent-api/contract.ts";
import { CANCEL_RUN_PERMISSIONS } from "../functions/cancel-run/contract.ts";
import { COLLECT_MACHINES_PERMISSIONS } from "../functions/collect-machines/contract.ts";
import { COMPLETE_ACTION_PERMISSIONS } from "../functions/complete-action/contract.ts";
import { CALLS } from "../functions/contract.ts";
import { EXECUTE_ACTION_PERMISSIONS } from "../functions/execute-action/contract.ts";
import { NOTIFY_PERMISSIONS, NOTIFY_QUEUE } from "../functions/notify/contract.ts";
import { RECORD_RUN_PERMISSIONS } from "../functions/record-run/contract.ts";
import { RUNS_API_PERMISSIONS, RUNS_API_TIMEOUT_SECONDS } from "../functions/runs-api/contract.ts";
import { START_SCHEDULED_RUN_PERMISSIONS } from "../functions/start-scheduled-run/contract.ts";
import { SWEEP_PERMISSIONS } from "../functions/sweep/contract.ts";
import { UPLOAD_PLAN_PERMISSIONS } from "../functions/upload-plan/contract.ts";

/** Kinds of executors that AWS has. */
export type ExecutorKind = "ecs" | "eks";

/** What a function does with executors: start attempts, end them, or only look at them. */
export type ExecutorUse = "start" | "stop" | "look";

/** A function of the system, as far as it is the same in every installation. */
export interface FunctionDeclaration {
  readonly id: string;
  /** Folder of its bundle below `functions/`. */
  readonly source: string;
  /** What it does, as the console shows it. */
  readonly description: string;
  readonly timeoutSeconds: number;
  /** Default: that of `SystemFunction`. */
  readonly memoryMb?: number;
  /** Calls of its own; those of executors come with `executors`. */
  readonly permissions: readonly Permission[];
  readonly executors?: ExecutorUse;
  /** Kinds that it works with; by default all that the installation has. */
  readonly kinds?: readonly ExecutorKind[];
  /** Whether events call it: what it cannot handle after all retries goes to the dead letters. */
  readonly isCalledByEvents?: true;
}

/** Starting an action: reads of records and outputs, one RunTask; what is throttled is tried again by the state. */
const EXECUTE_ACTION_SECONDS = 60;
/** API Gateway waits no longer than 30 seconds; bootstrap, which resolves the inputs, is the longest call. */
const AGENT_API_SECONDS = 29;
/** Settling a whole run: some writes for each of at most some hundreds of actions. */
const RECORD_SECONDS = 120;
/** A sweep ends before the next begins. */
const SWEEP_SECONDS = 55;
/** Some thousands of objects, 16 at a time; some hundreds of machines, one after the other. */
const LONG_SECONDS = 300;
/** Where somebody waits for the answer, half a processor: the SDK and the plan are parsed at a cold start. */
const PROMPT_MEMORY_MB = 1024;

/** What each kind of executors is called by, by what is done with it. The declarations are parameters. */
export const EXECUTOR_CALLS: {
  readonly [kind in ExecutorKind]: { readonly [use in ExecutorUse]: readonly Permission[] };
} = {
  ecs: {
    start: [CALLS.executors, ...ECS_PERMISSIONS],
    stop: [CALLS.executors, ...ECS_STOP_PERMISSIONS],
    look: [CALLS.executors, ...ECS_LOOK_PERMISSIONS],
  },
  eks: {
    start: [CALLS.executors, ...EKS_PERMISSIONS],
    stop: [CALLS.executors, ...EKS_STOP_PERMISSIONS],
    look: [CALLS.executors, ...EKS_LOOK_PERMISSIONS],
  },
};

const executeAction = {
  timeoutSeconds: EXECUTE_ACTION_SECONDS,
  memoryMb: PROMPT_MEMORY_MB,
  permissions: EXECUTE_ACTION_PERMISSIONS,
  executors: "start",
} as const;

/** `execute-action`, once for each kind of executors, and the placeholder by which definitions call it. */
export const EXECUTE_ACTION = [
  {
    ...executeAction,
    id: "ExecuteActionEcs",
    kind: "ecs",
    source: "execute-action-ecs",
    description: "Starts actions as ECS tasks",
    placeholder: ECS_KIND.functionPlaceholder,
  },
  {
    ...executeAction,
    id: "ExecuteActionEks",
    kind: "eks",
    source: "execute-action-eks",
    description: "Starts actions as Jobs of Kubernetes",
    placeholder: EKS_KIND.functionPlaceholder,
  },
  {
    ...executeAction,
    id: "ExecuteActionWait",
    kind: "wait",
    source: "execute-action-wait",
    description: "Answers how long a wait is",
    placeholder: WAIT_KIND.functionPlaceholder,
  },
] as const satisfies readonly (FunctionDeclaration & {
  readonly kind: ExecutorKind | "wait";
  readonly placeholder: string;
})[];

/** Every other function, once in an installation. */
export const SYSTEM_FUNCTIONS = [
  {
    id: "AgentApi",
    source: "agent-api",
    description: "Answers the agents that run beside actions",
    timeoutSeconds: AGENT_API_SECONDS,
    memoryMb: PROMPT_MEMORY_MB,
    permissions: AGENT_API_PERMISSIONS,
  },
  {
    id: "RunsApi",
    source: "runs-api",
    description: "Answers people and programs: submits, lists, shows and cancels runs",
    timeoutSeconds: RUNS_API_TIMEOUT_SECONDS,
    memoryMb: PROMPT_MEMORY_MB,
    permissions: RUNS_API_PERMISSIONS,
    executors: "look",
  },
  {
    id: "StartScheduledRun",
    source: "start-scheduled-run",
    description: "Starts the run of a pipeline at the time of its cron",
    timeoutSeconds: RECORD_SECONDS,
    permissions: START_SCHEDULED_RUN_PERMISSIONS,
    isCalledByEvents: true,
  },
  {
    id: "CompleteAction",
    source: "complete-action",
    description: "Ends attempts whose task has stopped without a report",
    timeoutSeconds: RECORD_SECONDS,
    permissions: COMPLETE_ACTION_PERMISSIONS,
    executors: "look",
    // Kubernetes tells EventBridge nothing.
    kinds: ["ecs"],
    isCalledByEvents: true,
  },
  {
    id: "RecordRun",
    source: "record-run",
    description: "Records what became of runs, and ends those in which something was caught",
    timeoutSeconds: RECORD_SECONDS,
    permissions: RECORD_RUN_PERMISSIONS,
    executors: "stop",
    isCalledByEvents: true,
  },
  {
    id: "CancelRun",
    source: "cancel-run",
    description: "Stops the attempts of runs that have ended",
    timeoutSeconds: RECORD_SECONDS,
    permissions: CANCEL_RUN_PERMISSIONS,
    executors: "stop",
    isCalledByEvents: true,
  },
  {
    id: "Sweep",
    source: "sweep",
    description: "Repairs once a minute what was lost: answers, reports, events, tasks",
    timeoutSeconds: SWEEP_SECONDS,
    permissions: SWEEP_PERMISSIONS,
    executors: "stop",
    isCalledByEvents: true,
  },
  {
    id: "CollectMachines",
    source: "collect-machines",
    description: "Deletes the machines of submitted pipelines that nobody uses any more",
    timeoutSeconds: LONG_SECONDS,
    permissions: COLLECT_MACHINES_PERMISSIONS,
    isCalledByEvents: true,
  },
  {
    id: "Notify",
    source: "notify",
    description: "Tells people and programs what became of runs and actions",
    timeoutSeconds: NOTIFY_QUEUE.functionTimeoutSeconds,
    permissions: NOTIFY_PERMISSIONS,
  },
  {
    id: "UploadPlan",
    source: "upload-plan",
    description: "Puts the plans of deployed pipelines into the bucket",
    timeoutSeconds: LONG_SECONDS,
    permissions: UPLOAD_PLAN_PERMISSIONS,
  },
] as const satisfies readonly FunctionDeclaration[];

/** Id of a function. */
export type FunctionId = (typeof SYSTEM_FUNCTIONS)[number]["id"] | (typeof EXECUTE_ACTION)[number]["id"];

/** What is bundled for each function: its folder below `functions/`, and the kinds of executors that it works with. */
export const FUNCTION_SOURCES: readonly {
  readonly source: string;
  readonly folder?: string;
  readonly kinds: readonly ExecutorKind[];
}[] = [
  ...EXECUTE_ACTION.map(({ source, kind }) => ({
    source,
    folder: "execute-action",
    kinds: kind === "wait" ? [] : [kind],
  })),
  ...SYSTEM_FUNCTIONS.map(({ source, executors, kinds = ["ecs", "eks"] }: FunctionDeclaration) => ({
    source,
    kinds: executors === undefined ? [] : kinds,
  })),
];

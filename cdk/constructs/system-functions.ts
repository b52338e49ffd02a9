import { Duration } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Permission } from "../../actions/executors/contract.ts";
import {
  ECS_ENVIRONMENT,
  ECS_KIND,
  ECS_LOOK_PERMISSIONS,
  ECS_PERMISSIONS,
  ECS_STOP_PERMISSIONS,
} from "../../actions/executors/ecs/contract.ts";
import { WAIT_KIND } from "../../actions/executors/wait/contract.ts";
import { RECORD_RUN_PLACEHOLDER } from "../../compiler/index.ts";
import { AGENT_API_PERMISSIONS } from "../../functions/agent-api/contract.ts";
import { CANCEL_RUN_PERMISSIONS } from "../../functions/cancel-run/contract.ts";
import { COMPLETE_ACTION_PERMISSIONS } from "../../functions/complete-action/contract.ts";
import { RUNTIME_ENVIRONMENT } from "../../functions/contract.ts";
import { EXECUTE_ACTION_PERMISSIONS } from "../../functions/execute-action/contract.ts";
import { RECORD_RUN_PERMISSIONS } from "../../functions/record-run/contract.ts";
import { SWEEP_PERMISSIONS } from "../../functions/sweep/contract.ts";
import { UPLOAD_PLAN_PERMISSIONS } from "../../functions/upload-plan/contract.ts";
import type { Grant } from "./grant.ts";
import { SystemFunction, type SystemFunctionProps } from "./system-function.ts";

/** Starting an action: reads of records and outputs, one RunTask; what is throttled is tried again by the state. */
const EXECUTE_ACTION_TIMEOUT = Duration.minutes(1);
/** API Gateway waits no longer than 30 seconds; bootstrap, which resolves the inputs, is the longest call. */
const AGENT_API_TIMEOUT = Duration.seconds(29);
/** Settling a whole run: some writes for each of at most some hundreds of actions. */
const RECORD_TIMEOUT = Duration.minutes(2);
/** A sweep ends before the next begins. */
const SWEEP_TIMEOUT = Duration.seconds(55);
/** Some thousands of objects, 16 at a time. */
const UPLOAD_TIMEOUT = Duration.minutes(5);
/** Where somebody waits for the answer, half a processor: the SDK and the plan are parsed at a cold start. */
const PROMPT_MEMORY_MB = 1024;

/** What the functions are connected to. */
export interface SystemFunctionsProps {
  /** What tells every function its installation. */
  readonly environment: { readonly [name: string]: string };
  /** What tells a function the `ecs` executor. */
  readonly ecsEnvironment: { readonly [name: string]: string };
  /** Base URL of the agent API. */
  readonly agentApiUrl: string;
  readonly bucketName: string;
  /** Grants for what the contracts declare. */
  readonly permit: (permissions: readonly Permission[]) => readonly Grant[];
  readonly deadLetters: IQueue;
  readonly encryptionKey: IKey | undefined;
}

/** The functions of the system; `execute-action` once per executor kind, each with that kind's permissions only. */
export class SystemFunctions extends Construct {
  readonly executeActionEcs: SystemFunction;
  readonly executeActionWait: SystemFunction;
  readonly agentApi: SystemFunction;
  readonly completeAction: SystemFunction;
  readonly recordRun: SystemFunction;
  readonly cancelRun: SystemFunction;
  readonly sweep: SystemFunction;
  readonly uploadPlan: SystemFunction;
  /** What a definition may call, by placeholder. */
  readonly byPlaceholder: ReadonlyMap<string, SystemFunction>;

  constructor(scope: Construct, id: string, props: SystemFunctionsProps) {
    super(scope, id);
    const { environment, encryptionKey, permit, deadLetters } = props;
    const withExecutors = { ...environment, ...props.ecsEnvironment };
    const create = (name: string, own: SystemFunctionProps): SystemFunction =>
      new SystemFunction(this, name, { encryptionKey, ...own });

    this.executeActionEcs = create("ExecuteActionEcs", {
      source: "execute-action",
      description: "Starts actions as ECS tasks",
      timeout: EXECUTE_ACTION_TIMEOUT,
      memoryMb: PROMPT_MEMORY_MB,
      environment: { ...withExecutors, [RUNTIME_ENVIRONMENT.agentApiUrl]: props.agentApiUrl },
      grants: permit([...EXECUTE_ACTION_PERMISSIONS, ...ECS_PERMISSIONS]),
    });
    this.executeActionWait = create("ExecuteActionWait", {
      source: "execute-action",
      description: "Answers how long a wait is",
      timeout: EXECUTE_ACTION_TIMEOUT,
      memoryMb: PROMPT_MEMORY_MB,
      environment,
      grants: permit(EXECUTE_ACTION_PERMISSIONS),
    });
    this.agentApi = create("AgentApi", {
      source: "agent-api",
      description: "Answers the agents that run beside actions",
      timeout: AGENT_API_TIMEOUT,
      memoryMb: PROMPT_MEMORY_MB,
      // It starts and stops nothing, but the cause of a failure says where the log is.
      environment: { ...environment, ...only(props.ecsEnvironment, ECS_ENVIRONMENT.logGroup) },
      grants: permit(AGENT_API_PERMISSIONS),
    });
    this.completeAction = create("CompleteAction", {
      source: "complete-action",
      description: "Ends attempts whose task has stopped without a report",
      timeout: RECORD_TIMEOUT,
      environment: withExecutors,
      grants: permit([...COMPLETE_ACTION_PERMISSIONS, ...ECS_LOOK_PERMISSIONS]),
      deadLetters,
    });
    this.recordRun = create("RecordRun", {
      source: "record-run",
      description: "Records what became of runs, and ends those in which something was caught",
      timeout: RECORD_TIMEOUT,
      environment: withExecutors,
      grants: permit([...RECORD_RUN_PERMISSIONS, ...ECS_STOP_PERMISSIONS]),
      deadLetters,
    });
    this.cancelRun = create("CancelRun", {
      source: "cancel-run",
      description: "Stops the attempts of runs that have ended",
      timeout: RECORD_TIMEOUT,
      environment: withExecutors,
      grants: permit([...CANCEL_RUN_PERMISSIONS, ...ECS_STOP_PERMISSIONS]),
      deadLetters,
    });
    this.sweep = create("Sweep", {
      source: "sweep",
      description: "Repairs once a minute what was lost: answers, reports, events, tasks",
      timeout: SWEEP_TIMEOUT,
      environment: withExecutors,
      grants: permit([...SWEEP_PERMISSIONS, ...ECS_STOP_PERMISSIONS]),
      deadLetters,
    });
    this.uploadPlan = create("UploadPlan", {
      source: "upload-plan",
      description: "Puts the plans of deployed pipelines into the bucket",
      timeout: UPLOAD_TIMEOUT,
      environment: { [RUNTIME_ENVIRONMENT.bucketName]: props.bucketName },
      grants: permit(UPLOAD_PLAN_PERMISSIONS),
    });
    this.byPlaceholder = new Map([
      [ECS_KIND.functionPlaceholder, this.executeActionEcs],
      [WAIT_KIND.functionPlaceholder, this.executeActionWait],
      [RECORD_RUN_PLACEHOLDER, this.recordRun],
    ]);
  }
}

function only(environment: { readonly [name: string]: string }, name: string): { readonly [name: string]: string } {
  const value = environment[name];
  return value === undefined ? {} : { [name]: value };
}

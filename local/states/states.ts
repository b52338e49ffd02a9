import type { Clock } from "../clock.ts";
import type { LocalService } from "../wire/service.ts";
import type { Account } from "./arn.ts";
import { createEngine } from "./engine/engine.ts";
import { type StatusChange, statusChangeOf } from "./engine/status-change.ts";
import { createStore } from "./engine/store.ts";
import { createStateMachine } from "./operations/create-state-machine.ts";
import { deleteStateMachine, removeIfIdle } from "./operations/delete-state-machine.ts";
import { describeExecution } from "./operations/describe-execution.ts";
import { describeStateMachine, describeStateMachineForExecution } from "./operations/describe-state-machine.ts";
import { getExecutionHistory } from "./operations/get-execution-history.ts";
import { listExecutions } from "./operations/list-executions.ts";
import { listStateMachines } from "./operations/list-state-machines.ts";
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from "./operations/send-task.ts";
import type { Operation, ServiceContext } from "./operations/service-context.ts";
import { startExecution } from "./operations/start-execution.ts";
import { stopExecution } from "./operations/stop-execution.ts";
import { updateStateMachine } from "./operations/update-state-machine.ts";
import { validateStateMachineDefinition } from "./operations/validate-state-machine-definition.ts";
import type { RandomBytes } from "./randomness.ts";
import { createLambdaIntegrations, type InvokeFunction } from "./tasks/lambda.ts";

/** What Step Functions is connected to. */
export interface StatesOptions extends Account {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly integrations: {
    /** Calls a function, by name or ARN; `FunctionHost.invoke` fits. */
    readonly lambda: InvokeFunction;
  };
  /** Called with the detail of AWS's status event when an execution has begun and when it has ended. */
  onStatusChange?(change: StatusChange): void;
}

/** Step Functions on a laptop. */
export interface States {
  readonly service: LocalService;
  /** Ends all timers. Executions stay as they are and go no further. */
  stop(): void;
}

const OPERATIONS: { readonly [name: string]: Operation } = {
  CreateStateMachine: createStateMachine,
  DeleteStateMachine: deleteStateMachine,
  DescribeExecution: describeExecution,
  DescribeStateMachine: describeStateMachine,
  DescribeStateMachineForExecution: describeStateMachineForExecution,
  GetExecutionHistory: getExecutionHistory,
  ListExecutions: listExecutions,
  ListStateMachines: listStateMachines,
  SendTaskFailure: sendTaskFailure,
  SendTaskHeartbeat: sendTaskHeartbeat,
  SendTaskSuccess: sendTaskSuccess,
  StartExecution: startExecution,
  StopExecution: stopExecution,
  UpdateStateMachine: updateStateMachine,
  ValidateStateMachineDefinition: validateStateMachineDefinition,
};

/** Step Functions without machines. */
export function createStates(options: StatesOptions): States {
  const { clock, random, region, accountId } = options;
  const store = createStore();
  const engine = createEngine({
    clock,
    random,
    region,
    onStatusChange(execution) {
      const stateMachine = store.machines.get(execution.machineArn);
      if (stateMachine !== undefined) removeIfIdle(store, stateMachine);
      options.onStatusChange?.(statusChangeOf(execution));
    },
  });
  const context: ServiceContext = {
    account: { region, accountId },
    clock,
    random,
    findIntegration: createLambdaIntegrations({ invoke: options.integrations.lambda, now: () => clock.now(), random }),
    store,
    engine,
  };
  const operations = Object.entries(OPERATIONS).map(
    ([name, operation]) => [name, async (input: unknown) => operation(context, input)] as const,
  );
  return {
    service: {
      name: "states",
      targetPrefix: "AWSStepFunctions",
      jsonVersion: "1.0",
      operations: Object.fromEntries(operations),
    },
    stop: () => engine.stop(),
  };
}

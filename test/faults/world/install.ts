import { CreateEventBusCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateStateMachineCommand } from "@aws-sdk/client-sfn";
import type { EcsExecutorConfiguration } from "../../../actions/index.ts";
import type { Compilation } from "../../../compiler/index.ts";
import {
  CANCEL_RUN_RULE,
  COMPLETE_ACTION_RULE,
  createAgentApi,
  createCancelRun,
  createCompleteAction,
  createExecuteAction,
  createRecordRun,
  createSweep,
  publishPlan,
  RECORD_RUN_RULE,
  type Runtime,
  substitute,
} from "../../../functions/index.ts";
import { createTable } from "../../../local/installation/create-table.ts";
import { PLACE } from "./aws.ts";
import type { FunctionHost } from "./function-host.ts";

/** The one cluster. */
export const CLUSTER: EcsExecutorConfiguration = {
  kind: "ecs",
  region: PLACE.region,
  cluster: "sluice",
  launch: "fargate",
  capacityProviders: [],
  architecture: "X86_64",
  subnets: ["subnet-1"],
  securityGroups: [],
  assignPublicIp: false,
  executionRoleArn: `arn:aws:iam::${PLACE.accountId}:role/execution`,
  agentImage: "sluice/agent:1",
  logGroup: "sluice",
};

/** What a deployment does: functions, table, bus and rules, and the machine of one pipeline. */
export async function install(runtime: Runtime, host: FunctionHost, compilation: Compilation): Promise<void> {
  const { dynamodb, events, states } = runtime.clients;
  host.register("agent-api", createAgentApi(runtime));
  const executeAction = host.register("execute-action", createExecuteAction(runtime));
  const recordRun = host.register("record-run", createRecordRun(runtime));
  host.register("sweep", createSweep(runtime));
  const rules = [
    { arn: recordRun, pattern: RECORD_RUN_RULE },
    { arn: host.register("cancel-run", createCancelRun(runtime)), pattern: CANCEL_RUN_RULE },
    { arn: host.register("complete-action", createCompleteAction(runtime)), pattern: COMPLETE_ACTION_RULE },
  ];
  await createTable(dynamodb, runtime.environment.tableName);
  await events.send(new CreateEventBusCommand({ Name: runtime.environment.busName }));
  for (const [index, { arn, pattern }] of rules.entries()) {
    const rule = `rule-${index}`;
    await events.send(new PutRuleCommand({ Name: rule, EventPattern: JSON.stringify(pattern) }));
    await events.send(new PutTargetsCommand({ Rule: rule, Targets: [{ Id: rule, Arn: arn }] }));
  }
  await publishPlan(runtime, compilation);
  const placeholders = new Map([
    ["${ExecuteActionEcs}", executeAction],
    ["${ExecuteActionWait}", executeAction],
    ["${RecordRun}", recordRun],
  ]);
  await states.send(
    new CreateStateMachineCommand({
      name: compilation.machine.name,
      definition: substitute(compilation.machine.body, placeholders),
      roleArn: `arn:aws:iam::${PLACE.accountId}:role/sluice-state-machine`,
      type: "STANDARD",
    }),
  );
}

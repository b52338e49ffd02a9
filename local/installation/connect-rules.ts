import {
  CreateEventBusCommand,
  type EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CANCEL_RUN_RULE, COMPLETE_ACTION_RULE, RECORD_RUN_RULE } from "../../functions/index.ts";
import { NAMES } from "./names.ts";
import { FUNCTIONS } from "./register-functions.ts";

const RULES = [
  { functionName: FUNCTIONS.recordRun, pattern: RECORD_RUN_RULE },
  { functionName: FUNCTIONS.cancelRun, pattern: CANCEL_RUN_RULE },
  { functionName: FUNCTIONS.completeAction, pattern: COMPLETE_ACTION_RULE },
] as const;

/** Makes Sluice's own bus, and the rules of a deployed installation: what AWS reports reaches the functions. */
export async function connectRules(events: EventBridgeClient): Promise<void> {
  await events.send(new CreateEventBusCommand({ Name: NAMES.bus }));
  for (const { functionName, pattern } of RULES) {
    await events.send(new PutRuleCommand({ Name: functionName, EventPattern: JSON.stringify(pattern) }));
    const Arn = `arn:aws:lambda:${NAMES.region}:${NAMES.accountId}:function:${functionName}`;
    await events.send(new PutTargetsCommand({ Rule: functionName, Targets: [{ Id: functionName, Arn }] }));
  }
}

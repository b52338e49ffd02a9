import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import {
  createNotify,
  NOTIFY_QUEUE,
  notificationDeclaration,
  notificationPattern,
  notificationTemplate,
  type Runtime,
  secretParameterName,
} from "../../functions/index.ts";
import type { Clock } from "../clock.ts";
import { createQueue, type LocalQueue } from "../events/queue.ts";
import type { FunctionHost } from "../function-host/function-host.ts";
import { NAMES } from "./names.ts";
import type { LocalNotification } from "./options.ts";

/** A notification that this machine cannot send. */
export class UnsupportedNotificationError extends Error {
  override readonly name = "UnsupportedNotificationError";
}

const FUNCTION = `${NAMES.functionPrefix}notify`;
const QUEUE_ARN = `arn:aws:sqs:${NAMES.region}:${NAMES.accountId}:${NAMES.functionPrefix}notifications`;

/** The queue of notifications and the function behind it. */
export interface Notifications {
  /** ARN by which rules send to the queue. */
  readonly queueArn: string;
  readonly queue: LocalQueue;
  /** Makes the parameter and the rule of each notification. */
  connect(runtime: Runtime): Promise<void>;
}

/**
 * What a deployment makes of its notifications: rule -> queue -> `notify`.
 * @throws {UnsupportedNotificationError} one to SNS, which is not on this machine
 */
export function createNotifications(
  notifications: readonly LocalNotification[],
  {
    clock,
    functions,
    randomId,
  }: { readonly clock: Clock; readonly functions: FunctionHost; readonly randomId: () => string },
): Notifications {
  const declared = notifications.map(({ notification, secret }) => ({
    declaration: notificationDeclaration.parse(notification),
    secret,
  }));
  for (const { declaration } of declared) {
    if (declaration.target.kind === "sns") {
      throw new UnsupportedNotificationError(
        `The notification "${declaration.name}" goes to SNS, which is not on this machine.`,
      );
    }
  }
  const queue = createQueue({
    clock,
    randomId,
    arn: QUEUE_ARN,
    batchSize: NOTIFY_QUEUE.batchSize,
    visibilityTimeoutSeconds: NOTIFY_QUEUE.visibilityTimeoutSeconds,
    maxReceiveCount: NOTIFY_QUEUE.maxReceiveCount,
    receive: async (event) => {
      const { functionError, payload } = await functions.invoke(FUNCTION, JSON.stringify(event));
      if (functionError !== undefined) throw new Error(payload);
      return failuresOf(JSON.parse(payload));
    },
  });
  return {
    queueArn: QUEUE_ARN,
    queue,
    async connect(runtime) {
      const { clients, environment } = runtime;
      functions.register({
        name: FUNCTION,
        timeoutSeconds: NOTIFY_QUEUE.functionTimeoutSeconds,
        handler: createNotify({
          configPrefix: environment.configPrefix,
          ssm: clients.ssm,
          sns: {
            send: () => Promise.reject(new UnsupportedNotificationError("There is no SNS on this machine.")),
          },
          hideMessage: async (_arn, receiptHandle, seconds) => queue.hide(receiptHandle, seconds),
          allowsLoopback: true,
          clock,
          log: runtime.log,
        }),
      });
      for (const { declaration, secret } of declared) {
        await clients.ssm.send(
          new PutParameterCommand({
            Name: secretParameterName(environment.configPrefix, declaration.name),
            Value: JSON.stringify(secret),
            Type: "SecureString",
          }),
        );
        const rule = { EventBusName: environment.busName, Rule: `notify-${declaration.name}` };
        await clients.events.send(
          new PutRuleCommand({
            EventBusName: rule.EventBusName,
            Name: rule.Rule,
            EventPattern: JSON.stringify(notificationPattern(declaration)),
          }),
        );
        const InputTransformer = { InputTemplate: notificationTemplate(declaration) };
        await clients.events.send(
          new PutTargetsCommand({ ...rule, Targets: [{ Id: "queue", Arn: QUEUE_ARN, InputTransformer }] }),
        );
      }
    },
  };
}

function failuresOf({
  batchItemFailures,
}: {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}) {
  return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
}

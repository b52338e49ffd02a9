import * as z from "zod";
import type { Permission } from "../../actions/executors/contract.ts";
import { EVENT_DETAIL_TYPES, EVENT_SOURCE } from "../events/contract.ts";
import { ACTION_STATUSES, RUN_STATUSES } from "../records/statuses.ts";

/** Statuses of runs and actions alike. */
const statuses = z.enum([...new Set([...RUN_STATUSES, ...ACTION_STATUSES])]);

/** Where a notification goes. Its URL and its key are secrets: they stand in Parameter Store, not here. */
const notificationTarget = z.discriminatedUnion("kind", [
  /** A topic of SNS, which sends e-mail among others. */
  z.strictObject({ kind: z.literal("sns"), topicArn: z.string().regex(/^arn:[^:]+:sns:[^:]+:\d{12}:[\w-]+$/) }),
  /** POST of the event, signed. */
  z.strictObject({ kind: z.literal("webhook") }),
  z.strictObject({ kind: z.literal("slack") }),
  z.strictObject({ kind: z.literal("dingtalk") }),
  z.strictObject({ kind: z.literal("lark") }),
]);

/** One notification that an installation declares: which events, and where to. */
export const notificationDeclaration = z.strictObject({
  /** Also the name of the parameter with its URL: `/<prefix>/notifications/<name>`. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  /** Events of runs, of actions, or of both. */
  events: z
    .array(z.enum(["run", "action"]))
    .min(1)
    .default(["run"]),
  /** Keys of pipelines; a `*` at the end stands for anything. Default: every pipeline. */
  pipelines: z
    .array(z.string().regex(/^[a-z0-9-]*\*?$/))
    .min(1)
    .optional(),
  /** Default: those in which a run or an action has ended with an attempt or by a person. */
  statuses: z.array(statuses).min(1).default(["succeeded", "failed", "timedOut", "cancelled"]),
  target: notificationTarget,
});

/** One notification that an installation declares. */
export type NotificationDeclaration = Readonly<z.infer<typeof notificationDeclaration>>;

/** As it is written, before defaults. */
export type NotificationOptions = Readonly<z.input<typeof notificationDeclaration>>;

/** All notifications of an installation. */
export const notificationDeclarations = z
  .array(notificationDeclaration)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "Two notifications have the same name.");

/** What is in the queue: who wants to know, and what has happened (an event in EventBridge's envelope). */
export const queuedNotification = z.object({
  notification: z.object({ name: z.string(), target: notificationTarget }),
  event: z.object({
    id: z.string(),
    time: z.string(),
    region: z.string(),
    account: z.string(),
    source: z.string(),
    "detail-type": z.string(),
    detail: z.record(z.string(), z.unknown()),
  }),
});

/** One notification in the queue. */
export type QueuedNotification = Readonly<z.infer<typeof queuedNotification>>;

/** What SQS hands to the function. */
export const notifyEvent = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      receiptHandle: z.string(),
      body: z.string(),
      attributes: z.object({ ApproximateReceiveCount: z.coerce.number().int().positive() }),
      /** ARN of the queue. */
      eventSourceARN: z.string(),
    }),
  ),
});

/** What SQS hands to the function. */
export type NotifyEvent = Readonly<z.infer<typeof notifyEvent>>;

/** Messages that SQS shall hand out again. */
export interface NotifyResult {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** The event pattern of the rule of a notification, on the bus of our own. */
export function notificationPattern({ events, pipelines, statuses }: NotificationDeclaration): {
  readonly source: readonly string[];
  readonly "detail-type": readonly string[];
  readonly detail: { readonly [key: string]: readonly (string | { readonly prefix: string })[] };
} {
  return {
    source: [EVENT_SOURCE],
    "detail-type": events.map((event) => EVENT_DETAIL_TYPES[event]),
    detail: {
      ...(pipelines !== undefined && {
        pipeline: pipelines.map((key) => (key.endsWith("*") ? { prefix: key.slice(0, -1) } : key)),
      }),
      status: [...statuses],
    },
  };
}

/** The input transformer of that rule's target, the queue: `queuedNotification` as EventBridge fills it in. */
export function notificationTemplate({ name, target }: NotificationDeclaration): string {
  return `{"notification":${JSON.stringify({ name, target })},"event":<aws.events.event.json>}`;
}

/**
 * The queue between the rules and the function. A message that could not be delivered is seen again after 10, 20, 40 …
 * seconds, 15 minutes at most (`functions/notify/backoff.ts`); nine tries take some 36 minutes, longer than most
 * deployments of a receiver, before the message goes to the dead letters.
 */
export const NOTIFY_QUEUE = {
  maxReceiveCount: 9,
  batchSize: 5,
  /** Six times the function's timeout, as Lambda advises. */
  visibilityTimeoutSeconds: 360,
  functionTimeoutSeconds: 60,
} as const;

/** Folder of the parameters with URLs and keys, below the installation's prefix. */
export const NOTIFICATION_FOLDER = "notifications";

/** What the parameter `/<prefix>/notifications/<name>`, a SecureString, holds as JSON. */
export const notificationSecret = z.strictObject({
  /** `https:`; a laptop also takes `http:` on the loopback interface. */
  url: z.url(),
  /** Key of the signature. Required for a webhook; DingTalk and Lark sign if there is one; Slack has none. */
  key: z.string().min(1).optional(),
});

/** URL and key of a notification. */
export type NotificationSecret = Readonly<z.infer<typeof notificationSecret>>;

/** Calls of the function; reading from the queue belongs to the connection between queue and function. */
export const NOTIFY_PERMISSIONS: readonly Permission[] = [
  { actions: ["ssm:GetParameter"], on: "notificationSecrets" },
  { actions: ["sns:Publish"], on: "notificationTopics" },
  { actions: ["sqs:ChangeMessageVisibility"], on: "notificationQueue" },
];

import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { parseEvent } from "../middleware/parse-event.ts";
import { type NotifyEvent, type NotifyResult, notifyEvent } from "./contract.ts";
import { createNotify } from "./notify.ts";
import type { NotifyRuntime } from "./runtime.ts";

/** The function behind the queue of notifications. Answers which messages shall come again. */
export function createHandler(runtime: NotifyRuntime): (event: unknown, context: Context) => Promise<NotifyResult> {
  const wrapped = middy<NotifyEvent, NotifyResult>(createNotify(runtime)).use(parseEvent(notifyEvent));
  // Middy types the event as what the logic wants; the parsing middleware is what makes it so.
  return (event, context) => wrapped(event as NotifyEvent, context);
}

let shared: Promise<ReturnType<typeof createHandler>> | undefined;

/** The Lambda entry point. What makes the runtime is loaded only here: a laptop passes its own. */
export const handler = async (event: unknown, context: Context): Promise<NotifyResult> => {
  shared ??= import("./runtime-from-environment.ts").then(({ notifyRuntimeFrom }) =>
    createHandler(notifyRuntimeFrom(process.env)),
  );
  return (await shared)(event, context);
};

import type { Json } from "../../compiler/index.ts";
import type { InputReader } from "../wire/input.ts";

/** An event in EventBridge's envelope, as targets get it. */
export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: { readonly [key: string]: Json };
}

/** What the sender of an event says; the bus adds the rest. */
export type EventContent = Pick<BusEvent, "detail-type" | "source" | "detail"> & {
  readonly resources?: readonly string[];
  /** Milliseconds since the epoch. Default: now. */
  readonly time?: number;
};

/** Why one entry of PutEvents was not taken; the others are. */
export interface EntryFailure {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** EventBridge's limit of an entry. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const LARGEST_ENTRY_BYTES = 256 * 1024;

/** Reads one entry of PutEvents. */
export function readEntry(
  entry: InputReader,
): { readonly busName: string; readonly content: EventContent } | EntryFailure {
  const busName = entry.optionalString("EventBusName") ?? "default";
  const source = entry.optionalString("Source") ?? "";
  const detailType = entry.optionalString("DetailType") ?? "";
  const detailText = entry.optionalString("Detail") ?? "";
  const time = entry.optionalInteger("Time");
  const resources = entry.stringList("Resources");
  entry.ignore("TraceHeader");
  entry.done();
  for (const [name, value] of [
    ["Source", source],
    ["DetailType", detailType],
    ["Detail", detailText],
  ] as const) {
    if (value === "")
      return failure("InvalidArgument", `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  }
  if (source.startsWith("aws.")) return failure("NotAuthorizedForSourceException", "Not authorized for the source.");
  const bytes = [source, detailType, detailText, ...resources].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > LARGEST_ENTRY_BYTES)
    return failure("InvalidArgument", `The entry has ${bytes} bytes; the limit is ${LARGEST_ENTRY_BYTES}.`);
  const detail = parseDetail(detailText);
  if (detail === undefined) return failure("MalformedDetail", "Detail is malformed.");
  return {
    busName: busName.replace(/^arn:.*:event-bus\//, ""),
    content: { source, "detail-type": detailType, detail, resources, ...(time !== undefined && { time: time * 1000 }) },
  };
}

function parseDetail(text: string): BusEvent["detail"] | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return typeof detail === "object" && detail !== null && !Array.isArray(detail)
      ? // `as`: what JSON.parse answers for an object is one of JSON.
        (detail as BusEvent["detail"])
      : undefined;
  } catch {
    return undefined;
  }
}

const failure = (ErrorCode: string, ErrorMessage: string): EntryFailure => ({ ErrorCode, ErrorMessage });

import { createHmac } from "node:crypto";
import type { NotificationSecret, QueuedNotification } from "../contract.ts";
import { DeliveryError } from "../delivery-error.ts";
import type { NotificationRequest } from "../post.ts";

/** Header with time and signature: `t=1763712000,v1=5257a8…`. */
const SIGNATURE_HEADER = "sluice-signature";
/** Header with the event's id, which a receiver keeps to know an event that comes again. */
const EVENT_ID_HEADER = "sluice-event-id";

/** HMAC-SHA256 (hex) of `<seconds since the epoch>.<body>`: the time in it is what makes an old request worthless. */
export function signatureOf(key: string, seconds: number, body: string): string {
  return createHmac("sha256", key).update(`${seconds}.${body}`).digest("hex");
}

/** The event itself, without what only concerns the AWS account, signed. */
export function webhookRequest(
  event: QueuedNotification["event"],
  { key, url }: NotificationSecret,
  now: number,
): NotificationRequest {
  if (key === undefined) {
    throw new DeliveryError("A webhook needs a key: the receiver could not know who calls it.");
  }
  const { detail, id, source, time } = event;
  const body = JSON.stringify({ id, time, source, "detail-type": event["detail-type"], detail });
  const seconds = Math.floor(now / 1000);
  return {
    url,
    headers: {
      [EVENT_ID_HEADER]: id,
      [SIGNATURE_HEADER]: `t=${seconds},v1=${signatureOf(key, seconds, body)}`,
    },
    body,
  };
}

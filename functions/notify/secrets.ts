import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { NOTIFICATION_FOLDER, type NotificationSecret, notificationSecret } from "./contract.ts";
import { DeliveryError } from "./delivery-error.ts";
import type { NotifyRuntime } from "./runtime.ts";

/** Name of the parameter with URL and key of a notification. */
export function secretParameterName(configPrefix: string, notification: string): string {
  return `${configPrefix}/${NOTIFICATION_FOLDER}/${notification}`;
}

/** A changed URL or key counts after this time at the latest. */
const KEPT_MILLISECONDS = 60_000;

/** Reads URLs and keys; throws `DeliveryError` where there is none, or one that cannot be. */
export function createSecrets({
  allowsLoopback,
  clock,
  configPrefix,
  ssm,
}: NotifyRuntime): (notification: string) => Promise<NotificationSecret> {
  const kept = new Map<string, { readonly secret: NotificationSecret; readonly until: number }>();
  return async (notification) => {
    const known = kept.get(notification);
    if (known !== undefined && known.until > clock.now()) {
      return known.secret;
    }
    const Name = secretParameterName(configPrefix, notification);
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
    const secret = parseSecret(Name, Parameter?.Value ?? "", allowsLoopback);
    kept.set(notification, { secret, until: clock.now() + KEPT_MILLISECONDS });
    return secret;
  };
}

/** Nothing of the value goes into the message. */
function parseSecret(name: string, text: string, allowsLoopback: boolean): NotificationSecret {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DeliveryError(`The parameter ${name} is not JSON such as {"url": "https://…", "key": "…"}.`);
  }
  const parsed = notificationSecret.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ message, path }) => `${path.join(".") || "value"}: ${message}`);
    throw new DeliveryError(`The parameter ${name} is wrong: ${problems.join("; ")}.`);
  }
  const { hostname, protocol } = new URL(parsed.data.url);
  const isLoopback = hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(hostname);
  if (protocol !== "https:" && !(allowsLoopback && protocol === "http:" && isLoopback)) {
    throw new DeliveryError(`The URL in the parameter ${name} must begin with https://.`);
  }
  return parsed.data;
}

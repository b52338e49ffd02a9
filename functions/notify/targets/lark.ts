import { createHmac } from "node:crypto";
import type { NotificationSecret } from "../contract.ts";
import type { Message } from "../message.ts";
import type { NotificationRequest } from "../post.ts";
import { codeRefusal } from "./code-refusal.ts";

/**
 * A message for a custom bot of Lark (Feishu), with its signature: HMAC-SHA256 of nothing, with `<seconds>\n<key>` as the
 * key, in base64. Texts stand in elements of their own, so that nothing of them is markup.
 * Source: https://open.larksuite.com/document/client-docs/bot-v3/add-custom-bot
 */
export function larkRequest(
  { error, facts, title }: Message,
  { key, url }: NotificationSecret,
  now: number,
): NotificationRequest {
  const timestamp = String(Math.floor(now / 1000));
  const line = (text: string) => [{ tag: "text", text }];
  const content = [
    ...facts.map(([name, value]) => line(`${name}: ${value}`)),
    ...(error === undefined ? [] : [line(error)]),
  ];
  return {
    url,
    headers: {},
    body: JSON.stringify({
      ...(key !== undefined && { timestamp, sign: createHmac("sha256", `${timestamp}\n${key}`).digest("base64") }),
      msg_type: "post",
      content: { post: { en_us: { title, content } } },
    }),
    refusal: codeRefusal("code", "msg"),
  };
}

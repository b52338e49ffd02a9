import { createHmac } from "node:crypto";
import type { NotificationSecret } from "../contract.ts";
import type { Message } from "../message.ts";
import type { NotificationRequest } from "../post.ts";
import { codeRefusal } from "./code-refusal.ts";

/**
 * A message for a custom robot of DingTalk, with the signature that its security settings ask for: HMAC-SHA256 with the
 * key over `<milliseconds>\n<key>`, in base64. Source: https://open.dingtalk.com/document/robots/customize-robot-security-settings
 */
export function dingtalkRequest(
  { error, facts, title }: Message,
  { key, url }: NotificationSecret,
  now: number,
): NotificationRequest {
  const signed = new URL(url);
  if (key !== undefined) {
    signed.searchParams.set("timestamp", String(now));
    signed.searchParams.set("sign", createHmac("sha256", key).update(`${now}\n${key}`).digest("base64"));
  }
  const lines = [
    `#### ${escapeMarks(title)}`,
    ...facts.map(([name, value]) => `- ${name}: ${escapeMarks(value)}`),
    ...(error === undefined ? [] : [escapeMarks(error).replaceAll(/^/gm, "> ")]),
  ];
  return {
    url: signed.href,
    headers: {},
    body: JSON.stringify({ msgtype: "markdown", markdown: { title, text: lines.join("\n\n") } }),
    refusal: codeRefusal("errcode", "errmsg"),
  };
}

/** Characters of DingTalk's markdown that could make a link, a picture or a mention of a text. */
function escapeMarks(text: string): string {
  return text.replaceAll(/[\\[\]!@`*_]/g, (character) => `\\${character}`);
}

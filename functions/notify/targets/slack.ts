import type { NotificationSecret } from "../contract.ts";
import type { Message } from "../message.ts";
import type { NotificationRequest } from "../post.ts";

/** A section of a message takes 3,000 characters; escaping makes of one character five at most. */
const LONGEST_ERROR = 500;

/**
 * A message for an incoming webhook of Slack. Source: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export function slackRequest({ error, facts, title }: Message, { url }: NotificationSecret): NotificationRequest {
  const lines = [`*${escapeMarks(title)}*`, ...facts.map(([name, value]) => `${name}: ${escapeMarks(value)}`)];
  const quoted =
    error === undefined ? [] : [`\`\`\`${escapeMarks(error.slice(0, LONGEST_ERROR)).replaceAll("`", "'")}\`\`\``];
  return {
    url,
    headers: {},
    body: JSON.stringify({
      text: escapeMarks(title),
      blocks: [{ type: "section", text: { type: "mrkdwn", text: [...lines, ...quoted].join("\n") } }],
    }),
  };
}

/** The three characters by which Slack marks mentions and links: a text of a user's can call nobody. */
function escapeMarks(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

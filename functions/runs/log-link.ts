import type { AttemptLog } from "../../actions/index.ts";

/** Hosts of the console by the beginning of the region's name. Source: AWS, "AWS partitions". */
const CONSOLES = [
  ["cn-", "console.amazonaws.cn"],
  ["us-gov-", "console.amazonaws-us-gov.com"],
] as const;

/** The page of the AWS console that shows the log of an attempt. */
export function logLink({ region, group, stream }: AttemptLog): string {
  const host = CONSOLES.find(([beginning]) => region.startsWith(beginning))?.[1] ?? "console.aws.amazon.com";
  const place = `log-groups/log-group/${escaped(group)}/log-events/${escaped(stream)}`;
  return `https://${region}.${host}/cloudwatch/home?region=${region}#logsV2:${place}`;
}

/** As the console's own addresses have it: encoded twice, and `$` in place of `%`. */
function escaped(name: string): string {
  return encodeURIComponent(encodeURIComponent(name)).replaceAll("%", "$");
}

import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { hasName } from "../errors/has-name.ts";
import type { AttemptLogs, LogLines } from "./runtime.ts";

/** What log drivers hold back, and CloudWatch Logs needs until an event can be read. */
const DELAY_SECONDS = 10;

/** The logs of attempts in CloudWatch Logs; `clientOf` answers the client of a region. */
export function createCloudWatchLogs(
  clientOf: (region: string) => CloudWatchLogsClient = regionalClients(),
): AttemptLogs {
  return {
    delaySeconds: DELAY_SECONDS,
    async read({ log }, after, limit): Promise<LogLines> {
      if (log === undefined) {
        return { lines: [], next: after ?? "", isAtEnd: true };
      }
      try {
        const { events = [], nextForwardToken = "" } = await clientOf(log.region).send(
          new GetLogEventsCommand({
            logGroupName: log.group,
            logStreamName: log.stream,
            startFromHead: true,
            limit,
            ...(after !== undefined && after !== "" && { nextToken: after }),
          }),
        );
        return {
          lines: events.map(({ message = "", timestamp }) => ({
            text: message,
            ...(timestamp !== undefined && { time: new Date(timestamp).toISOString() }),
          })),
          next: nextForwardToken,
          // At the end of a stream the same token comes back; a page without events may have some behind it.
          isAtEnd: events.length === 0 && nextForwardToken === after,
        };
      } catch (error) {
        // A stream is made with its first event.
        if (hasName(error, "ResourceNotFoundException")) {
          return { lines: [], next: "", isAtEnd: true };
        }
        throw error;
      }
    },
  };
}

function regionalClients(): (region: string) => CloudWatchLogsClient {
  const clients = new Map<string, CloudWatchLogsClient>();
  return (region) => {
    const client = clients.get(region) ?? new CloudWatchLogsClient({ region });
    clients.set(region, client);
    return client;
  };
}

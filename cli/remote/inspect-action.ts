import { type Inspection, inspection, run as runSchema } from "../api/answers.ts";
import type { ApiOptions } from "../api/api-options.ts";
import { connect } from "../api/connect.ts";
import type { Io } from "../io.ts";
import { printJson } from "../text/print-json.ts";
import { padCells, singleLine } from "../text/width.ts";
import { findAction } from "./find-action.ts";

/** Prints what there is to say about the latest attempt of an action. */
export async function inspectAction(runId: string, action: string, options: ApiOptions, io: Io): Promise<void> {
  const client = connect(options, io);
  // The key goes through every path as it is; an alias may hold a slash, which API Gateway does not take for a part of one.
  const { key } = findAction(await client.get(["runs", runId], runSchema), action);
  const found = await client.get(["runs", runId, "actions", key, "inspect"], inspection);
  if (options.format === "json") printJson(io, found);
  else io.stdout.write(inspectionText(found));
}

function inspectionText(found: Inspection): string {
  const { log } = found;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["action", `${singleLine(found.alias)} (${found.action}), attempt ${found.attempt}`],
    ["executor", found.executor],
    ["handle", found.handle],
    ["accepted", found.acceptedAt],
    ["started", found.startedAt],
    ["last seen", found.lastSeen],
    ["deadline", found.deadlineAt],
    ["cancelled", found.cancelReason],
    ["end", found.end],
    ["allotment", found.allotment],
    ["log", log && `${log.group} ${log.stream} (${log.region})`],
  ];
  const lines = facts.flatMap(([name, value]) => (value === undefined ? [] : [`${padCells(name, 9)}  ${value}`]));
  return `${lines.join("\n")}\n\n${found.text.split("\n").map(singleLine).join("\n").trimEnd()}\n`;
}

import * as z from "zod";
import { readAttempt } from "../../records/attempt.ts";
import { hasActionEnded, hasRunEnded } from "../../records/statuses.ts";
import type { ApiAnswer } from "../answer.ts";
import { type FoundAction, findAction } from "../find-action.ts";
import { limitParameter } from "../limit-parameter.ts";
import { readToken, writeToken } from "../page-token.ts";
import { ApiProblem } from "../problem.ts";
import { type ApiRequest, readQuery } from "../request.ts";
import type { RunsApiRuntime } from "../runtime.ts";
import type { logPage } from "../schemas.ts";

/** The query of `GET …/log`. */
export const readLogQuery = z.strictObject({
  attempt: z
    .string()
    .regex(/^[1-9][0-9]{0,5}$/, "must be the number of an attempt, counted from 1")
    .transform(Number)
    .exactOptional(),
  limit: limitParameter({ fallback: 500, most: 5000 }),
  after: z.string().exactOptional(),
});

/** Which log, and where in it. */
const place = z.strictObject({ attempt: z.int(), at: z.string().optional() });

/** `GET /runs/{runId}/actions/{action}/log`: of the latest attempt, or of the one that is asked for. */
export async function readLog(runtime: RunsApiRuntime, request: ApiRequest): Promise<ApiAnswer> {
  const query = readQuery(request, readLogQuery);
  const found = await findAction(runtime, request);
  const after = query.after === undefined ? undefined : readToken(query.after, place);
  const latest = found.record?.attempt ?? 0;
  // Who follows a log that has not begun goes on with the first attempt.
  const n = query.attempt ?? (after?.attempt || Math.min(latest, after === undefined ? latest : 1));
  if (n > latest) {
    const made = latest === 0 ? "it has none yet" : `it has ${latest}`;
    throw new ApiProblem("not-found", `Action "${found.summary.alias}" has no attempt ${n}; ${made}.`);
  }
  const body =
    n === 0 ? notBegun(found) : await readLines(runtime, found, n, after?.attempt === n ? after.at : undefined, query);
  return { status: 200, body };
}

type LogPage = ReturnType<(typeof logPage)["parse"]>;

function notBegun({ run, summary, record }: FoundAction): LogPage {
  const ended = summary.disabled || hasRunEnded(run.status) || (record !== undefined && hasActionEnded(record.status));
  return {
    runId: run.runId,
    action: summary.key,
    alias: summary.alias,
    attempt: 0,
    lines: [],
    next: writeToken({ attempt: 0 }),
    complete: ended,
    ended,
  };
}

async function readLines(
  runtime: RunsApiRuntime,
  { run, summary, record }: FoundAction,
  n: number,
  at: string | undefined,
  { limit }: { readonly limit: number },
): Promise<LogPage> {
  const attempt = await readAttempt(runtime, { runId: run.runId, key: summary.key, n });
  const { lines, next, isAtEnd } = await runtime.logs.read(
    { runId: run.runId, actionKey: summary.key, attempt: n, hasEnded: attempt?.end !== undefined, log: attempt?.log },
    at,
    limit,
  );
  // The record was read before the lines: what it calls ended had written all of them.
  const endedAt = attempt?.end === undefined ? undefined : Date.parse(attempt.end.endedAt);
  const isSettled = endedAt !== undefined && runtime.clock.now() - endedAt >= runtime.logs.delaySeconds * 1000;
  const isLatest = record?.attempt === n;
  return {
    runId: run.runId,
    action: summary.key,
    alias: summary.alias,
    attempt: n,
    lines: lines.map(({ text, time }) => ({ text, ...(time !== undefined && { time }) })),
    next: writeToken({ attempt: n, at: next }),
    complete: isAtEnd && isSettled,
    ended: isLatest && record !== undefined && hasActionEnded(record.status),
  };
}

import { z } from "zod";
import type { Permission } from "../../actions/executors/contract.ts";
import type { BootstrapRequest, HeartbeatRequest, OutputsRequest, UploadRequest } from "../../agent/protocol.ts";
import { AGENT_API_VERSION } from "../../agent/protocol.ts";
import { CALLS } from "../contract.ts";
import { json } from "../records/output.ts";

/** Route of the HTTP API; braces match one segment. */
export const AGENT_API_ROUTE = { method: "POST", path: `/${AGENT_API_VERSION}/attempts/{attemptId}/{call}` } as const;

const outputEntry = z.object({ name: z.string().min(1), value: json });
const objectKey = z.string().regex(/^dirs\/[0-9a-f]{64}\.tar\.zst$/);
const bytes = z.int().nonnegative();

/** The part of an API Gateway event (payload format 2.0) that is used. */
export const agentApiEvent = z.object({
  rawPath: z.string(),
  headers: z.record(z.string(), z.string().optional()).default({}),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});
export type AgentApiEvent = Readonly<z.infer<typeof agentApiEvent>>;

/** Bodies of the calls; the protocol's own types are in `agent/protocol.ts`. */
export const bootstrapBody = z.object({ nonce: z.string().min(1).max(256) }) satisfies z.ZodType<BootstrapRequest>;

export const heartbeatBody = z.object({
  phase: z.enum(["preparing", "running", "storing"]),
}) satisfies z.ZodType<HeartbeatRequest>;

export const outputsBody = z.object({ entries: z.array(outputEntry) }) satisfies z.ZodType<OutputsRequest>;

export const uploadBody = z.object({
  directory: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes,
}) satisfies z.ZodType<UploadRequest>;

export const completeBody = z.object({
  end: z.enum(["exited", "timedOut", "cancelled", "failedToPrepare", "failedToStore"]),
  exitCode: z.int().optional(),
  signal: z.string().optional(),
  message: z.string().optional(),
  logTail: z.array(z.string()),
  outputs: z.array(outputEntry),
  directories: z.array(z.object({ namespace: z.string(), key: z.string(), objectKey, bytes })),
  startedAt: z.iso.datetime({ offset: true }).optional(),
  endedAt: z.iso.datetime({ offset: true }),
});

/** The protocol's `CompleteRequest`, read. */
export type CompleteBody = z.infer<typeof completeBody>;

/** Calls of the function itself. */
export const AGENT_API_PERMISSIONS: readonly Permission[] = [
  CALLS.records,
  CALLS.plans,
  CALLS.largeOutputs,
  CALLS.configs,
  CALLS.answers,
  CALLS.events,
  { actions: ["states:SendTaskHeartbeat"], on: "machines" },
  // URLs of directories are signed with the function's own rights.
  { actions: ["s3:GetObject", "s3:PutObject"], on: "directories" },
];

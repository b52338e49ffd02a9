import { z } from "zod";
import type { Permission } from "../../actions/executors/contract.ts";
import type {
  BootstrapRequest,
  CompleteRequest,
  HeartbeatRequest,
  OutputsRequest,
  UploadRequest,
} from "../../agent/protocol.ts";
import { AGENT_API_VERSION, FAILURE_KINDS, FILE_LIMITS, isFileName } from "../../agent/protocol.ts";
import { CALLS, OBJECT_PREFIXES } from "../contract.ts";
import { json } from "../records/output.ts";

/** Route of the HTTP API; braces match one segment. */
export const AGENT_API_ROUTE = { method: "POST", path: `/${AGENT_API_VERSION}/attempts/{attemptId}/{call}` } as const;

/** Key of the object that holds an archived directory; its content names it, so equal directories are kept once. */
export function directoryObjectKey(sha256: string): string {
  return `${OBJECT_PREFIXES.directories}/${sha256}.tar.zst`;
}

function isDirectoryObjectKey(key: string): boolean {
  const [hash = ""] = /[0-9a-f]{64}/.exec(key) ?? [];
  return key === directoryObjectKey(hash);
}

/** Key of the object that holds a file of `UPLOADDIR`; its content names it. */
export function fileObjectKey(sha256: string): string {
  return `${OBJECT_PREFIXES.files}/${sha256}`;
}

function isFileObjectKey(key: string): boolean {
  const [hash = ""] = /[0-9a-f]{64}/.exec(key) ?? [];
  return key === fileObjectKey(hash);
}

const outputEntry = z.object({ name: z.string().min(1), value: json });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const objectKey = z.string().refine(isDirectoryObjectKey, "must be the key of an archived directory");
const bytes = z.int().nonnegative();
const fileName = z.string().refine(isFileName, "must be one plain path segment");
const storedFile = z.object({
  name: fileName,
  bytes: bytes.max(FILE_LIMITS.fileBytes),
  objectKey: z.string().refine(isFileObjectKey, "must be the key of a file"),
});
/** A kind that a younger agent knows counts as unknown. */
const analysis = z.object({
  kind: z.enum(FAILURE_KINDS).catch("unknown"),
  summary: z.string(),
  lines: z.array(z.string()),
});

/** The part of an API Gateway event (payload format 2.0) that is used. */
export const agentApiEvent = z.object({
  rawPath: z.string(),
  headers: z.record(z.string(), z.string().optional()).default({}),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});

/** What `agent-api` is called with. */
export type AgentApiEvent = Readonly<z.infer<typeof agentApiEvent>>;

/** Body of `bootstrap`. The protocol's own types are in `agent/protocol.ts`; `satisfies` holds both together. */
export const bootstrapBody = z.object({ nonce: z.string().min(1).max(256) }) satisfies z.ZodType<BootstrapRequest>;

/** Body of `heartbeat`. */
export const heartbeatBody = z.object({
  phase: z.enum(["preparing", "running", "storing"]),
}) satisfies z.ZodType<HeartbeatRequest>;

/** Body of `outputs`. */
export const outputsBody = z.object({ entries: z.array(outputEntry) }) satisfies z.ZodType<OutputsRequest>;

/** Body of `uploads`. */
export const uploadBody = z.union([
  z.object({ directory: z.string(), sha256, bytes }),
  z.object({ file: fileName, sha256, bytes }),
]) satisfies z.ZodType<UploadRequest>;

/** Body of `complete`. */
export const completeBody = z.object({
  end: z.enum(["exited", "timedOut", "cancelled", "failedToPrepare", "failedToStore"]),
  exitCode: z.int().exactOptional(),
  signal: z.string().exactOptional(),
  message: z.string().exactOptional(),
  logTail: z.array(z.string()),
  analysis: analysis.exactOptional(),
  files: z.array(storedFile).max(FILE_LIMITS.entries).exactOptional(),
  outputs: z.array(outputEntry),
  directories: z.array(z.object({ namespace: z.string(), key: z.string(), objectKey, bytes })),
  startedAt: z.iso.datetime({ offset: true }).exactOptional(),
  endedAt: z.iso.datetime({ offset: true }),
}) satisfies z.ZodType<CompleteRequest>;

/** The protocol's `CompleteRequest`, read. */
export type CompleteBody = z.infer<typeof completeBody>;

/** Calls of the function itself. */
export const AGENT_API_PERMISSIONS: readonly Permission[] = [
  CALLS.records,
  CALLS.plans,
  CALLS.largeValues,
  CALLS.configs,
  CALLS.sealedConfigs,
  CALLS.answers,
  CALLS.events,
  { actions: ["states:SendTaskHeartbeat"], on: "machines" },
  // URLs of directories and files are signed with the function's own rights.
  { actions: ["s3:GetObject", "s3:PutObject"], on: "directories" },
  { actions: ["s3:GetObject", "s3:PutObject"], on: "files" },
];

import * as z from "zod";
import type { Permission } from "../../actions/executors/contract.ts";
import type {
  BootstrapRequest,
  CompleteRequest,
  DirectoryRequest,
  HeartbeatRequest,
  OutputsRequest,
  PacksRequest,
  RestoreRequest,
  UploadRequest,
} from "../../agent/protocol.ts";
import { AGENT_API_VERSION, FAILURE_KINDS, FILE_LIMITS, isFileName, PACK_LIMITS } from "../../agent/protocol.ts";
import { CALLS, OBJECT_PREFIXES } from "../contract.ts";
import { json } from "../records/output.ts";

/** Route of the HTTP API; braces match one segment. */
export const AGENT_API_ROUTE = { method: "POST", path: `/${AGENT_API_VERSION}/attempts/{attemptId}/{call}` } as const;

/**
 * Keys of what attempts store. The content names it, so equal contents are kept once; the pipeline stands before it, so
 * nothing of one pipeline can be found, guessed or overwritten from another.
 */
const contentKey = (prefix: string, pipeline: string, sha256: string) => `${prefix}/${pipeline}/${sha256}`;

/** Key of a pack of a directory. */
export function packObjectKey(pipeline: string, sha256: string): string {
  return contentKey(OBJECT_PREFIXES.directories, pipeline, sha256);
}

/** Key of the list of a directory's packs. */
export function directoryObjectKey(pipeline: string, sha256: string): string {
  return `${packObjectKey(pipeline, sha256)}.json`;
}

/** Key of the object that holds a file of `UPLOADDIR`. */
export function fileObjectKey(pipeline: string, sha256: string): string {
  return contentKey(OBJECT_PREFIXES.files, pipeline, sha256);
}

const outputEntry = z.object({ name: z.string().min(1), value: json });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.int().nonnegative();
const fileName = z.string().refine(isFileName, "must be one plain path segment");
const storedFile = z.object({
  name: fileName,
  bytes: bytes.max(FILE_LIMITS.fileBytes),
  objectKey: z.string(),
});
const frame = { sha256, bytes: bytes.max(PACK_LIMITS.bytes) };
const pack = z.object({ ...frame, plainBytes: bytes.max(PACK_LIMITS.plainBytes) });
/** A kind that a younger agent knows counts as unknown. */
const analysis = z.object({
  kind: z.enum(FAILURE_KINDS).catch("unknown"),
  summary: z.string(),
  lines: z.array(z.string()),
});

/** The part of an HTTP API's event (payload format 2.0) that is used. */
const httpApiEvent = z.object({
  rawPath: z.string(),
  headers: z.record(z.string(), z.string().optional()).default({}),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});

/** The same of a REST API's (payload format 1.0), which a network without a way out has in its place. */
const restApiEvent = z
  .object({
    path: z.string(),
    httpMethod: z.string(),
    headers: z.record(z.string(), z.string().optional()).nullish(),
    body: z.string().nullish(),
    isBase64Encoded: z.boolean().default(false),
  })
  .transform(
    ({ path, httpMethod, headers, body, isBase64Encoded }): z.infer<typeof httpApiEvent> => ({
      rawPath: path,
      headers: headers ?? {},
      body: body ?? undefined,
      isBase64Encoded,
      requestContext: { http: { method: httpMethod } },
    }),
  );

/** An event of either API, in the shape of the HTTP API's. */
export const agentApiEvent = z.union([httpApiEvent, restApiEvent]);

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
export const uploadBody = z.object({
  file: fileName,
  sha256,
  bytes: bytes.max(FILE_LIMITS.fileBytes),
}) satisfies z.ZodType<UploadRequest>;

/** Body of `packs`. */
export const packsBody = z.object({
  directory: z.string(),
  packs: z.array(z.object(frame)).max(PACK_LIMITS.perUpload),
}) satisfies z.ZodType<PacksRequest>;

/** What is kept of a directory: its packs. */
export const directoryList = z.object({
  entries: z.array(pack).min(1),
  contents: z.array(pack).max(PACK_LIMITS.perDirectory),
});

/** The protocol's lists of packs, read. */
export type DirectoryList = Readonly<z.infer<typeof directoryList>>;

/** Body of `directories`. */
export const directoryBody = z.object({
  directory: z.string(),
  ...directoryList.shape,
}) satisfies z.ZodType<DirectoryRequest>;

/** Body of `restores`. */
export const restoreBody = z.object({
  directory: z.string(),
  from: z.int().nonnegative(),
}) satisfies z.ZodType<RestoreRequest>;

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
  directories: z.array(z.object({ namespace: z.string(), key: z.string(), objectKey: z.string(), bytes })),
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
  CALLS.secretReferences,
  CALLS.secrets,
  CALLS.answers,
  CALLS.events,
  { actions: ["states:SendTaskHeartbeat"], on: "machines" },
  // URLs of packs and files are signed with the function's own rights; the lists of packs are its own.
  { actions: ["s3:GetObject", "s3:PutObject"], on: "directories" },
  { actions: ["s3:GetObject", "s3:PutObject"], on: "files" },
];

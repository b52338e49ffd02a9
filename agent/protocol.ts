/**
 * The agent protocol: what runs beside the user's container (ECS, EKS, a host process) talks to `agent-api` over HTTPS
 * with JSON bodies. This file is the only thing that the agent shares with the rest of the system.
 *
 * `POST {base}/v1/attempts/{attemptId}/{call}`; every call but `bootstrap` carries `Authorization: Bearer <secret>`.
 * 200 with the answer; 400 bad body; 401 wrong or used-up nonce or secret; 409 the attempt has ended (the agent stops).
 */
export const AGENT_API_VERSION = "v1";

/** What the process or container is started with, as environment variables. The nonce can be used once. */
export const AGENT_ENVIRONMENT = {
  api: "SLUICE_AGENT_API",
  attempt: "SLUICE_ATTEMPT_ID",
  nonce: "SLUICE_ATTEMPT_NONCE",
  /** Directory that belongs to this attempt alone; the agent lays out everything below it. */
  root: "SLUICE_ATTEMPT_ROOT",
  /** Where the scripts run: `process` (the agent's own child, the default) or `container` (`main`, beside the agent). */
  runner: "SLUICE_RUNNER",
} as const;

/**
 * Exit codes of the agent: 0 the end of the attempt was reported, whatever it was; 1 it could not be reported, or
 * nobody wanted to hear of it; 2 the agent was started wrongly or refused.
 */
export const AGENT_EXIT_CODES = { reported: 0, notReported: 1, wrongUsage: 2 } as const;

/** Containers of an attempt where the runner is `container`; `main` is the user's. Both names stand in the task definition. */
export const CONTAINERS = { agent: "agent", main: "main" } as const;

/** Limits of what an action may put out. Source: reference/erda.md 1.17. */
export const OUTPUT_LIMITS = { entries: 100, keyCharacters: 128, valueBytes: 1_024_000 } as const;

/** Limits of what a report holds of the log: enough to see what went wrong, little enough for the attempt's record. */
export const LOG_TAIL_LIMITS = { lines: 20, bytes: 8192 } as const;

/** Limits of what an analysis holds: the lines that matter, not the log once more. */
export const ANALYSIS_LIMITS = { lines: 12, lineCharacters: 400, summaryCharacters: 300 } as const;

/** Limits of `UPLOADDIR`; a directory counts as its archive. Source: reference/erda.md 1.17; entries as for outputs. */
export const FILE_LIMITS = {
  entries: 100,
  nameBytes: 255,
  fileBytes: 10 * 1024 ** 2,
  totalBytes: 50 * 1024 ** 2,
} as const;

/** Whether a text is one path segment that a file of an action can be kept under on any system. */
export function isFileName(name: string): boolean {
  const isPlain = !/[/\\\p{Cc}]/u.test(name) && name.isWellFormed();
  return isPlain && name !== "" && name !== "." && name !== ".." && utf8Bytes(name) <= FILE_LIMITS.nameBytes;
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Longest `NAME=value` in bytes that Linux starts a process with (MAX_ARG_STRLEN 131,072 less the closing NUL). */
export const LONGEST_ENVIRONMENT_ENTRY_BYTES = 131_071;

/** `POST …/bootstrap` */
export interface BootstrapRequest {
  readonly nonce: string;
}

/** Answer of `bootstrap`. */
export type BootstrapResponse = {
  /** 256 random bits, base64url; kept hashed on the other side. */
  readonly secret: string;
} & ({ readonly assignment: Assignment } | { readonly sealed: SealedAssignment });

/**
 * An assignment too large for an answer (a function's ends at 6 MB): its JSON text in UTF-8, encrypted with AES-256-GCM
 * under a key that stands here alone. The object is nonce (12 bytes), ciphertext and tag (16 bytes).
 */
export interface SealedAssignment {
  readonly url: string;
  /** 256 bits. */
  readonly keyBase64: string;
}

/** Bytes around the ciphertext of a sealed assignment. */
export const SEAL_BYTES = { nonce: 12, tag: 16 } as const;

/** Everything that the agent needs for its attempt; it leaves the system only here. */
export interface Assignment {
  readonly attemptId: string;
  readonly runId: string;
  /** Alias as written, for messages. */
  readonly action: string;
  /** The action type's own script, run first with `sh -e`. */
  readonly typeScript?: string;
  /** The user's commands; a prelude that reads `variables` is put before them. */
  readonly script?: string;
  /** The language of `script`, whose variables `variables` are; absent for a shell. */
  readonly language?: "python" | "node";
  /** argv of the interpreter of `script`; the script's path is appended. */
  readonly shell: readonly string[];
  /** Variables of `script`: never exported, so no limit of the environment applies. */
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  /** Environment of both scripts: envs, `ACTION_*`. */
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  /** Values to mask in everything that leaves the agent, as they are and in base64 and URL-encoded form. */
  readonly secrets: readonly string[];
  /** Files to write before the scripts start; `name` is one safe path segment below `configs/`. */
  readonly configFiles: readonly { readonly name: string; readonly contentBase64: string; readonly secret: boolean }[];
  /** Directories of earlier actions to restore at `context/<key>`; `restores` calls say from what. */
  readonly restores: readonly { readonly namespace: string; readonly key: string }[];
  /** Directories to make before the scripts start and, where `stored`, to upload after them. The first is the working directory. */
  readonly directories: readonly { readonly namespace: string; readonly key: string; readonly stored: boolean }[];
  /** Running time left, in seconds; absent is no limit. */
  readonly timeoutSeconds?: number;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly graceSeconds: number;
  readonly heartbeatSeconds: number;
}

/** Where a path below the attempt's root stands in values: `${{ dirs.x }}` renders to this prefix and the directory. */
export const ATTEMPT_ROOT_MARK = "\u0001SLUICE_ATTEMPT_ROOT\u0001";

/** Folders below the attempt's root that values point into: directories of actions, and config files. */
export const ATTEMPT_FOLDERS = { context: "context", configs: "configs" } as const;

/** `POST …/heartbeat`, also sent at once when the scripts start (`phase: "running"`). */
export interface HeartbeatRequest {
  readonly phase: "preparing" | "running" | "storing";
}

/** Answer of `heartbeat`. */
export interface HeartbeatResponse {
  /** The run is being cancelled: end the scripts. */
  readonly cancel: boolean;
}

/** `POST …/outputs`: outputs seen so far, while the scripts still run. A later entry of the same name wins. */
export interface OutputsRequest {
  readonly entries: readonly OutputEntry[];
}

/** One output of an action. */
export interface OutputEntry {
  readonly name: string;
  /** Text for METAFILE lines and `action meta:`; any JSON value for JSON metadata, with its type kept. */
  readonly value: unknown;
}

/** `POST …/uploads`: asks for a URL to put one file of `UPLOADDIR` at. */
export interface UploadRequest {
  readonly file: string;
  /** SHA-256 of the content, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Where to put an object; a `PUT` with exactly these headers, whose length and checksum are signed. */
export interface UploadTarget {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
}

/** Answer of `uploads`. */
export interface UploadResponse {
  /** Absent when the store already has an object with this content. */
  readonly target?: UploadTarget;
  readonly objectKey: string;
}

export type {
  DirectoryRequest,
  DirectoryResponse,
  PacksRequest,
  PacksResponse,
  RestoreRequest,
  RestoreResponse,
  StoredPack,
} from "./directory-protocol.ts";

/** Limits of directories. 40,000 packs of some 1.5 MiB are 60 GiB. */
export const PACK_LIMITS = {
  plainBytes: 2 * 1024 ** 2,
  /** A frame of what cannot be compressed is a little larger (ZSTD_compressBound). */
  bytes: 2 * 1024 ** 2 + 64 * 1024,
  perUpload: 32,
  perRestore: 64,
  perDirectory: 40_000,
} as const;

/** What an analysis can find to be the reason of a failure. */
export const FAILURE_KINDS = [
  "compile",
  "lint",
  "test",
  "exception",
  "crash",
  "memory",
  "disk-full",
  "dependency",
  "configuration",
  "script",
  "missing-file",
  "command-not-found",
  "permission",
  "network",
  "authentication",
  "git",
  "tool",
  "unknown",
] as const;

/** One of `FAILURE_KINDS`. */
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Why the scripts failed, as far as their log and their end tell. */
export interface FailureAnalysis {
  readonly kind: FailureKind;
  /** One line for people. Masked. */
  readonly summary: string;
  /** The lines of the log that matter, in its order, masked, within `ANALYSIS_LIMITS`; empty where only the end tells. */
  readonly lines: readonly string[];
}

/** One file of `UPLOADDIR` that was stored; a directory is one `.tar.gz`. */
export interface StoredFile {
  /** One path segment. */
  readonly name: string;
  readonly bytes: number;
  readonly objectKey: string;
}

/** `POST …/complete`: the end of the attempt. Sent once; repeated sends of the same are answered 200. */
export interface CompleteRequest {
  readonly end: "exited" | "timedOut" | "cancelled" | "failedToPrepare" | "failedToStore";
  readonly exitCode?: number;
  readonly signal?: string;
  /** Why, where `end` is not `exited`. Already masked. */
  readonly message?: string;
  /** Last lines of the log, masked, within `LOG_TAIL_LIMITS`. */
  readonly logTail: readonly string[];
  /** Why the scripts failed; never where they succeeded. */
  readonly analysis?: FailureAnalysis;
  /** What was left in `UPLOADDIR`, also of scripts that failed; absent where there is nothing. */
  readonly files?: readonly StoredFile[];
  /**
   * Every output, as far as 1 MiB of JSON goes (a function call takes 6 MB at most). What does not fit was sent by
   * `outputs` calls before, so an earlier entry that is missing here still stands.
   */
  readonly outputs: readonly OutputEntry[];
  readonly directories: readonly {
    readonly namespace: string;
    readonly key: string;
    readonly objectKey: string;
    readonly bytes: number;
  }[];
  /** ISO 8601. When the scripts started; absent where they never did. */
  readonly startedAt?: string;
  readonly endedAt: string;
}

/**
 * Files below `<root>/` by which the agent and the container `main` work together where the runner is `container`.
 * The agent makes the pipes, writes the scripts and then `ready`; the wrapper in `main` does the rest.
 */
export const EXCHANGE = {
  /** Exists when everything is in place. */
  ready: "exchange/ready",
  /** Exists when the scripts have begun: until then, the image is pulled or the container waits. */
  begun: "exchange/begun",
  /** Pipe from the agent: one signal name (`TERM`, `KILL`) a line, for every process in `main`. */
  control: "exchange/control",
  /** Pipe to the agent: stdout and stderr, in the order in which they are written. */
  output: "exchange/output",
  /** Exit code of the scripts and a line feed, written when they and all that they started are gone. */
  exit: "exchange/exit",
  /** What the wrapper runs with `sh`. */
  entry: "scripts/entry",
} as const;

/**
 * File below the attempt's root while the scripts run as the agent's children: first line the id of their process
 * group, second line the id of this start of the machine (empty where it has none).
 */
export const PROCESS_GROUP_FILE = "process-group";

/** What stands in place of a secret. */
export const MASK = "******";

/** Secrets shorter than this are not masked: `1` or `no` would blacken every log and hide nothing. */
export const SHORTEST_SECRET_CHARACTERS = 3;

/** `METAFILE`, below the attempt's root. */
export const METAFILE = "metadata/metafile";

/**
 * Whether a process belongs to the attempt of `root`, by its environment as `/proc/<pid>/environ` shows it. A process
 * group can be left (`setsid`); the environment goes along, unless it is cleared on purpose.
 */
export function isOfAttempt(environ: string, root: string): boolean {
  return `\0${environ}\0`.includes(`\0METAFILE=${root}/${METAFILE}\0`);
}

/** Folders below the attempt's root that may hold secrets: gone at its end, also where the agent itself was killed. */
export const PRIVATE_FOLDERS = ["scripts", "configs", "metadata", "home", "tmp", "archives", "exchange"] as const;

const PASSED_ON = new Set([
  ...["PATH", "LANG", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy"],
]);

/**
 * Whether an environment variable of the host may reach an agent and, through it, the scripts: search path, language,
 * time zone, proxies and certificates. It is a list of what may, so that nothing else of the host's user leaks in.
 */
export function isPassedOn(name: string): boolean {
  return PASSED_ON.has(name) || /^LC_[A-Z]+$/.test(name);
}

import type { FailureKind } from "../protocol.ts";

/** How the scripts ended. */
export interface ExitOfScripts {
  /** 128 and the number of the signal where one ended them. */
  readonly exitCode?: number;
  readonly signal?: string;
}

/** Whether nothing failed. */
export function didSucceed({ exitCode = 0, signal }: ExitOfScripts): boolean {
  return exitCode === 0 && signal === undefined;
}

/** What an end says by itself. */
export interface ExitMeaning {
  readonly kind: FailureKind;
  readonly summary: string;
  /** Whether it stands also where the log has another reason: a program may exit with 126 and 127 as it likes. */
  readonly isCertain: boolean;
}

const MEANINGS: ReadonlyMap<number, ExitMeaning> = new Map([
  [126, { kind: "permission", summary: "A file was found but cannot be executed (exit code 126)", isCertain: false }],
  [127, { kind: "command-not-found", summary: "A command was not found (exit code 127)", isCertain: false }],
  [134, { kind: "crash", summary: "The program aborted itself (SIGABRT)", isCertain: false }],
  [135, { kind: "crash", summary: "The program crashed (SIGBUS)", isCertain: true }],
  [136, { kind: "crash", summary: "The program crashed (SIGFPE)", isCertain: true }],
  [137, { kind: "memory", summary: "The process was killed (SIGKILL), often because memory ran out", isCertain: true }],
  [139, { kind: "crash", summary: "The program crashed (SIGSEGV)", isCertain: true }],
]);

/** Signals that are known where no exit code tells them. */
const SIGNALS: ReadonlyMap<string, number> = new Map([
  ["SIGABRT", 134],
  ["SIGBUS", 135],
  ["SIGFPE", 136],
  ["SIGKILL", 137],
  ["SIGSEGV", 139],
]);

/** What shells and the system mean by an end. Source: POSIX Shell Command Language 2.8.2; signal(7). */
export function exitMeaning({ exitCode, signal }: ExitOfScripts): ExitMeaning | undefined {
  const bySignal = signal === undefined ? undefined : SIGNALS.get(signal);
  const code = bySignal ?? exitCode;
  return code === undefined ? undefined : MEANINGS.get(code);
}

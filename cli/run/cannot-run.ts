import { InvalidConfigError, InvalidRunError } from "../../functions/index.ts";
import {
  AgentImageError,
  InvalidStateDirectoryError,
  NoContainerEngineError,
  PortUnavailableError,
  UnsupportedExecutorError,
} from "../../local/index.ts";
import { UsageError } from "../usage-error.ts";

/** What a full disk is called by the object store, and by the system. */
const FULL = ["InsufficientStorage", "ENOSPC"];

/** What an installation refuses because of the command line or the machine; `undefined` for what is a bug of ours. */
export function asUsageError(error: unknown): UsageError | undefined {
  if (error instanceof InvalidRunError) return new UsageError(error.message, "Give params as --param NAME=VALUE.");
  if (error instanceof NoContainerEngineError) {
    return new UsageError(
      error.message,
      "Install podman (or docker), or run the actions as processes of this machine: without --containers.",
    );
  }
  if (error instanceof PortUnavailableError) {
    return new UsageError(error.message, "Choose another with --port, or leave it away for a free one.");
  }
  if (error instanceof AgentImageError) {
    return new UsageError(
      error.message,
      "Name one with --agent-image, or run the actions as processes of this machine.",
    );
  }
  if (
    error instanceof InvalidConfigError ||
    error instanceof InvalidStateDirectoryError ||
    error instanceof UnsupportedExecutorError
  ) {
    return new UsageError(error.message);
  }
  if (
    error instanceof Error &&
    [error.name, "code" in error ? error.code : ""].some((name) => FULL.includes(String(name)))
  ) {
    return new UsageError(
      "No space is left on the disk of the state directory.",
      "Make room there, or choose a directory on another disk with --state-dir.",
    );
  }
  return undefined;
}

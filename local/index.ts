/** AWS on a laptop: the public face of `local/`. */
export { type Clock, systemClock } from "./clock.ts";
export { AgentImageError, NoContainerEngineError } from "./containers/index.ts";
export type { BusEvent } from "./events/event.ts";
export { UnsupportedExecutorError } from "./installation/executors.ts";
export type {
  Installation,
  InstallationOptions,
  Submission,
} from "./installation/options.ts";
export type { SavedFiles } from "./installation/save-files.ts";
export { InvalidStateDirectoryError } from "./installation/state-directory.ts";
export { startInstallation } from "./installation.ts";
export type { LogLine } from "./processes/index.ts";
export { PortUnavailableError } from "./wire/loopback-server.ts";
export type { Credentials } from "./wire/signature.ts";

export { type AttemptPaths, attemptPaths } from "./attempt-paths.ts";
export {
  createLocalProcesses,
  type LocalProcesses,
  type LocalProcessesOptions,
  type LogLine,
} from "./local-processes.ts";

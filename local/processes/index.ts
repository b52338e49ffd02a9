export { attemptPaths } from "./attempt-paths.ts";
export { createLocalProcesses, type LocalProcesses, type LogLine } from "./local-processes.ts";

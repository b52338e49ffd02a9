/** Names of the parts of an installation, spelled like those of a deployed one. */
export const NAMES = {
  region: "us-east-1",
  accountId: "000000000000",
  table: "sluice",
  bucket: "sluice-objects",
  bus: "sluice",
  scheduleGroup: "sluice",
  configPrefix: "/sluice",
  /** Prefix of the names of machines that submissions make. */
  machinePrefix: "sluice-",
  /** Never assumed by anybody here; CreateStateMachine wants one. */
  stateMachineRole: "arn:aws:iam::000000000000:role/sluice-state-machine",
  /** Prefix of the functions' names. */
  functionPrefix: "sluice-",
} as const;

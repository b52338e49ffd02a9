import { createHash } from "node:crypto";
import type { Runtime } from "../runtime.ts";

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/** Longest run id: with a key of 60 characters and the attempt's number it stays within 128 characters. */
const LONGEST_RUN_ID = 60;

/** `YYYYMMDD-HHMMSS-<6 base32>` in UTC: sorts by time, and 2^30 ids per second make a collision unlikely. */
export function newRunId(runtime: Pick<Runtime, "clock" | "random">): string {
  const time = new Date(runtime.clock.now()).toISOString();
  const day = time.slice(0, 10).replaceAll("-", "");
  const second = time.slice(11, 19).replaceAll(":", "");
  const suffix = [...runtime.random(6)].map((byte) => BASE32.charAt(byte % 32)).join("");
  return `${day}-${second}-${suffix}`;
}

/** Whether a text can be a run id, which is also the name of the execution. */
export function isRunId(text: string): boolean {
  return new RegExp(`^[A-Za-z0-9_-]{1,${LONGEST_RUN_ID}}$`).test(text);
}

/**
 * The run of an execution: the last part of its ARN, which nobody can choose after the fact (the input can be chosen
 * by whoever starts the execution, so a run id in it counts for nothing). A name from the AWS console that could not
 * stand in keys is shortened and gets a hash.
 */
export function runIdOf(executionArn: string): string {
  const name = executionArn.split(":").slice(7).join(":");
  if (isRunId(name)) {
    return name;
  }
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.replaceAll(/[^A-Za-z0-9_-]+/g, "-").slice(0, 40)}-${hash}`;
}

/** The ARN of the execution of a machine (or of a version of it) that has the run's id as its name. */
export function executionArnOf(stateMachineArn: string, runId: string): string {
  const [arn, partition, service, region, account, , machine] = stateMachineArn.split(":");
  return [arn, partition, service, region, account, "execution", machine, runId].join(":");
}

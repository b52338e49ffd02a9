import { readdirSync } from "node:fs";

/** Every process of the machine that this one may see; none where the system has no `/proc`. */
export function processIds(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

import type { StateView } from "../machine-view.ts";
import type { Finding, LintRule } from "../rule.ts";

const LONGEST_SECONDS = 99_999_999;

/**
 * Every Task has a timeout, because a callback without one waits for a year; a heartbeat is shorter than the timeout
 * and stands only where somebody can send it.
 */
export const timeouts: LintRule = {
  name: "timeouts",
  check({ states }) {
    return states.filter(({ type }) => type === "Task").flatMap(checkTask);
  },
};

function checkTask({ object, path }: StateView): readonly Finding[] {
  const timeout = object["TimeoutSeconds"];
  const heartbeat = object["HeartbeatSeconds"];
  const findings: Finding[] = [];
  if (!isSeconds(timeout)) {
    findings.push({
      path: `${path}.TimeoutSeconds`,
      message: `TimeoutSeconds must be a whole number from 1 to ${LONGEST_SECONDS}.`,
    });
  }
  if (heartbeat === undefined) return findings;
  if (!isSeconds(heartbeat)) {
    findings.push({
      path: `${path}.HeartbeatSeconds`,
      message: `HeartbeatSeconds must be a whole number from 1 to ${LONGEST_SECONDS}.`,
    });
  } else if (isSeconds(timeout) && heartbeat >= timeout) {
    findings.push({
      path: `${path}.HeartbeatSeconds`,
      message: `HeartbeatSeconds ${heartbeat} must be below TimeoutSeconds ${timeout}.`,
    });
  }
  if (!String(object["Resource"]).endsWith(".waitForTaskToken")) {
    findings.push({
      path: `${path}.HeartbeatSeconds`,
      message: "Nobody can send a heartbeat for a Task without a token.",
    });
  }
  return findings;
}

function isSeconds(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= LONGEST_SECONDS;
}

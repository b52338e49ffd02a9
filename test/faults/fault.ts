import type { Side } from "./harness.ts";
import { Random } from "./random.ts";

/** Something that goes wrong at one place of a schedule. Numbers count from 0 over the whole schedule. */
export type Fault =
  /** The sandbox dies at an `await`: the work behind it is not begun (before), or its answer is lost (after). */
  | { readonly kind: "crash"; readonly site: number; readonly side: Side; readonly occurrence: number }
  /** A call to AWS is refused, or is carried out without an answer. */
  | { readonly kind: "call"; readonly index: number; readonly effect: "throttled" | "lostAnswer" }
  /** `delayed` is past every deadline, `reordered` past the next events. */
  | {
      readonly kind: "event";
      readonly index: number;
      readonly effect: "dropped" | "duplicated" | "delayed" | "reordered";
    }
  /** A call of an agent does not arrive, or its answer does not. */
  | { readonly kind: "agent"; readonly index: number; readonly effect: "lostRequest" | "lostAnswer" }
  /** `lost`: the host is gone; `spot`: it is taken away after SIGTERM; `failsToStart`; `slow`: starts late. */
  | { readonly kind: "task"; readonly index: number; readonly effect: "lost" | "spot" | "failsToStart" | "slow" }
  /** Somebody stops the execution. */
  | { readonly kind: "stop"; readonly atSeconds: number };

/** How much there is to disturb in a schedule without faults. */
export interface Profile {
  /** Points passed: how often, by `site:side`. */
  readonly passed: ReadonlyMap<string, number>;
  readonly calls: number;
  readonly events: number;
  readonly agentCalls: number;
  readonly tasks: number;
  readonly seconds: number;
}

const CALL_EFFECTS = ["throttled", "lostAnswer"] as const;
const AGENT_EFFECTS = ["lostRequest", "lostAnswer"] as const;
const EVENT_EFFECTS = ["dropped", "duplicated", "delayed", "reordered"] as const;
const TASK_EFFECTS = ["lost", "spot", "failsToStart", "slow"] as const;

/** One to four faults, as the seed has it. */
export function faultsOf(seed: number, profile: Profile): readonly Fault[] {
  const random = new Random(seed);
  return Array.from({ length: 1 + random.below(4) }, () => faultOf(random, profile));
}

function faultOf(random: Random, profile: Profile): Fault {
  const share = random.below(100);
  if (share < 45) {
    const points = [...profile.passed];
    const [point, times] = points[random.below(points.length)] ?? ["0:before", 1];
    return { kind: "crash", ...readPoint(point), occurrence: random.below(times) };
  }
  if (share < 65) {
    const effect = random.pick(CALL_EFFECTS);
    return { kind: "call", index: random.below(profile.calls), effect };
  }
  if (share < 78) return { kind: "event", index: random.below(profile.events), effect: random.pick(EVENT_EFFECTS) };
  if (share < 88) {
    const effect = random.pick(AGENT_EFFECTS);
    return { kind: "agent", index: random.below(profile.agentCalls), effect };
  }
  if (share < 96) return { kind: "task", index: random.below(profile.tasks), effect: random.pick(TASK_EFFECTS) };
  return { kind: "stop", atSeconds: random.below(profile.seconds) };
}

/** Reads `site:side`. */
export function readPoint(point: string): { readonly site: number; readonly side: Side } {
  const [site, side] = point.split(":");
  return { site: Number(site), side: side === "before" ? "before" : "after" };
}

/** One fault in words. */
export function describeFault(fault: Fault, siteText: (site: number) => string): string {
  switch (fault.kind) {
    case "crash":
      return `crash ${fault.side} ${siteText(fault.site)}, time ${fault.occurrence + 1}`;
    case "stop":
      return `execution stopped after ${fault.atSeconds} s`;
    case "call":
      return `call ${fault.index} ${fault.effect}`;
    case "event":
      return `event ${fault.index} ${fault.effect}`;
    case "agent":
      return `agent's call ${fault.index} ${fault.effect}`;
    case "task":
      return `task ${fault.index} ${fault.effect}`;
  }
}

import { type Fault, faultsOf, type Profile, readPoint } from "./fault.ts";
import { harness } from "./harness.ts";
import { checkInvariants, type Invariant, type Violation } from "./invariants.ts";
import { SCENARIOS, type Scenario } from "./scenario.ts";
import { World } from "./world/world.ts";

/** Which schedules are played: of `seeds` from `first` on, every `of`-th, beginning with number `share`. */
export interface Share {
  readonly seeds: number;
  readonly first: number;
  readonly share: number;
  readonly of: number;
  /** Ends as soon as this has been found violated. Default: plays everything. */
  readonly until?: Invariant;
}

/** A schedule after which something did not hold. */
export interface Failure {
  readonly scenario: string;
  readonly why: string;
  readonly faults: readonly Fault[];
  readonly violations: readonly Violation[];
}

/** What was played. Points are `site:side`. */
export interface Played {
  readonly schedules: number;
  readonly reached: readonly string[];
  readonly crashed: readonly string[];
  /** How many faults of each kind took effect. */
  readonly fired: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
}

/** A crash at a point that is reached first with these faults. */
interface Exploration {
  readonly scenario: number;
  readonly faults: readonly Fault[];
}

/**
 * Plays a share of the schedules: one for each point at which an `await` can be left, with a crash there, also for those
 * points that only other faults lead to, and what the seeds have.
 */
export async function playShare({ seeds, first, share, of, until }: Share): Promise<Played> {
  const reached = new Set<string>();
  const crashed = new Set<string>();
  const fired: Record<string, number> = {};
  const failures: Failure[] = [];
  const known = new Set<string>();
  const waiting: Exploration[] = [];

  const play = async (index: number, faults: readonly Fault[], seed: number, why: string): Promise<Profile> => {
    const scenario = scenarioOf(index);
    const { profile, violations, took } = await playSchedule(scenario, faults, seed);
    for (const point of profile.passed.keys()) reached.add(point);
    for (const fault of took) {
      const name = nameOf(fault);
      fired[name] = (fired[name] ?? 0) + 1;
      if (fault.kind === "crash") crashed.add(`${fault.site}:${fault.side}`);
    }
    if (violations.length > 0) failures.push({ scenario: scenario.name, why, faults, violations });
    return profile;
  };
  const explore = (
    scenario: number,
    faults: readonly Fault[],
    profile: Profile,
    isMine: (index: number) => boolean,
  ) => {
    for (const point of profile.passed.keys()) {
      if (known.has(point)) continue;
      known.add(point);
      if (isMine(known.size))
        waiting.push({ scenario, faults: [...faults, { kind: "crash", ...readPoint(point), occurrence: 0 }] });
    }
  };

  const profiles: Profile[] = [];
  for (const index of SCENARIOS.keys()) {
    const profile = await play(index, [], 0, "undisturbed");
    profiles.push(profile);
    explore(index, [], profile, (count) => count % of === share);
  }
  let schedules = 0;
  const most = Math.ceil(seeds / of);
  const isFound = () => failures.some(({ violations }) => violations.some(({ invariant }) => invariant === until));
  for (let seed = first + share; schedules < most && !isFound(); schedules++) {
    // By turns, so that a bug of either sort is found soon.
    const next = schedules % 2 === 0 ? waiting.shift() : undefined;
    if (next !== undefined) {
      const profile = await play(next.scenario, next.faults, seed, "a crash at each await");
      explore(next.scenario, next.faults, profile, () => true);
      continue;
    }
    const index = seed % SCENARIOS.length;
    const profile = profiles[index];
    if (profile === undefined) throw new RangeError(`There is no scenario ${index}.`);
    const faults = faultsOf(seed, profile);
    explore(index, faults, await play(index, faults, seed, `seed ${seed}`), () => true);
    seed += of;
  }
  return { schedules, reached: [...reached], crashed: [...crashed], fired, failures };
}

/** Plays one schedule in a world of its own. */
async function playSchedule(
  scenario: Scenario,
  faults: readonly Fault[],
  seed: number,
): Promise<{ readonly profile: Profile; readonly violations: readonly Violation[]; readonly took: readonly Fault[] }> {
  const world = await World.open(scenario, faults, seed);
  try {
    const profile = await world.play();
    return { profile, violations: await checkInvariants(world), took: [...world.disturbance.fired] };
  } finally {
    world.close();
  }
}

function scenarioOf(index: number): Scenario {
  const scenario = SCENARIOS[index];
  if (scenario === undefined) throw new RangeError(`There is no scenario ${index}.`);
  return scenario;
}

function nameOf(fault: Fault): string {
  if (fault.kind === "crash") return `crash ${fault.side} an await`;
  return fault.kind === "stop" ? "execution stopped" : `${fault.kind} ${fault.effect}`;
}

/** Where a site is, and what is awaited there. */
export function describeSite(site: number): string {
  const found = harness.sites[site];
  return found === undefined ? `site ${site}` : `${found.file}:${found.line} await ${found.text}`;
}

import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { describeFault } from "./fault.ts";
import { harness } from "./harness.ts";
import { PLANTED_BUGS, type PlantedBug } from "./planted-bugs.ts";
import { describeSite, type Played, playShare, type Share } from "./schedules.ts";

// `npm run test:faults -- --seeds 2000`: plays schedules in which something goes wrong, and says what did not hold.

const { values } = parseArgs({
  options: {
    /** How many schedules. */
    seeds: { type: "string", default: "2000" },
    /** The first seed. */
    first: { type: "string", default: "0" },
    /** Also prints every await, and whether a crash before it (b) and after it (a) was played. */
    list: { type: "boolean", default: false },
    /** Plays with each planted bug in turn instead, until the invariant that it breaks has found it. */
    planted: { type: "boolean", default: false },
    /** Of a child process: `<share>/<of>`. */
    share: { type: "string" },
  },
});

const say = (line: string) => process.stdout.write(`${line}\n`);
const REGISTER = new URL("instrument/register.ts", import.meta.url).href;
/** Schedules after which a planted bug must have been found. */
const PLANTED_SCHEDULES = 600;

if (values.share !== undefined) {
  const [share = 0, of = 1] = values.share.split("/").map(Number);
  const bug = PLANTED_BUGS.find(({ name }) => name === process.env["SLUICE_PLANTED_BUG"]);
  const played = await playShare({
    seeds: Number(values.seeds),
    first: Number(values.first),
    share,
    of,
    ...(bug !== undefined && { until: bug.breaks }),
  });
  process.send?.(played);
} else if (values.planted) {
  process.exitCode = (await findPlantedBugs()) ? 0 : 1;
} else {
  process.exitCode = (await playAll(Number(values.seeds), Number(values.first))) ? 0 : 1;
}

async function playAll(seeds: number, first: number): Promise<boolean> {
  const startedAt = performance.now();
  // The sites are numbered as the modules are loaded, here as in the children.
  const shares = await Promise.all(shareOut(seeds, first).map((share) => playInChild(share)));
  const failures = shares.flatMap((played) => played.failures);
  for (const { scenario, why, faults, violations } of failures) {
    say(`${scenario}, ${why}: ${faults.map((fault) => describeFault(fault, describeSite)).join("; ") || "no fault"}`);
    for (const { invariant, what } of violations) say(`    ${invariant}: ${what}`);
  }
  const reached = new Set(shares.flatMap((played) => played.reached));
  const crashed = new Set(shares.flatMap((played) => played.crashed));
  const count = (points: ReadonlySet<string>, side: string) =>
    [...points].filter((point) => point.endsWith(side)).length;
  if (values.list) listSites(reached, crashed);
  say(
    `${harness.sites.length} awaits in ${new Set(harness.sites.map(({ file }) => file)).size} files of functions/ and actions/executors/`,
  );
  say(
    `${count(reached, "before")} of them reached; crashed before ${count(crashed, "before")} and after ${count(crashed, "after")} of them`,
  );
  const fired = new Map<string, number>();
  for (const [name, times] of shares.flatMap((played) => Object.entries(played.fired))) {
    fired.set(name, (fired.get(name) ?? 0) + times);
  }
  for (const [name, times] of [...fired].sort()) say(`    ${name}: ${times}`);
  const schedules = shares.reduce((sum, played) => sum + played.schedules, 0);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  say(`${schedules} schedules, seeds from ${first}: ${failures.length} with a violation, ${seconds} s`);
  return failures.length === 0;
}

function shareOut(seeds: number, first: number): Share[] {
  const of = Math.min(availableParallelism(), Math.max(1, seeds));
  return Array.from({ length: of }, (_, share) => ({ seeds, first, share, of }));
}

function playInChild({ seeds, first, share, of }: Share, bug?: PlantedBug): Promise<Played> {
  return new Promise((resolve, reject) => {
    const own = [`--seeds=${seeds}`, `--first=${first}`, `--share=${share}/${of}`];
    const child = fork(fileURLToPath(import.meta.url), own, {
      execArgv: ["--import", REGISTER],
      env: { ...process.env, ...(bug !== undefined && { SLUICE_PLANTED_BUG: bug.name }) },
      serialization: "advanced",
    });
    let played: Played | undefined;
    child.on("message", (message: Played) => {
      played = message;
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      played === undefined ? reject(new Error(`A share of the schedules ended with ${code}.`)) : resolve(played),
    );
  });
}

async function findPlantedBugs(): Promise<boolean> {
  let areAllFound = true;
  for (const bug of PLANTED_BUGS) {
    const shares = await Promise.all(shareOut(PLANTED_SCHEDULES, 0).map((share) => playInChild(share, bug)));
    const found = shares.flatMap(({ failures }) => failures.flatMap(({ violations }) => violations));
    const isFound = found.some(({ invariant }) => invariant === bug.breaks);
    areAllFound &&= isFound;
    say(`${isFound ? "found" : "NOT FOUND"}: ${bug.name}, by "${bug.breaks}"`);
  }
  return areAllFound;
}

function listSites(reached: ReadonlySet<string>, crashed: ReadonlySet<string>): void {
  for (const [site, { file, line, text }] of harness.sites.entries()) {
    const before = crashed.has(`${site}:before`) ? "b" : " ";
    const after = crashed.has(`${site}:after`) ? "a" : " ";
    const isReached = reached.has(`${site}:before`) ? "reached" : "       ";
    say(`${before}${after} ${isReached} ${file}:${line} await ${text}`);
  }
}

/** A `cron` in a time zone. */
export interface ZonedCron {
  readonly cron: string;
  readonly timezone: string;
}

/** Zones whose clocks change at different hours, by an hour or by half of one, at midnight, around Ramadan, or never. */
const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Africa/Casablanca",
  "Asia/Beirut",
  "America/Havana",
  "Pacific/Auckland",
  "Europe/Dublin",
  "Asia/Kolkata",
  "Asia/Shanghai",
  "UTC",
  "America/St_Johns",
] as const;

/** What people write, and what clocks trip over. */
const WRITTEN = [
  "@yearly",
  "@annually",
  "@monthly",
  "@weekly",
  "@daily",
  "@midnight",
  "0 0 * * *",
  "30 0 * * *",
  "0 1 * * *",
  "30 1 * * *",
  "15 1,2,3 * * *",
  "0 2 * * *",
  "30 2 * * *",
  "45 2 * * *",
  "0 3 * * *",
  "30 23 * * *",
  "30 2 * * sun",
  "59 1 * * sun",
  "0 */12 * * *",
  "*/30 2 * * sun",
  "*/20 1-2 * 3,10 sun",
  "*/15 0-3 * 4,9,11 0",
  "@hourly",
  "30 2 29 3 *",
  "0 9 * * mon-fri",
  "0 9-17/4 * * mon-fri",
  "0 3 1 * *",
  "0 3 15 * *",
  "0 3 31 * *",
  "0 3 29 2 *",
  "0 3 30 1,3,5 *",
  "0 0 1 1 *",
  "0 0 1 */3 *",
  "0 0 1,15 * fri",
  "0 0 13 * fri",
  "0 0 13 * fri-sat",
  "30 2 1-7 * sun",
  "30 2 25-31 3,10 sun",
  "0 12 29 feb mon",
  "0 0 */10 * sun",
  "0 0 */2 * mon",
  "0 0 13 * */2",
  "0 0 */31 * *",
  "15 4 1-31 * mon",
  "15 4 10 * 0-6",
  "0 0 0 * * * 2027",
  "0 30 2 * 3 sun 2026-2028",
  "0 0 12 1 1 * 2026/2",
  "0 0 8 ? * mon",
  "0 0 8 1 * ?",
] as const;

/** The same numbers each time. Source: mulberry32. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Expressions of few days, at the hours at which clocks change and at others. */
function drawn(count: number): readonly string[] {
  const random = createRandom(20_261_121);
  const pick = <T>(...choices: readonly T[]): T => choices[random(choices.length)] as T;
  const written: ReadonlySet<string> = new Set(WRITTEN);
  const found = new Set<string>();
  while (found.size < count) {
    const minute = pick("0", "30", `${random(60)}`, "*/30", `${random(30)},${30 + random(30)}`);
    const hour = pick("2", "0", "1-3", "*/8", `${random(24)}`, `${random(12)},${12 + random(12)}`);
    const low = 1 + random(20);
    const dayOfMonth = pick("*", "*", `${1 + random(31)}`, `${low}-${low + 5}`, `*/${2 + random(9)}`, "1,15", "?");
    const month = pick("*", "3,4", "10,11", `${1 + random(6)}-${7 + random(6)}`, `*/${2 + random(4)}`);
    const day = random(5);
    const dayOfWeek = pick("*", "sun", DAYS[random(7)] ?? "", `${day}-${day + 1}`, `*/${2 + random(2)}`);
    if (/^[*?]$/.test(dayOfMonth) && /^[*]/.test(dayOfWeek) && month === "*") continue;
    const expression = `${minute} ${hour} ${dayOfMonth} ${month} ${dayOfWeek}`;
    if (!written.has(expression)) found.add(expression);
  }
  return [...found];
}

/** 200 different expressions, each in one of the zones. */
export const CRON_EXPRESSIONS: readonly ZonedCron[] = [...WRITTEN, ...drawn(200 - WRITTEN.length)].map(
  (cron, index) => ({ cron, timezone: ZONES[index % ZONES.length] ?? "UTC" }),
);

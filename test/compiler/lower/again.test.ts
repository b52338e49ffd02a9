import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Retrier } from "../../../compiler/asl/types.ts";
import { MAX_ATTEMPTS, planTries } from "../../../compiler/lower/again.ts";
import type { LoopStrategy } from "../../../compiler/model/pipeline.ts";

/** `[maxTimes, ratio, limitSeconds, intervalSeconds]` in the order of reference/erda.md 1.7. */
type Numbers = readonly [maxTimes: number, ratio: number, limitSeconds: number, intervalSeconds: number];
const strategy = ([maxTimes, ratio, limitSeconds, intervalSeconds]: Numbers): LoopStrategy => ({
  maxTimes,
  ratio,
  limitSeconds,
  intervalSeconds,
});
const loop = (...numbers: Numbers) => ({ strategy: strategy(numbers) });
const retry = (...numbers: Numbers) => strategy(numbers);
const again = (seconds: number, attempts: number) => ({
  ErrorEquals: [`Sluice.Again.${seconds}`],
  IntervalSeconds: seconds,
  BackoffRate: 1,
  MaxAttempts: attempts,
});

describe("one retrier", () => {
  test("Erda's default loop", () => {
    const plan = planTries(loop(10, 2, 60, 2), undefined);
    expect(plan.totalTries).toBe(10);
    expect(plan.retriers).toEqual([
      { ErrorEquals: ["Sluice.Again"], IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 60, MaxAttempts: 9 },
    ]);
    expect(plan.errorNameAfter(1, 0, "loop")).toBe("Sluice.Again");
  });

  test.each([
    ["constant waits", [5, 1, 3, 3], { IntervalSeconds: 3, BackoffRate: 1, MaxAttempts: 4 }],
    ["a limit below the interval", [5, 2, 3, 10], { IntervalSeconds: 3, BackoffRate: 1, MaxAttempts: 4 }],
    ["a limit at the interval", [5, 2, 10, 10], { IntervalSeconds: 10, BackoffRate: 1, MaxAttempts: 4 }],
    [
      "a ratio with a fraction",
      [3, 1.5, 60, 2],
      { IntervalSeconds: 2, BackoffRate: 1.5, MaxDelaySeconds: 60, MaxAttempts: 2 },
    ],
    ["no end", [-1, 2, 60, 2], { IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 60, MaxAttempts: MAX_ATTEMPTS }],
    ["a limit that no ratio reaches", [2, 1, 0.5 * 86_400, 2], { IntervalSeconds: 2, BackoffRate: 1, MaxAttempts: 1 }],
    [
      "an interval of a year that grows",
      [3, 2, 1e9, 31_536_000],
      { IntervalSeconds: 31_536_000, BackoffRate: 1, MaxAttempts: 2 },
    ],
    ["waits longer than a year", [3, 1, 1e9, 1e9], { IntervalSeconds: 31_536_000, BackoffRate: 1, MaxAttempts: 2 }],
    [
      "a limit longer than a year",
      [3, 2, 1e9, 5],
      { IntervalSeconds: 5, BackoffRate: 2, MaxDelaySeconds: 31_536_000, MaxAttempts: 2 },
    ],
  ] as readonly (readonly [string, Numbers, Partial<Retrier>])[])("%s", (_, numbers, retrier) => {
    expect(planTries(loop(...numbers), undefined).retriers).toEqual([{ ErrorEquals: ["Sluice.Again"], ...retrier }]);
  });

  test("a retry alone counts the tries after the first", () => {
    const plan = planTries(undefined, retry(3, 2, 60, 2));
    expect(plan.totalTries).toBe(4);
    expect(plan.retriers).toMatchObject([{ ErrorEquals: ["Sluice.Again"], MaxAttempts: 3 }]);
    expect(plan.errorNameAfter(1, 2, "retry")).toBe("Sluice.Again");
  });

  test("a loop that runs once beside a retry is the retry", () => {
    expect(planTries(loop(1, 2, 60, 2), retry(3, 1, 5, 5)).retriers).toMatchObject([{ ErrorEquals: ["Sluice.Again"] }]);
  });
});

describe("no retrier", () => {
  test.each([
    ["nothing given", undefined, undefined],
    ["a loop that runs once", loop(1, 2, 60, 2), undefined],
    ["a loop that never runs again", loop(0, 2, 60, 2), undefined],
  ] as const)("%s", (_, given, retries) => {
    expect(planTries(given, retries)).toMatchObject({ retriers: [] });
  });
});

describe("one retrier per wait", () => {
  test("a ratio below 1", () => {
    const plan = planTries(loop(5, 0.5, 60, 8), undefined);
    expect(plan.retriers).toEqual([again(1, 1), again(2, 1), again(4, 1), again(8, 1)]);
    expect([1, 2, 3, 4].map((iteration) => plan.errorNameAfter(iteration, 0, "loop"))).toEqual([
      "Sluice.Again.8",
      "Sluice.Again.4",
      "Sluice.Again.2",
      "Sluice.Again.1",
    ]);
  });

  test.each([
    ["interval 0", [3, 2, 60, 0], [again(1, 2)]],
    ["interval 0 and no end", [-1, 2, 60, 0], [again(1, MAX_ATTEMPTS)]],
    ["fractions", [4, 1, 2.5, 2.5], [again(3, 3)]],
    ["fractions that grow", [4, 2, 60, 0.4], [again(1, 2), again(2, 1)]],
    ["a limit with a fraction", [4, 2, 5.5, 2], [again(2, 1), again(4, 1), again(6, 1)]],
    ["errors of floating point", [4, 0.1, 300, 300], [again(3, 1), again(30, 1), again(300, 1)]],
    ["ratio below 1 and no end", [-1, 0.5, 60, 4], [again(1, MAX_ATTEMPTS - 2), again(2, 1), again(4, 1)]],
  ] as readonly (readonly [string, Numbers, readonly Retrier[]])[])("%s", (_, numbers, retriers) => {
    expect(planTries(loop(...numbers), undefined).retriers).toEqual(retriers);
  });

  test("loop and retry together count apart", () => {
    const plan = planTries(loop(3, 1, 10, 10), retry(2, 2, 60, 1));
    expect(plan.totalTries).toBe(9);
    expect(plan.retriers).toEqual([again(1, 3), again(2, 3), again(10, 2)]);
    expect(plan.errorNameAfter(2, 0, "retry")).toBe("Sluice.Again.1");
    expect(plan.errorNameAfter(2, 1, "retry")).toBe("Sluice.Again.2");
    expect(plan.errorNameAfter(2, 2, "loop")).toBe("Sluice.Again.10");
  });

  test("waits that loop and retry share", () => {
    expect(planTries(loop(3, 1, 5, 5), retry(2, 1, 5, 5)).retriers).toEqual([again(5, 8)]);
  });

  test("more distinct waits than the definition has room for are rounded up", () => {
    const plan = planTries(loop(1000, 0.99, 3600, 3600), undefined);
    expect(plan.retriers.length).toBeLessThan(220);
    expect(plan.errorNameAfter(2, 0, "loop")).toBe("Sluice.Again.3600");
    expect(plan.errorNameAfter(3, 0, "loop")).toBe("Sluice.Again.3600");
    expect(plan.errorNameAfter(5, 0, "loop")).toBe("Sluice.Again.3500");
  });

  test("60 distinct waits are exact, 61 are not", () => {
    const [exact, rounded] = [61, 62].map((times) => planTries(loop(times, 0.99, 3600, 3600), undefined));
    expect(exact?.retriers).toHaveLength(60);
    expect(exact?.errorNameAfter(2, 0, "loop")).toBe("Sluice.Again.3564");
    expect(rounded?.errorNameAfter(2, 0, "loop")).toBe("Sluice.Again.3600");
  });
});

describe("mostTriesWithin", () => {
  test.each([
    ["no timeout", planTries(loop(10, 2, 60, 2), undefined), -1, 10],
    ["a timeout that cuts", planTries(loop(10, 2, 60, 2), undefined), 7, 3],
    ["no end but a timeout", planTries(loop(-1, 1, 10, 10), undefined), 3600, 361],
    ["retries within iterations", planTries(loop(-1, 1, 10, 10), retry(2, 1, 5, 5)), 100, 18],
    ["long waits, which may be rounded up", planTries(loop(-1, 1, 500, 500), undefined), 3600, 8],
    ["a retry alone", planTries(undefined, retry(9, 1, 10, 10)), 25, 3],
    ["nothing to repeat", planTries(undefined, undefined), 3600, 1],
  ])("%s", (_, plan, timeout, tries) => {
    expect(plan.mostTriesWithin(timeout)).toBe(tries);
  });
});

test("any policy: legal retriers, together exactly as many attempts as there are further tries, and every name has one", () => {
  const numbers = fc.record({
    maxTimes: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(-1)),
    ratio: fc.double({ min: 0.01, max: 5, noNaN: true }),
    limitSeconds: fc.double({ min: 0, max: 5000, noNaN: true }),
    intervalSeconds: fc.oneof(fc.integer({ min: 0, max: 3600 }), fc.double({ min: 0, max: 100, noNaN: true })),
  });
  const given = fc.option(numbers, { nil: undefined });
  fc.assert(
    fc.property(given, given, (looping, retrying) => {
      const plan = planTries(looping && { strategy: looping }, retrying);
      const names = plan.retriers.map(({ ErrorEquals }) => ErrorEquals[0]);
      expect(new Set(names).size).toBe(names.length);
      for (const retrier of plan.retriers) {
        expect(retrier.IntervalSeconds).toBeGreaterThanOrEqual(1);
        expect(Number.isInteger(retrier.IntervalSeconds)).toBe(true);
        expect(retrier.BackoffRate).toBeGreaterThanOrEqual(1);
        expect(retrier.MaxAttempts).toBeGreaterThanOrEqual(1);
        expect(retrier.MaxAttempts).toBeLessThanOrEqual(MAX_ATTEMPTS);
        if (retrier.MaxDelaySeconds !== undefined) {
          expect(retrier.MaxDelaySeconds).toBeGreaterThan(retrier.IntervalSeconds ?? 1);
        }
      }
      if (plan.totalTries === -1) return;
      const attempts = plan.retriers.reduce((sum, { MaxAttempts = 3 }) => sum + MaxAttempts, 0);
      expect(attempts).toBe(plan.totalTries - 1);
      const iterations = looping?.maxTimes ?? 1;
      for (let iteration = 1; iteration < iterations; iteration++) {
        expect(names).toContain(plan.errorNameAfter(iteration, 0, "loop"));
      }
      for (let again = 0; again < (retrying?.maxTimes ?? 0); again++) {
        expect(names).toContain(plan.errorNameAfter(1, again, "retry"));
      }
    }),
    { numRuns: 500 },
  );
});

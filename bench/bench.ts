/** Measures something, which takes seconds, and says the result in lines. */
export type Bench = () => readonly string[];

/** What is compared: called once a round. */
export type Contestant = () => unknown;

/**
 * Median milliseconds of each contestant. They take turns, so that what disturbs the machine disturbs them alike; the
 * order is reversed from round to round, so that none always pays for the garbage of the other. The first rounds, in
 * which the code is still being optimized, do not count.
 */
export function raceMedians(
  contestants: readonly Contestant[],
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): readonly number[] {
  const times = contestants.map((): number[] => []);
  const turns = [...contestants.entries()];
  for (let round = -warmUp; round < rounds; round++) {
    for (const [index, contestant] of round % 2 === 0 ? turns : turns.toReversed()) {
      const start = performance.now();
      contestant();
      if (round >= 0) times[index]?.push(performance.now() - start);
    }
  }
  return times.map(median);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Result lines on standard output. */
export function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

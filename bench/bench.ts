/** Measures something, which takes seconds, and says the result in lines. */
export type Bench = () => readonly string[];

/** What is compared: called once a round. */
export type Contestant = () => unknown;

/** Medians of all rounds, in milliseconds. */
export interface Time {
  readonly wall: number;
  /** Of the processor, all threads of the process together: a busy machine disturbs it less. */
  readonly processor: number;
}

/**
 * Median time of each contestant. They take turns, so that what disturbs the machine disturbs them alike; the order is
 * reversed from round to round, so that none always pays for the garbage of the other. The first rounds, in which the
 * code is still being optimized, do not count.
 */
export function raceMedians(
  contestants: readonly Contestant[],
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): readonly Time[] {
  const times = contestants.map((): Time[] => []);
  const turns = [...contestants.entries()];
  for (let round = -warmUp; round < rounds; round++) {
    for (const [index, contestant] of round % 2 === 0 ? turns : turns.toReversed()) {
      const time = timeOf(contestant);
      if (round >= 0) times[index]?.push(time);
    }
  }
  return times.map((own) => ({
    wall: median(own.map(({ wall }) => wall)),
    processor: median(own.map(({ processor }) => processor)),
  }));
}

function timeOf(contestant: Contestant): Time {
  const usage = process.cpuUsage();
  const start = performance.now();
  contestant();
  const wall = performance.now() - start;
  const { system, user } = process.cpuUsage(usage);
  return { wall, processor: (system + user) / 1000 };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Result lines on standard output. */
export function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

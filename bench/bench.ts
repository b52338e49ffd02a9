/** Measures something, which takes seconds, and says the result in lines. */
export type Bench = () => readonly string[] | Promise<readonly string[]>;

/** What is measured: called once a round. */
export type Contestant = () => unknown;

/** Medians of all rounds, in milliseconds. */
export interface Time {
  readonly wall: number;
  /** Of the processor, all threads of the process together: a busy machine disturbs it less. */
  readonly processor: number;
}

/** Median time of a contestant. The first rounds, in which the code is still being optimized, do not count. */
export function medianTime(
  contestant: Contestant,
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Time {
  for (let round = 0; round < warmUp; round++) contestant();
  return medianOf(Array.from({ length: rounds }, () => timeOf(contestant)));
}

/** The middle one of several times, each figure by itself. */
export function medianOf(times: readonly Time[]): Time {
  return { wall: median(times.map(({ wall }) => wall)), processor: median(times.map(({ processor }) => processor)) };
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

import { type Bench, print } from "./bench.ts";
import { coldBench } from "./cold.ts";
import { compileBench } from "./compile.ts";
import { dirsBench } from "./dirs.ts";
import { latencyBench } from "./latency.ts";

/** Every bench by the word that `npm run bench -- WORD` takes. */
const BENCHES: ReadonlyMap<string, Bench> = new Map([
  ["compile", compileBench],
  ["cold", coldBench],
  ["dirs", dirsBench],
  ["latency", latencyBench],
]);

const names = process.argv.slice(2);
const unknown = names.filter((name) => !BENCHES.has(name));
if (names.length === 0 || unknown.length > 0) {
  process.stderr.write(`Usage: npm run bench -- ${[...BENCHES.keys()].join("|")}\n`);
  process.exitCode = 2;
} else {
  for (const name of names) print((await BENCHES.get(name)?.()) ?? []);
}

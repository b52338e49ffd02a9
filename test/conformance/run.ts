import { parseArgs } from "node:util";
import { RECORDINGS, readRecordings } from "./recording.ts";
import { runRecording } from "./run-recording.ts";

/**
 * Runs recordings of AWS against the engine: `node test/conformance/run.ts --cases FILE.json`. One line for each
 * difference, then `N passed, M failed`; exit code 1 if any failed. Without `--cases`, the corpus beside the checkout.
 */
const { values } = parseArgs({ options: { cases: { type: "string" } } });

let passed = 0;
let failed = 0;
for (const recording of readRecordings(values.cases ?? RECORDINGS)) {
  const difference = await runRecording(recording);
  if (difference === undefined) {
    passed++;
    continue;
  }
  failed++;
  process.stdout.write(`${recording.id}: ${difference.replaceAll("\n", " ")}\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Compilation } from "../../compiler/index.ts";
import type { CompileOptions } from "../compile-options.ts";
import { errorCode } from "../error-code.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import { compileFile } from "./compile-file.ts";
import { executorLines } from "./executor-lines.ts";

/** Writes the three artefacts into `options.out` and prints what they are. Answers the exit code. */
export async function compileToFiles(
  file: string,
  options: CompileOptions & { readonly out: string },
  io: Io,
): Promise<number> {
  const { compilation } = await compileFile(file, options, io, { runsElsewhere: true });
  if (compilation === undefined) return EXIT.failed;
  const artefacts = [
    ["state-machine.asl.json", compilation.machine.definition],
    ["plan.json", compilation.plan],
    ["report.json", compilation.report],
  ] as const;
  try {
    mkdirSync(resolve(io.cwd, options.out), { recursive: true });
    for (const [name, content] of artefacts) {
      writeFileSync(resolve(io.cwd, options.out, name), `${JSON.stringify(content, null, 2)}\n`);
    }
  } catch (error) {
    throw new UsageError(`"${options.out}" cannot be written to (${errorCode(error)}).`, "Choose another --out.");
  }
  io.stdout.write(compileSummary(compilation, options.out, new Set(artefacts.map(([name]) => name))));
  return EXIT.ok;
}

/** What was written and what a run of it costs on AWS. */
export function compileSummary(
  { machine, plan, report }: Compilation,
  out: string,
  names: ReadonlySet<string>,
): string {
  const { least, most, success } = report.transitions;
  const range =
    least === most ? "always" : `${least} at least, ${Number.isFinite(most) ? most : "without bound"} at most`;
  const shown = [...names].map((name) => join(out, name));
  return [
    `${plan.name}: ${plan.order.length} actions, ${report.machine.states} states, ${report.machine.bytes} bytes`,
    `  machine      ${machine.name}`,
    `  transitions  ${success} when all goes well (${range})`,
    ...executorLines(report).map((line, index) => `  ${(index === 0 ? "executors" : "").padEnd(11)}  ${line}`),
    `  written      ${shown.join(", ")}`,
    "",
  ].join("\n");
}

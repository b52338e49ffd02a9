import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startInstallation } from "../../local/index.ts";
import { CONFIGS, compileFor, type LanePipeline } from "./lane-pipelines.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

const PROCESS = { name: "process", kind: "process" } as const;

/** Runs pipelines on the embedded runtime: what every other engine is compared with. */
export interface Embedded extends AsyncDisposable {
  run(pipeline: LanePipeline): Promise<Outcome>;
}

/** Starts the embedded runtime in a directory of its own. */
export async function startEmbedded(): Promise<Embedded> {
  const stateDirectory = await mkdtemp(join(tmpdir(), "sluice-embedded-"));
  const installation = await startInstallation({ stateDirectory, executors: [PROCESS], configs: CONFIGS });
  return {
    async run(pipeline) {
      const compilation = compileFor(PROCESS, pipeline);
      await installation.deploy(compilation);
      const { runId } = await installation.submit({ pipeline: compilation.plan.pipeline });
      return outcomeOf(await installation.waitForEnd(runId), pipeline);
    },
    async [Symbol.asyncDispose]() {
      await installation.stop();
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}

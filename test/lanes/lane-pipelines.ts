import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../../actions/index.ts";
import { type Compilation, compile, type ExecutorDeclaration, formatDiagnostics } from "../../compiler/index.ts";
import type { NewConfig } from "../../functions/index.ts";

/** A pipeline that every lane runs, and what a run of it is given. */
export interface LanePipeline {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** How it must end: the run, and every action in the order of the file. */
  readonly endings: readonly string[];
  /** Outputs that differ from run to run, as `<alias>.<output>`, or `<output>` for the pipeline's own. */
  readonly varying: ReadonlySet<string>;
}

/** Configs that the examples refer to, and a lane's installation has. */
export const CONFIGS: readonly NewConfig[] = [
  { key: "registry", kind: "value", content: "registry.shop.example", secret: false },
  { key: "SHOP_TOKEN", kind: "value", content: "correct-horse-battery", secret: true },
  { key: "shop.key", kind: "file", content: "-----BEGIN SHOP KEY-----\n", secret: true },
];

const pipeline = (name: string, path: string, endings: string, varying: readonly string[] = []): LanePipeline => ({
  name,
  file: fileURLToPath(new URL(path, import.meta.url)),
  endings: endings.split(" "),
  varying: new Set(varying),
});

const example = (path: string, endings: string, varying?: readonly string[]): LanePipeline =>
  pipeline(path.replace("/pipeline", ""), `../../examples/${path}.yaml`, endings, varying);

const COMMIT = ["repo.commit", "repo.commit_time", "repo.author_date", "repo.committer_date", "commit"] as const;
const THREE_SUCCEED = "succeeded succeeded succeeded succeeded";

/** The examples: what a reader of the documentation tries. */
export const EXAMPLES: readonly LanePipeline[] = [
  example("shop/pipeline", "succeeded succeeded succeeded succeeded succeeded succeeded succeeded succeeded skipped", [
    ...COMMIT,
    "build.port",
  ]),
  example("failure-and-cleanup/pipeline", "failed succeeded succeeded failed succeeded skipped succeeded succeeded"),
  example("loop-until-ready/pipeline", THREE_SUCCEED, ["order.ready_at"]),
  example("published-example/as-published", THREE_SUCCEED, COMMIT),
  example("published-example/documented", THREE_SUCCEED, COMMIT),
  example("published-example/legacy", THREE_SUCCEED, COMMIT),
  example("secrets-and-configs/pipeline", "succeeded succeeded succeeded"),
];

/** Pipelines for the ways in which a machine can go: each is about one of them. */
export const SHAPES: readonly LanePipeline[] = [
  pipeline(
    "conditions",
    "pipelines/conditions.yaml",
    "succeeded succeeded skipped succeeded disabled skipped succeeded",
  ),
  pipeline("failure", "pipelines/failure.yaml", "failed succeeded failed skipped"),
  pipeline("failure-alone", "pipelines/failure-alone.yaml", "failed failed skipped skipped succeeded"),
  pipeline("loop", "pipelines/loop.yaml", "succeeded succeeded succeeded succeeded", ["order.ready_at"]),
  pipeline("retry", "pipelines/retry.yaml", "failed succeeded succeeded failed", ["order.ready_at"]),
  pipeline(
    "parallel",
    "pipelines/parallel.yaml",
    "succeeded succeeded succeeded succeeded succeeded succeeded succeeded",
  ),
  pipeline("wait", "pipelines/wait.yaml", "failed succeeded succeeded succeeded skipped failed skipped succeeded"),
  pipeline("timeout", "pipelines/timeout.yaml", "failed timedOut"),
];

/** Compiles a pipeline for an installation whose only executor is this one. Throws with the diagnostics. */
export function compileFor(executor: ExecutorDeclaration, { file }: LanePipeline): Compilation {
  const source = { name: file, text: readFileSync(file, "utf8") };
  const { compilation, diagnostics } = compile(source, {
    actionTypes: loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS)]).types,
    kinds: EXECUTOR_KINDS,
    executors: new Map([[executor.name, executor]]),
    defaultExecutor: executor.name,
  });
  if (compilation === undefined) throw new Error(formatDiagnostics(diagnostics, { color: false }));
  return compilation;
}

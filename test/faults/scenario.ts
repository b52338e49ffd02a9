import { fileURLToPath } from "node:url";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../../actions/index.ts";
import { type Compilation, compile } from "../../compiler/index.ts";
import type { ScriptedWork } from "./world/simulated-agent.ts";

/** A pipeline, and what its scripts do. */
export interface Scenario {
  readonly name: string;
  readonly compilation: Compilation;
  /** How the run ends when nothing is disturbed. */
  readonly status: "succeeded" | "failed";
  /** `attempt` counts from 1. */
  readonly work: (actionKey: string, attempt: number) => ScriptedWork;
  /** Keys of actions that may do their work more often than once: they are in a loop. */
  readonly repeated: ReadonlySet<string>;
}

function scenario(
  name: string,
  text: string,
  status: Scenario["status"],
  work: (actionKey: string, attempt: number) => Partial<ScriptedWork>,
  repeated: readonly string[] = [],
): Scenario {
  const result = compile(
    { name: `${name}.yaml`, text },
    {
      actionTypes: loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS)]).types,
      kinds: EXECUTOR_KINDS,
      executors: new Map([["build", { name: "build", kind: "ecs" }]]),
      defaultExecutor: "build",
    },
  );
  if (result.compilation === undefined) throw new Error(JSON.stringify(result.diagnostics));
  return {
    name,
    compilation: result.compilation,
    status,
    work: (key, attempt) => ({ seconds: 4, exitCode: 0, outputs: {}, ...work(key, attempt) }),
    repeated: new Set(repeated),
  };
}

const IMAGE = "image: shop/build:1";

/** What is disturbed: together they make every function do everything that it can. */
export const SCENARIOS: readonly Scenario[] = [
  scenario(
    "release",
    `version: "1.1"
name: release
stages:
- stage:
  - custom-script: {alias: build, ${IMAGE}, timeout: 60, commands: make}
- stage:
  - custom-script: {alias: unit, ${IMAGE}, timeout: 60, commands: make unit}
  - custom-script: {alias: browser, ${IMAGE}, timeout: 60, commands: make browser}
- stage:
  - custom-script: {alias: publish, ${IMAGE}, timeout: 60, commands: "publish \${{ outputs.build.version }}"}
outputs:
- {name: version, ref: "\${{ outputs.publish.version }}"}
`,
    "succeeded",
    (key, attempt) => ({ outputs: { version: `${key}-${attempt}` } }),
  ),
  scenario(
    "broken",
    `version: "1.1"
name: broken
stages:
- stage:
  - custom-script: {alias: unit, ${IMAGE}, timeout: 60, commands: make unit}
  - custom-script: {alias: browser, ${IMAGE}, timeout: 60, commands: make browser}
- stage:
  - custom-script: {alias: publish, ${IMAGE}, timeout: 60, commands: publish}
- stage:
  - custom-script: {alias: clean, ${IMAGE}, timeout: 60, if: "\${{ 1 == 1 }}", commands: make clean}
`,
    "failed",
    (key) => ({ exitCode: key === "browser" ? 3 : 0 }),
  ),
  scenario(
    "again",
    `version: "1.1"
name: again
stages:
- stage:
  - custom-script:
      alias: probe
      ${IMAGE}
      timeout: 300
      commands: probe
      loop: {break: "\${{ task_status == 'Success' }}", strategy: {max_times: 4, decline_ratio: 1, decline_limit_sec: 2, interval_sec: 2}}
- stage:
  - wait: {alias: rest, params: {wait_time_sec: 5}}
- stage:
  - custom-script: {alias: slow, ${IMAGE}, timeout: 5, commands: sleep 60}
`,
    "failed",
    (key, attempt) =>
      key === "probe"
        ? { exitCode: attempt < 3 ? 1 : 0, outputs: { tries: String(attempt) } }
        : { seconds: 60, outputs: {} },
    ["probe"],
  ),
];

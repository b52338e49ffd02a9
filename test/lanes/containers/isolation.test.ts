import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeTasksCommand, ECSClient, ListTasksCommand } from "@aws-sdk/client-ecs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AGENT_ENVIRONMENT } from "../../../agent/protocol.ts";
import { type Installation, startInstallation } from "../../../local/index.ts";
import { until } from "../../until.ts";
import { compileFor } from "../lane-pipelines.ts";
import { IMAGES } from "./podman.ts";

const CONTAINERS = { name: "containers", kind: "ecs" } as const;
const SECRET = "rye-and-patience";

/** A victim with a secret, and a thief beside it. */
const BAKERY = `version: "1.1"
name: bakery
stages:
- stage:
  - custom-script:
      alias: victim
      params: {recipe: "((recipe))"}
      commands: |
        echo "$ACTION_RECIPE" > recipe.txt
        echo baking
        sleep 100
  - custom-script:
      alias: thief
      commands: |
        cat > thief.mjs <<'LOOK'
${script("look.mjs")}
        LOOK
${script("look.sh")}
`;

/** The text of a file of `thief/`, indented as the block that it goes into. */
function script(name: string): string {
  return readFileSync(new URL(`thief/${name}`, import.meta.url), "utf8").replace(/^(?=.)/gm, "        ");
}

let folder: string;
let installation: Installation;
const lines: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-isolation-"));
  installation = await startInstallation({
    stateDirectory: folder,
    executors: [CONTAINERS],
    configs: [{ key: "recipe", kind: "value", content: SECRET, secret: true }],
    containers: { agentImage: IMAGES.agent },
    onLogLine: ({ actionKey, text }) => lines.push(`[${actionKey}] ${text}`),
  });
});
afterAll(async () => {
  await installation?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the agents of all tasks were started with. */
async function nonces(): Promise<readonly string[]> {
  const { endpoint, region, credentials } = installation;
  const ecs = new ECSClient({ endpoint, region, credentials });
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: "sluice" }));
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: "sluice", tasks: taskArns }));
  ecs.destroy();
  return tasks
    .flatMap(({ overrides }) => overrides?.containerOverrides ?? [])
    .flatMap(({ environment }) => environment ?? [])
    .flatMap(({ name, value }) => (name === AGENT_ENVIRONMENT.nonce && value !== undefined ? [value] : []));
}

test("user code sees neither the agent, nor what that was started with, nor another attempt", async () => {
  const file = join(folder, "pipeline.yaml");
  writeFileSync(file, BAKERY);
  const compilation = compileFor(CONTAINERS, { name: "bakery", file, endings: [], varying: new Set() });
  await installation.deploy(compilation);
  const { runId } = await installation.submit({ pipeline: compilation.plan.pipeline });
  const hasEnded = installation.waitForEnd(runId).then((run) => {
    throw new Error(`The run has ended too early: ${JSON.stringify(run.actions)}`);
  });
  // It ends at last, when it is cancelled.
  hasEnded.catch(() => undefined);
  const printed = (line: RegExp) => Promise.race([hasEnded, until(() => lines.some((text) => line.test(text)))]);
  await printed(/^\[victim\] baking$/);
  const startedWith = await nonces();
  expect(startedWith).toHaveLength(2);
  await printed(/^\[thief\] --- end$/);
  await installation.cancel(runId);

  const seen = readFileSync(installation.logFile(runId, "thief", 1), "utf8");
  const [, processes = "", files = "", addresses = ""] = seen.split(/^--- .*$/m);
  for (const nonce of startedWith) expect(seen).not.toContain(nonce);
  expect(seen).not.toContain(SECRET);

  // The wrapper and the scripts: nobody else is there.
  expect(processes).toContain("must be process 1 of its container");
  expect(processes).not.toMatch(/agent\.mjs|^SLUICE_/m);

  // Its own volume, and none of the engine's or another attempt's.
  expect(files).toContain("thief.mjs");
  expect(files).not.toContain("recipe.txt");
  expect(files.match(/^\S+ \/sluice\S* /gm)).toHaveLength(1);
  for (const path of ["/sluice-agent", "/var/lib/containers", "/run/podman", "/var/run/docker.sock"]) {
    expect(files).toContain(`cannot access '${path}'`);
  }

  // Its own task it may know, without an environment; everybody else asks who it is.
  expect(addresses.match(/^\w+ \d+/gm)).toEqual([
    "task 200",
    "container 200",
    "another 404",
    ...["bootstrap 401", "heartbeat 401"],
    ...["bootstrap 401", "heartbeat 401"],
    ...["aws 403", "aws 403", "aws 403"],
  ]);
});

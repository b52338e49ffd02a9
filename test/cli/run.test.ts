import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { main } from "../../cli/program.ts";
import { until } from "../until.ts";
import { type RecordedIo, recordedIo } from "./io.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  pipeline: string,
  argv: readonly string[] = [],
  options: { readonly tty?: boolean } = {},
): Promise<{ code: number; out: string; err: string }> {
  writeFileSync(join(folder, "pipeline.yaml"), pipeline);
  const io = recordedIo({ cwd: folder, env: process.env, ...options });
  const code = await main(["run", "pipeline.yaml", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

const GREETING = `version: "1.1"
name: shop
params:
- {name: who, required: true}
stages:
- stage:
  - custom-script:
      alias: greet
      commands:
      - echo "hello \${{ params.who }} in $CITY"
      - "echo 'action meta: mood=good'"
outputs:
- {name: mood, ref: "\${{ outputs.greet.mood }}"}
`;

describe("sluice run", () => {
  test("plain: log lines on stderr, the result on stdout", async () => {
    const { code, out, err } = await run(GREETING, ["--param", "who=the shop", "--env", "CITY=Bremen"]);
    expect(code).toBe(0);
    expect(err).toContain("[greet] hello the shop in Bremen\n");
    expect(err).toMatch(/^▶ greet \(custom-script, stage 1\)$/m);
    expect(err).toMatch(/^✓ greet succeeded after \d+\.\ds$/m);
    expect(out).toMatch(/^\n✓ shop succeeded in \d+\.\ds: 1 succeeded\.\n/);
    expect(out).toContain("\noutputs\n  mood = good\n");
    expect(out).toContain("\noutputs of actions\n  greet.mood = good\n");
  });

  test("on a terminal: the tree, redrawn in place", async () => {
    const { code, err } = await run(GREETING, ["--param", "who=you"], { tty: true });
    expect(code).toBe(0);
    const last = err.slice(err.lastIndexOf("\u001b[J"));
    expect(err).toContain("stage 1");
    expect(last).toBe("\u001b[J\u001b[?7h\u001b[?25h");
  });

  test("json: one object, and the log file it names has the log", async () => {
    const { code, out } = await run(GREETING, ["--param", "who=you", "--format", "json"]);
    expect(code).toBe(0);
    const result = JSON.parse(out) as {
      durationMs: number;
      actions: { logFile: string; startedAt: string; endedAt: string }[];
    };
    expect(result).toMatchObject({ status: "succeeded", outputs: { mood: "good" } });
    expect(Object.keys(result)).toEqual(["runId", "status", "durationMs", "outputs", "actions"]);
    const [action] = result.actions;
    expect(readFileSync(action?.logFile ?? "", "utf8")).toContain("hello you in");
    expect(Date.parse(action?.endedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(action?.startedAt ?? ""));
  });

  test("a failure: exit 1, what failed, why, where its log is, what to do", async () => {
    const { code, out } = await run(`version: "1.1"
name: shop
stages:
- stage:
  - custom-script: {alias: unit test, commands: "echo got 4 >&2; exit 7"}
- stage:
  - custom-script: {alias: deploy, commands: "echo never"}
`);
    expect(code).toBe(1);
    expect(out).toMatch(/^\n✗ shop failed in .*: 1 failed, 1 skipped\.\n/);
    expect(out).toContain("✗ unit test failed  custom-script, stage 1, pipeline.yaml:5");
    expect(out).toContain("exit code 7");
    expect(out).toContain("│ got 4");
    expect(out).toMatch(/log: {2}\.sluice\/runs\/\S+\/logs\/\S+\.1\.log/);
    expect(out).toContain("help: Read the log, mend the action at pipeline.yaml:5 and run again.");
  });

  test("a failure whose log tells why: the line that matters, and the files that were left", async () => {
    const pipeline = `version: "1.1"
name: shop
stages:
- stage:
  - custom-script:
      alias: build
      commands:
      - mkdir "$UPLOADDIR/coverage"; echo 98 > "$UPLOADDIR/coverage/total"
      - echo "<h1>broken</h1>" > "$UPLOADDIR/report.html"
      - "echo 'cart.c:5:47: error: expected expression' >&2"
      - seq 30
      - exit 2
`;
    const { code, out } = await run(pipeline);
    expect(code).toBe(1);
    expect(out).toContain("  why:  Compile error: cart.c:5:47: error: expected expression\n    │ cart.c:5:47: error:");
    expect(out).toMatch(/\nfiles\n {2}build: coverage\.tar\.gz \(\d+ B\) {2}\.sluice\/runs\/\S+\/coverage\.tar\.gz\n/);
    const [, path = ""] = /build: report\.html \(16 B\) {2}(\S+)/.exec(out) ?? [];
    expect(readFileSync(join(folder, path), "utf8")).toBe("<h1>broken</h1>\n");

    const { actions } = JSON.parse((await run(pipeline, ["--format", "json"])).out) as {
      actions: { error: { analysis: unknown }; files: { name: string; path: string }[] }[];
    };
    expect(actions[0]?.error.analysis).toMatchObject({ kind: "compile" });
    expect(actions[0]?.files.map(({ name }) => name)).toEqual(["coverage.tar.gz", "report.html"]);
    expect(readFileSync(actions[0]?.files[1]?.path ?? "", "utf8")).toBe("<h1>broken</h1>\n");
  });

  test("params: a missing and an unknown one are wrong usage", async () => {
    expect(await run(GREETING)).toMatchObject({ code: 2, out: "" });
    expect(await run(GREETING, ["--param", "who=you", "--param", "hwo=me"])).toMatchObject({ code: 2, out: "" });
  });

  test("a file that does not compile: exit 1; as json, the diagnostics on stdout", async () => {
    const text = await run("version: 1.1\nstages: [{stage: [{nope: {}}]}]\n");
    expect(text).toMatchObject({ code: 1, out: "" });
    expect(text.err).toContain("validate/unknown-action");
    const json = await run("version: 1.1\nstages: [{stage: [{nope: {}}]}]\n", ["--format", "json"]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toEqual({
      diagnostics: [expect.objectContaining({ code: "validate/unknown-action", line: 2 })],
    });
  });

  test("SIGINT cancels the run and waits for its end: exit 130", async () => {
    writeFileSync(
      join(folder, "slow.yaml"),
      `version: "1.1"
stages:
- stage:
  - custom-script: {alias: slow, commands: "echo begun; sleep 30"}
`,
    );
    const io: RecordedIo = recordedIo({ cwd: folder, env: process.env });
    const ended = main(["run", "slow.yaml", "--format", "json"], io);
    await until(() => io.err().includes("[slow] begun"));
    io.send("SIGINT");
    expect(await ended).toBe(130);
    expect(io.err()).toContain("Cancelling: waiting for the actions to end.");
    expect(JSON.parse(io.out())).toMatchObject({
      status: "cancelled",
      actions: [{ name: "slow", status: "cancelled" }],
    });
  });
});

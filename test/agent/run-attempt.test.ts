import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ATTEMPT_ROOT_MARK } from "../../agent/protocol.ts";
import { runToEnd, startAttempt } from "./agent-api.ts";

describe("running", () => {
  test("runs the type's script, then the commands, in the action's directory", async () => {
    const { complete, log } = await runToEnd({
      typeScript: "echo checked out; touch made-by-type",
      script: "pwd\nls\necho built",
    });
    expect(complete).toMatchObject({ end: "exited", exitCode: 0, outputs: [], directories: [] });
    expect(log.split("\n").slice(0, 1)).toEqual(["checked out"]);
    expect(log).toMatch(/\/context\/build\nmade-by-type\nbuilt\n$/);
    expect(Date.parse(complete.endedAt)).toBeGreaterThanOrEqual(Date.parse(complete.startedAt ?? ""));
  });

  test("stops at the first failing command and reports its exit code and the last lines", async () => {
    const { complete, log } = await runToEnd({ script: "echo compiling\n(exit 42)\necho never" });
    expect(complete).toMatchObject({ end: "exited", exitCode: 42, logTail: ["compiling"] });
    expect(log).not.toContain("never");
  });

  test("does not run the commands when the type's script fails", async () => {
    const { complete, log } = await runToEnd({ typeScript: "exit 3", script: "echo never" });
    expect(complete.exitCode).toBe(3);
    expect(log).toBe("");
  });

  test("reports the signal that ended the scripts as a shell does", async () => {
    const { complete } = await runToEnd({ script: "kill -KILL $$" });
    expect(complete).toMatchObject({ end: "exited", exitCode: 137, signal: "SIGKILL" });
  });

  test("uses the action's shell", async () => {
    const { complete, log } = await runToEnd({ shell: ["bash", "-e"], script: "words=(a b); echo ${#words[@]}" });
    expect(complete.exitCode).toBe(0);
    expect(log).toBe("2\n");
  });

  test("a shell that is not there ends with exit code 127 and its name in the log", async () => {
    const { complete } = await runToEnd({ shell: ["no-such-shell"], script: "true" });
    expect(complete.exitCode).toBe(127);
    expect(complete.logTail.join("\n")).toContain("no-such-shell");
  });

  test("error messages name the line of the author's own script, also with variables before it", async () => {
    const { log } = await runToEnd({
      variables: [{ name: "SLUICE_1", value: "two\nlines" }],
      script: "echo one\n\nno_such_command_here\n",
    });
    expect(log).toMatch(/ 3: .*no_such_command_here/);
  });

  test("prints a last line that has no line feed", async () => {
    expect((await runToEnd({ script: "printf 'no end'" })).log).toBe("no end\n");
  });
});

describe("environment", () => {
  test("holds the promised names and nothing else of the host", async () => {
    const { log } = await runToEnd({
      environment: [
        { name: "ACTION_TARGET", value: "shop" },
        { name: "SOURCE", value: `${ATTEMPT_ROOT_MARK}/context/repo` },
      ],
      script: "env | sort",
    });
    const names = log
      .split("\n")
      .map((line) => line.split("=")[0])
      .filter((name) => !["", "_", "PWD", "SHLVL", "OLDPWD"].includes(name ?? ""));
    const expected = ["ACTION_TARGET", "CONTEXTDIR", "HOME", "METAFILE", "PATH", "PIPELINE_ID", "PIPELINE_TASK_NAME"];
    const passedOn = names.filter((name) => /^(LANG|LC_.*|TZ|SSL_.*|.*_PROXY|.*_proxy)$/.test(name ?? ""));
    expect(names.filter((name) => !passedOn.includes(name))).toEqual(
      [...expected, "SOURCE", "TMPDIR", "UPLOADDIR", "WORKDIR"].sort(),
    );
    expect(log).toMatch(/^SOURCE=\/.*\/context\/repo$/m);
    expect(log).toContain("LANG=C.UTF-8");
  });

  test("an entry that no process can be started with is an error with its name and size", async () => {
    const value = "x".repeat(131_071);
    const { complete } = await runToEnd({ environment: [{ name: "NOTES", value }], script: "true" });
    expect(complete.end).toBe("failedToPrepare");
    expect(complete.message).toContain('"NOTES" takes 131077 bytes');
  });

  test("the largest allowed entry arrives whole", async () => {
    const value = "x".repeat(131_071 - "NOTES=".length);
    const { complete, log } = await runToEnd({ environment: [{ name: "NOTES", value }], script: "echo ${#NOTES}" });
    expect(complete.message).toBeUndefined();
    expect(log).toBe(`${value.length}\n`);
  });
});

describe("variables", () => {
  const nasty = [
    'it\'s "quoted" $(touch /tmp/x) `id` $HOME \\ \\n * ~ ! # ;',
    "\n\nlines\n\twith tab\r\n",
    "",
    "-n",
    "'",
    "''''",
    "构建 一号 🚀 \u0081\u0088",
    Array.from({ length: 255 }, (_, index) => String.fromCharCode(index + 1)).join(""),
    "y".repeat(300_000),
  ];

  for (const shell of [
    ["sh", "-e"],
    ["bash", "-e"],
    ["dash", "-e"],
  ]) {
    test(`arrive byte for byte in ${shell[0]}`, async () => {
      const variables = nasty.map((value, index) => ({ name: `SLUICE_${index + 1}`, value }));
      const script = `for n in ${variables.map(({ name }) => `"$${name}"`).join(" ")}; do printf '%s\\0' "$n"; done >"$UPLOADDIR/values"`;
      await using run = await startAttempt({
        shell,
        variables,
        script: `${script}\nod -An -v -tx1 "$UPLOADDIR/values"`,
      });
      await run.reported;
      expect(run.api.completed().exitCode).toBe(0);
      const bytes = Buffer.from(run.log().replace(/\s/g, ""), "hex");
      expect(bytes.toString("utf8").split("\0").slice(0, -1)).toEqual(nasty);
    });
  }

  test("are not in the environment of what the script starts", async () => {
    const { log } = await runToEnd({
      variables: [{ name: "SLUICE_1", value: "here" }],
      script: 'echo "$SLUICE_1"; env | grep -c SLUICE_ || true',
    });
    expect(log).toBe("here\n0\n");
  });

  test("a NUL byte is an error that names the variable", async () => {
    const { complete } = await runToEnd({ variables: [{ name: "SLUICE_1", value: "a\0b" }], script: "true" });
    expect(complete).toMatchObject({ end: "failedToPrepare" });
    expect(complete.message).toContain('"SLUICE_1" holds a NUL byte');
  });
});

test("what the scripts have made read-only is removed at the end", async () => {
  await using run = await startAttempt({
    script: 'mkdir "$HOME/cache"; touch "$HOME/cache/module"; chmod 500 "$HOME/cache"',
  });
  expect(await run.reported).toBe(true);
  expect(existsSync(join(run.settings.root, "home"))).toBe(false);
});

describe("talking to the API", () => {
  test("a report that is not acceptable is sent without what the scripts put out", async () => {
    const { complete, log } = await runToEnd(
      { script: 'echo "action meta: version=1"; exit 3' },
      {
        prepare: (api) => {
          api.fail = { call: "complete", status: 400, times: 1 };
        },
      },
    );
    expect(complete).toMatchObject({ end: "failedToStore", exitCode: 3, outputs: [], directories: [] });
    expect(complete.message).toBe('agent-api refused "complete" with status 400.');
    expect(log).toContain("sluice: agent-api refused");
  });

  test("tells that it runs at once and goes through its phases", async () => {
    const directories = [{ namespace: "build", key: "build", stored: true }];
    const { api } = await runToEnd({ directories, script: "true" });
    expect(api.calls.map(({ call }) => call)).toContain("heartbeat");
    expect(api.calls[0]?.call).toBe("bootstrap");
    expect(api.calls.at(-1)?.call).toBe("complete");
  });

  test("tries a call again after 5xx", async () => {
    const { complete } = await runToEnd(
      { script: "true" },
      {
        prepare: (api) => {
          api.fail = { call: "complete", status: 502, times: 2 };
        },
      },
    );
    expect(complete.exitCode).toBe(0);
  });

  test("a refused nonce rejects and starts nothing", async () => {
    await using run = await startAttempt(
      { script: "true" },
      {
        prepare: (api) => {
          api.fail = { call: "bootstrap", status: 401, times: 1 };
        },
      },
    );
    await expect(run.reported).rejects.toThrow('agent-api refused "bootstrap" with status 401.');
    expect(readdirSync(run.settings.root)).toEqual([]);
  });
});

test("an attempt's directory is laid out anew", async () => {
  await using run = await startAttempt({ script: 'ls "$CONTEXTDIR"' });
  await run.reported;
  expect(run.log()).toBe("build\n");
  expect(existsSync(join(run.settings.root, "process-group"))).toBe(false);
});

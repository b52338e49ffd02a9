import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { until } from "../until.ts";
import { runToEnd, startAttempt } from "./agent-api.ts";

describe("outputs", () => {
  test("come from METAFILE and from both streams, live and with the report", async () => {
    await using run = await startAttempt({
      script: `echo "version=1.0" >>"$METAFILE"
echo "action meta: color=green"
echo "action meta: shade=dark=er" >&2
until [ -e "$TMPDIR/go" ]; do sleep 0.05; done
printf 'late=yes' >>"$METAFILE"
echo "action meta: color=blue"`,
    });
    await until(() => run.api.live.length >= 3);
    expect(run.api.calls.some(({ call }) => call === "complete")).toBe(false);
    writeFileSync(join(run.settings.root, "tmp", "go"), "");
    await run.reported;
    const outputs = Object.fromEntries(run.api.completed().outputs.map(({ name, value }) => [name, value]));
    expect(outputs).toEqual({ version: "1.0", color: "blue", shade: "dark=er", late: "yes" });
  });

  test("of a failed action are reported too", async () => {
    const { complete } = await runToEnd({ script: 'echo "reason=flaky" >"$METAFILE"; exit 1' });
    expect(complete).toMatchObject({ exitCode: 1, outputs: [{ name: "reason", value: "flaky" }] });
  });

  test("an output that holds a secret is masked, and the log says so once", async () => {
    const { complete, log } = await runToEnd({
      secrets: ["s3cr3t-token"],
      environment: [{ name: "TOKEN", value: "s3cr3t-token" }],
      script: `echo "action meta: token=$TOKEN"; sleep 0.1; echo "url=https://$TOKEN@shop" >>"$METAFILE"; echo plain=1 >>"$METAFILE"; sleep 0.1`,
    });
    expect(complete.outputs).toEqual([
      { name: "token", value: "******" },
      { name: "url", value: "https://******@shop" },
      { name: "plain", value: "1" },
    ]);
    const note = (name: string) =>
      `sluice: The output "${name}" holds a secret, which is masked in it. Refer to the secret where it is needed.\n`;
    expect(log).toBe(`${note("token")}action meta: token=******\n${note("url")}`);
  });

  test("stdout and stderr stand in the log in the order in which they were written", async () => {
    const { log } = await runToEnd({
      script: 'n=0; while [ $n -lt 300 ]; do echo "out $n"; echo "err $n" >&2; n=$((n+1)); done',
    });
    const written = Array.from({ length: 300 }, (_, n) => `out ${n}\nerr ${n}\n`);
    expect(log).toBe(written.join(""));
  });

  test("what is meant for an output and is none is said in the log", async () => {
    const { complete, log } = await runToEnd({
      script: `printf '%s\\n' '# none' a=1 'w: 2' '' =x 'y: 3' 'z: 4' >"$METAFILE"; echo "action meta: b: 5"`,
    });
    expect(complete.outputs).toEqual([{ name: "a", value: "1" }]);
    const unread = (line: number) =>
      `sluice: METAFILE, line ${line}, is not of the form key=value and puts nothing out.\n`;
    expect(log).toBe(
      `sluice: The next line is not of the form "action meta: key=value" and puts nothing out.
action meta: b: 5
${unread(3)}${unread(5)}${unread(6)}`,
    );
  });

  test("a METAFILE with broken JSON is said in the log", async () => {
    const { complete, log } = await runToEnd({ script: `echo '{"metadata": [{"name": "a"' >"$METAFILE"` });
    expect(complete).toMatchObject({ exitCode: 0, outputs: [] });
    expect(log).toContain("METAFILE begins like JSON but is none");
  });

  test("a megabyte on one line arrives whole", async () => {
    const { complete } = await runToEnd({
      script: `printf 'action meta: big='; head -c 1000000 /dev/zero | tr '\\0' x; echo`,
    });
    expect(complete.outputs).toEqual([{ name: "big", value: "x".repeat(1_000_000) }]);
  });

  test("more than a megabyte in all is sent before the report", async () => {
    const { complete, api } = await runToEnd({
      script: `for n in 1 2 3; do printf "n$n="; head -c 900000 /dev/zero | tr '\\0' x; echo; done >"$METAFILE"`,
    });
    expect(new Set([...api.live, ...complete.outputs].map(({ name }) => name))).toEqual(new Set(["n1", "n2", "n3"]));
    expect(JSON.stringify(complete).length).toBeLessThan(2_000_000);
  });
});

describe("secrets", () => {
  test("are masked in the log, in the last lines and in messages", async () => {
    const secret = "pa55 word/with+signs";
    const { complete, log, api } = await runToEnd({
      secrets: [secret],
      environment: [{ name: "PASSWORD", value: secret }],
      script: `echo "plain $PASSWORD"
printf 'pa55 wo'; sleep 0.05; printf 'rd/with+signs\\n'
printf %s "$PASSWORD" | base64
printf %s "x$PASSWORD" | base64
printf %s "xy$PASSWORD." | base64
exit 1`,
    });
    for (const text of [log, JSON.stringify(complete), JSON.stringify(api.calls.slice(1))]) {
      expect(text).not.toContain(secret);
      for (const prefix of ["", "x", "xy"]) {
        expect(text).not.toContain(
          Buffer.from(prefix + secret)
            .toString("base64")
            .slice(4, -4),
        );
      }
    }
    expect(log).toContain("plain ******\n******\n");
  });

  test("leave nothing behind on disk", async () => {
    await using run = await startAttempt({
      secrets: ["hunter2hunter2"],
      variables: [{ name: "SLUICE_1", value: "hunter2hunter2" }],
      configFiles: [{ name: "key.pem", contentBase64: Buffer.from("hunter2hunter2").toString("base64"), secret: true }],
      script:
        'stat -c %a "$CONTEXTDIR/../configs/key.pem"; cat "$CONTEXTDIR/../configs/key.pem"; cp "$CONTEXTDIR/../configs/key.pem" "$HOME"',
    });
    await run.reported;
    expect(run.log()).toBe("600\n******\n");
    const left = readdirSync(run.settings.root).sort();
    expect(left).toEqual(["context", "uploads"]);
  });
});

describe("volume", () => {
  test("5,000 lines and 64 MB pass without piling up in memory", async () => {
    const before = process.memoryUsage().rss;
    const { complete } = await runToEnd({
      secrets: ["never printed"],
      script: `yes "$(head -c 1023 /dev/zero | tr '\\0' z)" | head -n 65536`,
    });
    expect(complete.exitCode).toBe(0);
    expect(complete.logTail).toHaveLength(8);
    // The test itself keeps the 64 MB that the agent printed; the agent adds less than that again.
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  });

  test("an endless line without a line feed is given out in pieces", async () => {
    const { complete, log } = await runToEnd({
      secrets: ["needle-in-haystack"],
      script: `head -c 5000000 /dev/zero | tr '\\0' z; printf needle-in-haystack; head -c 3000000 /dev/zero | tr '\\0' z`,
    });
    expect(complete.exitCode).toBe(0);
    expect(log.replaceAll("\n", "").length).toBe(8_000_000 + "******".length);
    expect(log).not.toContain("needle");
  });
});

import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { list } from "tar";
import { describe, expect, test } from "vitest";
import { FILE_LIMITS, isFileName } from "../../../agent/protocol.ts";
import { runToEnd, startAttempt } from "../agent-api.ts";

const MEBIBYTE = 1024 ** 2;

async function entriesOf(archive: Buffer | undefined): Promise<string[]> {
  const paths: string[] = [];
  await pipeline(Readable.from([archive ?? ""]), list({ onReadEntry: ({ path }) => void paths.push(path) }));
  return paths.toSorted();
}

describe("what is left in UPLOADDIR", () => {
  test("is stored by its content and reported: files as they are, directories packed", async () => {
    const { complete, api } = await runToEnd({
      script: `printf report >"$UPLOADDIR/report.html"
mkdir -p "$UPLOADDIR/coverage/js" "$UPLOADDIR/@scope"
echo 98 >"$UPLOADDIR/coverage/js/total"
ln -s total "$UPLOADDIR/coverage/js/latest"`,
    });
    expect(complete).toMatchObject({ end: "exited", exitCode: 0 });
    const sha256 = createHash("sha256").update("report").digest("hex");
    expect(complete.files?.map(({ name }) => name)).toEqual(["@scope.tar.gz", "coverage.tar.gz", "report.html"]);
    expect(complete.files?.[2]).toEqual({ name: "report.html", bytes: 6, objectKey: `files/${sha256}` });
    expect(api.objects.get(`files/${sha256}`)?.toString()).toBe("report");
    const coverage = api.objects.get(complete.files?.[1]?.objectKey ?? "");
    expect(await entriesOf(coverage)).toEqual([
      "./coverage/",
      "./coverage/js/",
      "./coverage/js/latest",
      "./coverage/js/total",
    ]);
  });

  test("is stored of a failed action, too: its report is wanted most", async () => {
    const { complete } = await runToEnd({ script: 'echo broken >"$UPLOADDIR/report.txt"; exit 3' });
    expect(complete).toMatchObject({ end: "exited", exitCode: 3, files: [{ name: "report.txt", bytes: 7 }] });
  });

  test("is uploaded once where two files are equal, and not reported where there is nothing", async () => {
    const { complete, api } = await runToEnd({ script: 'cd "$UPLOADDIR"; echo tea >one; echo tea >two' });
    expect(complete.files).toHaveLength(2);
    expect(api.objects.size).toBe(1);
    expect((await runToEnd({ script: "true" })).complete).not.toHaveProperty("files");
  });

  test("has its secrets masked in names", async () => {
    const { complete } = await runToEnd({ secrets: ["hunter2"], script: 'echo x >"$UPLOADDIR/of-hunter2.txt"' });
    expect(complete.files?.[0]?.name).toBe("of-******.txt");
  });
});

describe("beyond the limits", () => {
  test("a file fails a green action with its name and size, and the others are stored", async () => {
    const { complete, log } = await runToEnd({
      script: `cd "$UPLOADDIR"; echo small >small.txt
head -c ${10 * MEBIBYTE} /dev/zero >fits.bin; head -c ${10 * MEBIBYTE + 1} /dev/zero >large.bin`,
    });
    const message = '"large.bin" in UPLOADDIR is not stored: it has 10485761 bytes; at most 10485760 are allowed.';
    expect(complete).toMatchObject({ end: "failedToStore", exitCode: 0, message });
    expect(complete.files?.map(({ name }) => name)).toEqual(["fits.bin", "small.txt"]);
    expect(log).toContain(`sluice: ${message}\n`);
  });

  test("a file only warns where the action has failed already", async () => {
    const { complete, log } = await runToEnd({
      script: `head -c ${10 * MEBIBYTE + 1} /dev/zero >"$UPLOADDIR/core"; exit 4`,
    });
    expect(complete).toMatchObject({ end: "exited", exitCode: 4 });
    expect(complete.message).toBeUndefined();
    expect(log).toContain('sluice: "core" in UPLOADDIR is not stored: it has 10485761 bytes');
  });

  test("the whole has 50 MiB: what no longer fits is named", async () => {
    const { complete } = await runToEnd({
      script: `cd "$UPLOADDIR"; for n in 1 2 3 4 5; do head -c ${10 * MEBIBYTE} /dev/zero >$n.bin; done; echo x >6.txt`,
    });
    expect(complete.files).toHaveLength(5);
    expect(complete.message).toBe(
      `"6.txt" in UPLOADDIR is not stored: it has 2 bytes, and ${FILE_LIMITS.totalBytes} of the ${FILE_LIMITS.totalBytes} ` +
        "bytes that an action can leave are used.",
    );
  });

  test("a directory is packed no further than a file may have", async () => {
    const { complete } = await runToEnd({
      script: `mkdir "$UPLOADDIR/noise"; head -c ${12 * MEBIBYTE} /dev/urandom >"$UPLOADDIR/noise/all"`,
    });
    expect(complete.message).toContain(
      '"noise" in UPLOADDIR is not stored: the directory has more than 10485760 bytes',
    );
  });

  test("links, pipes and more than 100 entries are refused", async () => {
    const { complete } = await runToEnd({
      script: `cd "$UPLOADDIR"; ln -s /etc/hostname a-link; mkfifo b-pipe
for n in $(seq 101); do echo $n >"$n.txt"; done`,
    });
    expect(complete.files).toHaveLength(100);
    expect(complete.message?.split("\n")).toEqual([
      '"99.txt" in UPLOADDIR is not stored: an action can leave at most 100 entries.',
      '"a-link" in UPLOADDIR is not stored: it is a link; copy the file instead.',
      '"b-pipe" in UPLOADDIR is not stored: it is no file or directory.',
    ]);
  });
});

test("a store that refuses a file is a reason to fail", async () => {
  const { complete } = await runToEnd(
    { script: 'echo x >"$UPLOADDIR/x"' },
    {
      prepare(api) {
        api.fail = { call: "uploads", status: 400, times: 1 };
      },
    },
  );
  expect(complete.end).toBe("failedToStore");
  expect(complete.message).toContain('"x" in UPLOADDIR is not stored: ');
});

test("an attempt that is being cancelled leaves no files", async () => {
  await using run = await startAttempt({ script: 'echo x >"$UPLOADDIR/x"; sleep 60' });
  run.api.cancel = true;
  run.terminate();
  await run.reported;
  expect(run.api.completed()).toMatchObject({ end: "cancelled" });
  expect(run.api.completed()).not.toHaveProperty("files");
});

test.each([
  ["report.html", true],
  ["Bericht für Österreich.pdf", true],
  ["@scope", true],
  ["", false],
  [".", false],
  ["..", false],
  ["a/b", false],
  ["a\\b", false],
  ["a\nb", false],
  ["x".repeat(255), true],
  ["ü".repeat(128), false],
])("%j is a name of a file: %s", (name, isOne) => {
  expect(isFileName(name)).toBe(isOne);
});

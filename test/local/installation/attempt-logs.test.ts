import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createFileLogs } from "../../../local/installation/attempt-logs.ts";

const directory = mkdtempSync(join(tmpdir(), "sluice-attempt-logs-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let files = 0;
function openLog() {
  const path = join(directory, `${files++}.log`);
  const logs = createFileLogs(() => path);
  const attempt = { runId: "run-1", actionKey: "build", attempt: 1 };
  return {
    write: (text: string | Buffer) => appendFileSync(path, text),
    async read(after?: string, { limit = 100, hasEnded = false } = {}) {
      const { lines, next, isAtEnd } = await logs.read({ ...attempt, hasEnded }, after, limit);
      return { texts: lines.map(({ text }) => text), next, isAtEnd };
    },
  };
}

test("a log that is not there yet is empty", async () => {
  expect(await openLog().read()).toEqual({ texts: [], next: "0", isAtEnd: true });
});

test("lines are read page by page, each once, and on when more have come", async () => {
  const log = openLog();
  log.write("one\ntwo\nthree\n");
  const first = await log.read(undefined, { limit: 2 });
  expect(first).toEqual({ texts: ["one", "two"], next: "8", isAtEnd: false });
  const second = await log.read(first.next);
  expect(second).toEqual({ texts: ["three"], next: "14", isAtEnd: true });
  log.write("four\n");
  expect(await log.read(second.next)).toEqual({ texts: ["four"], next: "19", isAtEnd: true });
});

test("a line is held back until it is whole, or until nothing more can come", async () => {
  const log = openLog();
  log.write("one\nFü");
  const first = await log.read();
  expect(first).toEqual({ texts: ["one"], next: "4", isAtEnd: false });
  log.write("ße");
  expect(await log.read(first.next)).toEqual({ texts: [], next: "4", isAtEnd: false });
  expect(await log.read(first.next, { hasEnded: true })).toEqual({ texts: ["Füße"], next: "10", isAtEnd: true });
});

test("a line of some megabytes comes in pieces, and what comes after it", async () => {
  const log = openLog();
  log.write(`${"x".repeat(1_300_000)}\nend\n`);
  let after: string | undefined;
  let text = "";
  for (let isAtEnd = false; !isAtEnd; ) {
    const page = await log.read(after);
    text += page.texts.join("");
    ({ next: after, isAtEnd } = page);
  }
  expect(text).toBe(`${"x".repeat(1_300_000)}end`);
});

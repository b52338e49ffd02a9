import { describe, expect, test } from "vitest";
import { runTypeScript } from "./run-type-script.ts";

describe("echo", () => {
  test("prints its text as often as it is told, and puts it out", async () => {
    await using run = await runTypeScript("echo", { text: "the shop is open", count: "3" });
    expect(run).toMatchObject({
      exitCode: 0,
      log: "the shop is open\n".repeat(3),
      outputs: { text: "the shop is open" },
    });
  });

  test("takes message in place of text, and one time as default", async () => {
    await using run = await runTypeScript("echo", { message: "-n" });
    expect(run).toMatchObject({ exitCode: 0, log: "-n\n", outputs: { text: "-n" } });
  });

  test("puts any text out as it is", async () => {
    const text = "two\nlines\t\"quoted\" \\n $(id) 构建\n\n'end' %s";
    await using run = await runTypeScript("echo", { text });
    expect(run).toMatchObject({ log: `${text}\n`, outputs: { text } });
  });

  test("refuses a count that is no number", async () => {
    await using run = await runTypeScript("echo", { text: "x", count: "-1" });
    expect(run.exitCode).toBe(2);
    expect(run.log).toContain('"count" is "-1"; it must be a whole number, 0 or more.');
  });
});

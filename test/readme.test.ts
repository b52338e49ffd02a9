import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const README = readFileSync(join(ROOT, "README.md"), "utf8");
/** Stands between the outputs of two commands. */
const MARK = "=== readme.test ===";
/** Commands that are run otherwise than as they stand: `npm` in the repository, and `npm test` is what runs this. */
const IN_PLACE_OF: ReadonlyMap<string, string> = new Map([
  ["npm start", 'cd "$SLUICE" && npm start && cd "$OLDPWD"'],
  ["npm test", 'echo "running"'],
]);

interface Command {
  readonly line: string;
  readonly expected: readonly string[];
}

/** Commands of the ```console blocks: what follows `$ `, with what README says it prints; `…` stands for more lines. */
function readCommands(markdown: string): readonly Command[] {
  return [...markdown.matchAll(/^```console\n(.*?)^```$/gms)].flatMap(([, block = ""]) =>
    block
      .split(/^(?=\$ )/m)
      .filter((part) => part.startsWith("$ "))
      .map((part) => {
        const [first = "", ...rest] = part.trimEnd().split("\n");
        let line = first.slice(2);
        while (line.endsWith("\\")) line = `${line}\n${rest.shift() ?? ""}`;
        return { line, expected: rest };
      }),
  );
}

/** Times, ids, hashes and the width that a time takes differ from run to run. */
function normalized(lines: readonly string[]): readonly string[] {
  return lines
    .map((line) =>
      line
        .replace(/\d{8}-\d{6}-[a-z2-7]{6}/g, "<run>")
        .replace(/\b[0-9a-f]{7,64}\b/g, "<hash>")
        .replace(/\d+\.\d+s|\d+m \d\ds/g, "<time>")
        .replace(/\d+ bytes/g, "<bytes>")
        .replace(/ +/g, " ")
        .trimEnd(),
    )
    .filter((line) => line !== "");
}

/** Runs all commands in one shell, one after the other, in an empty folder; answers what each printed. */
async function runAll(commands: readonly Command[], folder: string): Promise<readonly (readonly string[])[]> {
  const script = commands.map(({ line }) => `{ ${IN_PLACE_OF.get(line) ?? line}\n} 2>&1; echo '${MARK}'`).join("\n");
  const child = spawn("sh", ["-c", script], {
    cwd: folder,
    env: { ...process.env, SLUICE: ROOT, PATH: `${join(ROOT, "bin")}:${process.env["PATH"]}`, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) text += chunk;
  return text.split(`${MARK}\n`).map((output) => output.split("\n"));
}

const commands = readCommands(README);
const folder = mkdtempSync(join(tmpdir(), "sluice-readme-"));
// README's commands are typed in a clone; what they write stays out of this one.
symlinkSync(join(ROOT, "examples"), join(folder, "examples"));
let outputs: readonly (readonly string[])[] = [];
beforeAll(async () => {
  outputs = await runAll(commands, folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("README", () => {
  test("has commands", () => expect(commands.length).toBeGreaterThan(5));

  test.each(commands.map((command, at) => [command.line, command, at] as const))("$ %s", (_line, command, at) => {
    // Actions of one stage run at the same time, so the order of their lines is not fixed.
    const printed = normalized(outputs[at] ?? []);
    const expected = normalized(command.expected);
    if (expected.includes("…")) {
      expect(printed).toEqual(expect.arrayContaining(expected.filter((line) => line !== "…")));
    } else {
      expect([...printed].sort()).toEqual([...expected].sort());
    }
  });

  test("links only to files that are there", () => {
    for (const [, target = ""] of README.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      expect(() => readFileSync(join(ROOT, target)), target).not.toThrow(/ENOENT/);
    }
  });
});

import { expect, test } from "vitest";
import { main } from "../../cli/program.ts";
import { recordedIo } from "./io.ts";

test("--version prints the version alone", async () => {
  const io = recordedIo();
  expect(await main(["--version"], io)).toBe(0);
  expect(io.out()).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("--help lists the commands and the exit codes", async () => {
  const io = recordedIo();
  expect(await main(["--help"], io)).toBe(0);
  for (const command of ["init", "check", "explain", "fix", "graph", "compile", "run", "actions"])
    expect(io.out()).toContain(`\n  ${command} `);
  expect(io.out()).toContain("Exit codes: 0 ok, 1 the pipeline is wrong");
});

test.each([
  ["no command", []],
  ["an unknown command", ["rnu", "pipeline.yaml"]],
  ["an unknown flag", ["check", "--fast", "pipeline.yaml"]],
  ["a missing file name", ["run"]],
  ["a value that is not allowed", ["check", "pipeline.yaml", "--format", "xml"]],
  ["a file that is not there", ["check", "absent.yaml"]],
  ["a secret that is not set", ["run", "pipeline.yaml", "--secret", "ABSENT"]],
])("%s is wrong usage: exit 2, stderr only", async (_name, argv) => {
  const io = recordedIo();
  expect(await main(argv, io)).toBe(2);
  expect(io.out()).toBe("");
  expect(io.err()).not.toBe("");
});

test("a near command is suggested", async () => {
  const io = recordedIo();
  await main(["chek", "pipeline.yaml"], io);
  expect(io.err()).toContain("(Did you mean check?)");
});

test("a bug of ours exits with 70 and says what to report", async () => {
  const broken = recordedIo();
  const io = {
    ...broken,
    stdout: {
      ...broken.stdout,
      write: () => {
        throw new TypeError("the pen is broken");
      },
    },
  };
  expect(await main(["--version"], io)).toBe(70);
  expect(broken.err()).toContain("Please report it");
  expect(broken.err()).toContain("the pen is broken");
});

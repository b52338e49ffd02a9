import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { main } from "../../cli/program.ts";
import { recordedIo } from "./io.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-actions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, "types", "announce"), { recursive: true });
writeFileSync(
  join(folder, "types", "announce", "action.yaml"),
  `name: announce
version: "2.1"
description: Tells a channel what happened. In one line.
params:
- {name: channel, required: true, description: Where to.}
- {name: tries, type: int, default: 3, description: How often.}
outputs:
- {name: id, description: Of the message.}
`,
);
writeFileSync(join(folder, "types", "announce", "README.md"), "# announce\n\nTells.\n\n## Channels\n\nAny.\n");

async function actions(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const io = recordedIo({ cwd: folder });
  const code = await main(["actions", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

describe("sluice actions", () => {
  test("lists the built-in types", async () => {
    const { code, out } = await actions();
    expect(code).toBe(0);
    expect(out).toMatch(/^custom-script {2}Runs the commands of the action\.$/m);
    expect(out).toMatch(/^git-checkout {3}Clones a git repository\.$/m);
  });

  test("shows one type with params, outputs, an example and its docs", async () => {
    const { code, out } = await actions("announce", "--actions", "types");
    expect(code).toBe(0);
    expect(out).toBe(`announce 2.1
  Tells a channel what happened. In one line.

params
  channel  (string, required)
      Where to.
  tries  (int, default 3)
      How often.

outputs
  id  Of the message.

example
  - announce:
      alias: my-name
      params:
        channel: …

## Channels

Any.
`);
  });

  test("an unknown name lists what there is", async () => {
    const { code, err } = await actions("git-chekout");
    expect(code).toBe(2);
    expect(err).toContain('There is no action type "git-chekout".');
    expect(err).toContain("git-checkout");
  });

  test("a directory that is not there is wrong usage", async () => {
    expect(await actions("--actions", "absent")).toMatchObject({ code: 2, out: "" });
  });

  test("a type that cannot be read is wrong usage and says where", async () => {
    mkdirSync(join(folder, "wrong", "odd"), { recursive: true });
    writeFileSync(join(folder, "wrong", "odd", "action.yaml"), "name: Odd One\n");
    const { code, err } = await actions("--actions", "wrong");
    expect(code).toBe(2);
    expect(err).toContain(join(folder, "wrong", "odd", "action.yaml"));
  });
});

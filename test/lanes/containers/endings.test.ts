import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { RunJson } from "../../../cli/run/run-json.ts";
import { openDesk } from "./cli.ts";
import { leftovers, podman } from "./podman.ts";

const pipeline = (action: string) => `version: "1.1"
name: bakery
stages:
- stage:
  - custom-script:
      alias: bake
${action.replace(/^/gm, "      ")}
`;

/** Runs one action in a container; answers what its author reads at the end, and what a program reads. */
async function bake(action: string) {
  using desk = openDesk();
  const file = desk.write("pipeline.yaml", pipeline(action));
  const { code, out } = await desk.runInContainers(file);
  return { code, out };
}

describe.concurrent("what the author reads when an action", () => {
  test("fails", async () => {
    const { code, out } = await bake('commands: ["echo the oven is cold >&2", "exit 7"]');
    expect(code).toBe(1);
    expect(out).toContain("✗ bake failed");
    expect(out).toContain("exit code 7");
    expect(out).toContain("the oven is cold");
  });

  test("takes longer than its timeout", async () => {
    const { code, out } = await bake('timeout: 2\ncommands: ["echo heating", "sleep 100"]');
    expect(code).toBe(1);
    expect(out).toContain("✗ bake timed out");
    expect(out).toContain("It ran longer than its timeout of 2 s.");
    expect(out).toContain("heating");
  });

  test("takes more memory than its container has", async () => {
    const { code, out } = await bake(
      "resources: {mem: 64}\ncommands: node -e 'const bread = []; for (;;) bread.push(Buffer.alloc(1e7, 1))'",
    );
    expect(code).toBe(1);
    expect(out).toContain("exit code 137");
    expect(out).toMatch(/memory/);
    expect(out).toContain("mem:");
  });

  test("names an image that is not there", async () => {
    const { code, out } = await bake("image: 127.0.0.1:1/bakery/oven:1\ncommands: bake");
    expect(code).toBe(1);
    expect(out).toContain("127.0.0.1:1/bakery/oven:1");
    expect(out).toContain("CannotPullContainerError");
  });

  test("is run by another user than root", async () => {
    const image = "localhost/sluice-lane-nobody:dev";
    execFileSync("podman", ["build", "--quiet", "--network=none", `--tag=${image}`, "-"], {
      input: "FROM localhost/sluice-base:dev\nUSER 65534:65534\n",
    });
    try {
      using desk = openDesk();
      const action = `image: ${image}\ncommands: |\n  echo "user=$(id -u)" >> "$METAFILE"\n  touch left-here`;
      const file = desk.write("pipeline.yaml", pipeline(action));
      const { out, err } = await desk.runInContainers(file, ["--format", "json"]);
      const run = JSON.parse(out || `{"err": ${JSON.stringify(err)}}`) as RunJson;
      expect(run.actions).toMatchObject([{ status: "succeeded", outputs: { user: "65534" } }]);
    } finally {
      podman("rmi", image);
    }
  });
});

test("nothing of all that is left", () => {
  expect(leftovers()).toEqual([]);
});

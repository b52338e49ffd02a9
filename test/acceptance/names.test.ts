import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { folder, type RunJson, runJson, sluice } from "./sluice.ts";

const LONG = "長".repeat(300);
const ALIASES = ["../x", "a/b", "构建 一号", LONG, "A", "a", "con", "-rf", "$(touch pwned)"];

const PIPELINE = `
version: "1.1"
name: ../shop
stages:
- stage:
${ALIASES.map((alias) => `  - custom-script: {alias: ${JSON.stringify(alias)}, commands: "echo hello > file"}`).join("\n")}
- stage:
  - custom-script: {alias: reader, commands: "cat \${../x}/file; cat \${构建 一号}/file"}
`;

test("strange aliases stay inside the state directory, are legal state names and are shown as written", async () => {
  await using where = await folder({ "pipeline.yaml": PIPELINE });
  const before = (await readdir(where.path)).length;
  const finished = await sluice(["run", "pipeline.yaml", "--format", "json", "--state-dir", "state"], {
    cwd: where.path,
  });
  const run = JSON.parse(finished.stdout) as RunJson;
  expect(run.actions.map((action) => action.name)).toEqual([...ALIASES, "reader"]);
  expect(run.status).toBe("succeeded");
  expect((await readdir(where.path)).length).toBe(before + 1);
  for (const file of await readdir(`${where.path}/state`, { recursive: true })) expect(file).toMatch(/^[\w./:+-]+$/);
});

test.each([
  ["ext::sh -c touch% pwned", "master"],
  ["--upload-pack=touch pwned", "master"],
  ["-u", "master"],
  ["/srv/shop.git", "--upload-pack=touch pwned"],
  ["/srv/shop.git", "-b"],
])("git-checkout refuses %s at %s", async (uri, branch) => {
  const { run } = await runJson(`
version: "1.1"
name: shop
stages:
- stage:
  - git-checkout: {alias: repo, params: {uri: ${JSON.stringify(uri)}, branch: ${JSON.stringify(branch)}}}
`);
  expect(run.status).toBe("failed");
  expect(run.actions[0]?.error?.message).toMatch(/refuse|not allowed|exit code/);
});

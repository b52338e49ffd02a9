import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, sluice } from "./sluice.ts";

const SECRET = "p4ss-w0rd/+with'quote\"and$dollar";
const LINES = "first-secret-line\nsecond-secret-line";

const PIPELINE = `
version: "1.1"
name: shop
stages:
- stage:
  - custom-script:
      alias: publish
      params: {token: ((registry.token)), lines: "\${{ configs.deploy-key }}"}
      commands: |
        echo "plain: ((registry.token))"
        printf %s "$ACTION_TOKEN" | base64 -w0; echo
        printf 'x%s' "$ACTION_TOKEN" | base64 -w0; echo
        printf %s "$ACTION_TOKEN" | head -c 9; sleep 0.1; printf %s "$ACTION_TOKEN" | tail -c +10; echo
        echo "$ACTION_LINES" >&2
        cat ((settings))
        test "$ACTION_TOKEN" = '((registry.token))' && echo "the same"
        test "((stage))" = blue && echo "stage ((stage))"
- stage:
  - custom-script:
      alias: fail
      commands: echo "failing with ((registry.token))"; exit 3
`;

test("a secret appears in no output, log, state directory, compiled artefact or history", async () => {
  await using where = await folder({ "pipeline.yaml": PIPELINE, settings: "user=shop\npassword=file-secret-77\n" });
  const env = { REGISTRY_TOKEN: SECRET, DEPLOY_KEY: LINES };
  const finished = await sluice(
    [
      "run",
      "pipeline.yaml",
      "--format",
      "json",
      "--state-dir",
      "state",
      "--secret",
      "registry.token",
      "--secret",
      "deploy-key",
      "--secret-file",
      "settings=settings",
      "--config",
      "stage=blue",
    ],
    { cwd: where.path, env },
  );
  await sluice(["compile", "pipeline.yaml", "--out", "compiled"], { cwd: where.path, env });
  const texts = [finished.stdout, finished.stderr];
  let logs = "";
  for (const file of await readdir(where.path, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || file.name === "settings") continue;
    const text = await readFile(join(file.parentPath, file.name), "latin1");
    texts.push(text);
    if (file.name.endsWith(".log")) logs += text;
  }
  expect(logs).toContain("the same");
  expect(logs).toContain("stage blue");
  const hidden = [
    SECRET,
    ...LINES.split("\n"),
    "file-secret-77",
    Buffer.from(SECRET).toString("base64"),
    encodeURIComponent(SECRET),
  ];
  const all = texts.join("\n");
  for (const value of hidden) expect(all.includes(value), `found ${value}`).toBe(false);
  expect(finished.code).toBe(1);
});

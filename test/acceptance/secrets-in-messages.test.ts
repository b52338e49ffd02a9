import { expect, test } from "vitest";
import { actionOf, folder, type RunJson, sluice } from "./sluice.ts";

const SECRET = "S3CRET-hunter2-ABCDEFGH";

test("no message about a value shows a secret, and no colour hides one", async () => {
  const pipeline = `version: "1.1"
name: shop
outputs:
- name: token
  ref: \${{ configs.token }}
stages:
- stage:
  - custom-script: {alias: compared, if: "\${{ '((token))' > 3 }}", commands: "true"}
  - custom-script: {alias: bare, if: "\${{ ((token)) }}", commands: "true"}
  - wait: {alias: pause, params: {wait_time_sec: ((token))}}
  - custom-script:
      alias: coloured
      commands:
      - "token=\${{ configs.token }}; printf 'S3CRET-\\\\033[1mhunter2\\\\033[0m%s\\\\n' \\"\${token#S3CRET-hunter2}\\""
      - echo "shade=$(printf '\\033[1m%s' \${{ configs.token }})" >> "$METAFILE"
`;
  await using where = await folder({ "pipeline.yaml": pipeline });
  const json = ["run", "pipeline.yaml", "--secret", "token", "--format", "json"];
  const options = { cwd: where.path, env: { TOKEN: SECRET } };
  const asJson = await sluice(json, options);
  const asText = await sluice(json.slice(0, -2), options);
  const run = JSON.parse(asJson.stdout) as RunJson;

  expect(actionOf(run, "compared")).toMatchObject({ status: "failed" });
  expect(actionOf(run, "compared").error?.message).toContain("******");
  expect(actionOf(run, "bare")).toMatchObject({ status: "skipped" });
  expect(actionOf(run, "pause").error?.message).toContain('"******" is no number of seconds');
  expect(actionOf(run, "coloured").outputs).toEqual({ shade: "\u001b[1m******" });
  expect(run.outputs).toEqual({ token: "******" });
  for (const text of [asJson.stdout, asJson.stderr, asText.stdout, asText.stderr]) {
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("S3CRET");
  }
});

test("names that every object has are names like others", async () => {
  const pipeline = `version: "1.1"
name: shop
params:
- {name: constructor, default: mason}
outputs:
- {name: toString, ref: "\${{ outputs.constructor.valueOf }}"}
stages:
- stage:
  - custom-script: {alias: constructor, commands: "echo valueOf=\${{ params.constructor }} >> $METAFILE; echo brick > wall"}
- stage:
  - custom-script: {alias: valueOf, commands: "cat \${{ dirs.constructor }}/wall"}
`;
  await using where = await folder({ "pipeline.yaml": pipeline });
  const { stdout, stderr, code } = await sluice(["run", "pipeline.yaml", "--format", "json"], { cwd: where.path });
  expect(code, stderr).toBe(0);
  expect((JSON.parse(stdout) as RunJson).outputs).toEqual({ toString: "mason" });
});

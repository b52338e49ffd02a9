import { expect, test } from "vitest";
import { actionOf, folder, runJson, sluice } from "./sluice.ts";

const ONE_OF_THREE_FAILS = `
version: "1.1"
name: shop
stages:
- stage:
  - custom-script: {alias: lint, commands: "sleep 0.5; echo 'action meta: warnings=3'"}
  - custom-script: {alias: unit test, commands: "echo counting; echo 'expected 3, got 4' >&2; exit 7"}
  - custom-script: {alias: docs, commands: "sleep 0.5; echo built"}
- stage:
  - custom-script: {alias: deploy, commands: "echo must not run"}
- stage:
  - custom-script:
      alias: clean up
      if: \${{ 1 == 1 }}
      commands: "echo 'action meta: removed=2'"
- stage:
  - custom-script:
      alias: tell
      if: \${{ '\${clean up:OUTPUT:removed}' == '2' }}
      commands: "echo \${clean up:OUTPUT:removed} removed"
`;

test("one of three fails: siblings finish, later stages are skipped, an if runs, the summary says what and why", async () => {
  const { run, finished } = await runJson(ONE_OF_THREE_FAILS);
  expect(finished.code).toBe(1);
  expect(run.status).toBe("failed");
  expect(run.actions.map((action) => [action.name, action.status])).toEqual([
    ["lint", "succeeded"],
    ["unit test", "failed"],
    ["docs", "succeeded"],
    ["deploy", "skipped"],
    ["clean up", "succeeded"],
    ["tell", "succeeded"],
  ]);
  expect(actionOf(run, "unit test").error).toMatchObject({ name: "Sluice.ActionFailed", exitCode: 7 });
  await using where = await folder({ "pipeline.yaml": ONE_OF_THREE_FAILS });
  const text = await sluice(["run", "pipeline.yaml"], { cwd: where.path });
  expect(text.code).toBe(1);
  const shown = text.stdout + text.stderr;
  expect(shown).toContain("unit test");
  expect(shown).toMatch(/exit code 7/);
  expect(shown).toContain("expected 3, got 4");
});

const SKIPPED_REFERENCES = `
version: "1.1"
name: shop
stages:
- stage:
  - custom-script: {alias: probe, if: "\${{ 1 == 2 }}", commands: "echo 'action meta: found=1'"}
- stage:
  - custom-script: {alias: absent, if: "\${{ '\${{ outputs.probe.found }}' == '' }}", commands: "echo none"}
- stage:
  - custom-script: {alias: wrong, if: "\${{ '\${{ outputs.probe.found }}' > 3 }}", commands: "echo none"}
- stage:
  - custom-script: {alias: needs it, if: "\${{ 1 == 1 }}", params: {found: "\${{ outputs.probe.found }}"}, commands: "echo none"}
`;

test("outputs of a skipped action are empty in if and an error with a place in params; no expression ends the execution", async () => {
  const { run } = await runJson(SKIPPED_REFERENCES);
  expect(run.actions.map((action) => [action.name, action.status])).toEqual([
    ["probe", "skipped"],
    ["absent", "succeeded"],
    ["wrong", "failed"],
    ["needs it", "failed"],
  ]);
  expect(actionOf(run, "wrong").error?.message).toMatch(/pipeline\.yaml:10:\d+/);
  expect(actionOf(run, "needs it").error?.message).toMatch(/pipeline\.yaml:12:\d+/);
});

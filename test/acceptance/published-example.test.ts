import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actionOf, folder, type RunJson, sluice } from "./sluice.ts";

const PUBLISHED = `version: 1.1
stages:
- stage:
  - git-checkout:
    alias: repo
    uri: https://github.com/erda-project/erda
    branch: master
- stage:
  - custom-script:
    alias: build erda
    commands:
      - cd \${dirs.repo} # file reference
      - make GIT_COMMIT=\${outputs.repo.commit} # value reference
`;

const SPELLINGS = {
  published: PUBLISHED,
  braces: PUBLISHED.replace("${dirs.repo}", "${{ dirs.repo }}").replace(
    "${outputs.repo.commit}",
    "${{ outputs.repo.commit }}",
  ),
  legacy: PUBLISHED.replace("${dirs.repo}", "${repo}").replace("${outputs.repo.commit}", "${repo:OUTPUT:commit}"),
};

test.each(Object.entries(SPELLINGS))(
  "the published example runs after only its address is replaced (%s)",
  async (_name, text) => {
    await using where = await folder({});
    const repository = join(where.path, "erda");
    mkdirSync(repository);
    writeFileSync(join(repository, "Makefile"), "all:\n\t@echo building $(GIT_COMMIT)\n");
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", repository, "-c", "user.name=Shop", "-c", "user.email=shop@example.com", ...args], {
        encoding: "utf8",
      });
    git("init", "-q", "-b", "master");
    git("add", ".");
    git("commit", "-q", "-m", "A Makefile");
    const commit = git("rev-parse", "HEAD").trim();
    writeFileSync(join(where.path, "pipeline.yaml"), text.replace("https://github.com/erda-project/erda", repository));
    const finished = await sluice(["run", "pipeline.yaml", "--format", "json"], { cwd: where.path });
    expect(finished.stderr + finished.stdout).not.toMatch(/"status": ?"failed"/);
    const run = JSON.parse(finished.stdout) as RunJson;
    expect(run.status).toBe("succeeded");
    expect(actionOf(run, "repo").outputs["commit"]).toBe(commit);
    const logFile = actionOf(run, "build erda").logFile ?? "";
    expect(execFileSync("cat", [logFile], { encoding: "utf8" })).toContain(`building ${commit}`);
  },
);

test("the published example as printed passes check, with warnings that carry the fix", async () => {
  await using where = await folder({ "pipeline.yaml": PUBLISHED });
  const finished = await sluice(["check", "pipeline.yaml", "--format", "json"], { cwd: where.path });
  const { files } = JSON.parse(finished.stdout) as {
    files: { valid: boolean; diagnostics: { severity: string; line: number }[] }[];
  };
  expect(finished.code).toBe(0);
  expect(files[0]?.valid).toBe(true);
  expect(files[0]?.diagnostics.every((diagnostic) => diagnostic.severity === "warning")).toBe(true);
  expect(files[0]?.diagnostics.length).toBeGreaterThan(0);
});

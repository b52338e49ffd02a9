import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { RUNS_API_ROUTES } from "../../functions/index.ts";
import { PROBLEMS } from "../../functions/runs-api/problem.ts";
import { folder, startSluice } from "../acceptance/sluice.ts";
import { OPEN_API } from "../functions/support/runs-api.ts";
import { fillRegions } from "./regions.ts";

const DOCUMENT = fileURLToPath(new URL("../../docs/api.md", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

interface OperationDocument {
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

test("docs/api.md has every route and every problem (vitest -u writes them)", async () => {
  const routes = RUNS_API_ROUTES.map(({ method, path }) => {
    const { [method.toLowerCase()]: operation } = OPEN_API.paths[path] ?? {};
    const { summary, parameters = [] } = operation as unknown as OperationDocument;
    const query = parameters.flatMap(({ name, in: place }) => (place === "query" ? [`\`${name}\``] : []));
    return `| \`${method} ${path}\` | ${summary} | ${query.join(", ")} |`;
  });
  const problems = Object.entries(PROBLEMS).map(
    ([name, { status, title }]) => `| \`urn:sluice:problem:${name}\` | ${status} | ${title} |`,
  );
  const filled = fillRegions(readFileSync(DOCUMENT, "utf8"), {
    routes: ["| Route | | Query |", "|---|---|---|", ...routes].join("\n"),
    problems: ["| Type | Status | |", "|---|---|---|", ...problems].join("\n"),
  });
  await expect(filled).toMatchFileSnapshot(DOCUMENT);
});

const PIPELINE = `version: "1.1"
name: shop
params:
- name: target
  required: true
stages:
- stage:
  - custom-script:
      alias: deploy
      commands:
      - echo "to \${{ params.target }}"
`;

const [, block = ""] = /^```console\n(.*?)^```$/ms.exec(readFileSync(DOCUMENT, "utf8")) ?? [];
const commands = block
  .split(/^\$ /m)
  .filter((part) => part !== "")
  .map((part) => {
    const [line = "", ...expected] = part.trimEnd().split("\n");
    return { line, expected };
  });

test("every address of the examples is a route", () => {
  const called = commands.flatMap(({ line }) => {
    const [, path] = /"\$SLUICE_ENDPOINT([^"]*)"/.exec(line) ?? [];
    return path === undefined ? [] : [`${/ -d | -X POST/.test(line) ? "POST" : "GET"} ${path}`];
  });
  expect(called).toHaveLength(5);
  const patterns = RUNS_API_ROUTES.map(
    ({ method, path }) => new RegExp(`^${method} ${path.replace(/\{\w+\}/g, "[^/]+")}$`),
  );
  for (const call of called)
    expect(
      patterns.some((pattern) => pattern.test(call)),
      call,
    ).toBe(true);
});

test("the examples do what they say", async () => {
  if (!spawnSync("curl", ["--help", "all"], { encoding: "utf8" }).stdout?.includes("--aws-sigv4")) {
    process.stdout.write("docs/api.md: no curl with --aws-sigv4 on this machine, its examples are not run\n");
    return;
  }
  await using where = await folder({ "pipeline.yaml": PIPELINE });
  const dev = startSluice(["dev", "pipeline.yaml"], { cwd: where.path });
  try {
    await dev.until("which only you can read");
    const own = JSON.parse(readFileSync(join(where.path, ".sluice", "dev.json"), "utf8"));
    const script = commands.map(({ line }) => `${line}; printf '\\n=== end ===\\n'`).join("\n");
    const child = spawn("sh", ["-c", script], {
      cwd: where.path,
      env: {
        ...process.env,
        PATH: `${join(ROOT, "bin")}:${process.env["PATH"]}`,
        SLUICE_ENDPOINT: own.endpoint,
        AWS_REGION: own.region,
        AWS_ACCESS_KEY_ID: own.accessKeyId,
        AWS_SECRET_ACCESS_KEY: own.secretAccessKey,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
    });
    await new Promise((resolve) => child.on("close", resolve));
    const outputs = printed.split("\n=== end ===\n").slice(0, -1);
    expect(outputs.map(normalized)).toEqual(commands.map(({ expected }) => expected.join("\n")));
  } finally {
    dev.signal("SIGINT");
    await dev.finished;
  }
}, 120_000);

/** What differs from run to run. */
function normalized(text: string): string {
  return text
    .trim()
    .replace(/"planHash":"[0-9a-f]+"/g, '"planHash":"<hash>"')
    .replace(/:shop-[0-9a-f]{12}:/g, ":shop-<hash>:")
    .replace(/"createdAt":"[^"]+"/g, '"createdAt":"<time>"')
    .replace(/"requestId":"[^"]+"/g, '"requestId":"<id>"')
    .replace(/"next":"[^"]+"/g, '"next":"<place>"');
}

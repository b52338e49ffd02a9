import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../../actions/index.ts";
import { main } from "../../cli/program.ts";
import { startShop } from "../local/shop-installation.ts";
import { recordedIo } from "./io.ts";

const PROCESS = { name: "process", kind: "process" } as const;

/** Builds and then tests; the test fails where it is told so. */
const PIPELINE = `version: "1.1"
name: shop
params:
- name: outcome
  default: passed
stages:
- stage:
  - custom-script:
      alias: build
      commands:
      - echo "building"
      - echo "version=1.2" >> "$METAFILE"
- stage:
  - custom-script:
      alias: test
      commands:
      - echo "tests of \${{ outputs.build.version }} have \${{ params.outcome }}"
      - test \${{ params.outcome }} = passed
`;

let shop: Awaited<ReturnType<typeof startShop>>;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-remote-"));
  writeFileSync(join(folder, "pipeline.yaml"), PIPELINE);
  shop = await startShop({
    compileContext: {
      actionTypes: loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS)]).types,
      kinds: EXECUTOR_KINDS,
      executors: new Map([[PROCESS.name, PROCESS]]),
      defaultExecutor: PROCESS.name,
    },
  });
});
afterAll(async () => {
  await shop.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function sluice(...argv: readonly string[]) {
  const { endpoint, credentials, region } = shop.installation;
  const io = recordedIo({
    cwd: folder,
    env: {
      SLUICE_ENDPOINT: `${endpoint}/`,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  });
  const code = await main(argv, io);
  return { code, out: io.out(), err: io.err() };
}

async function submit(...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await sluice("submit", "pipeline.yaml", ...argv);
  expect(code, err).toBe(0);
  return out.trim();
}

describe("sluice submit", () => {
  test("prints the id of the run; with --wait, what came of it", async () => {
    const runId = await submit();
    expect(runId).toMatch(/^\d{8}-\d{6}-[a-z2-7]{6}$/);
    const waited = await sluice("submit", "pipeline.yaml", "--wait");
    expect(waited.code, waited.err).toBe(0);
    expect(waited.out).toContain("✓ shop succeeded in");
    expect(waited.out).toContain("build.version = 1.2");
    expect(waited.err).toContain("✓ test succeeded");
    await shop.installation.waitForEnd(runId);
  });

  test("ends with 1 where the run fails, and says why and where to look", async () => {
    const { code, out } = await sluice("submit", "pipeline.yaml", "-p", "outcome=failed", "--wait");
    expect(code).toBe(1);
    expect(out).toContain("✗ test failed");
    expect(out).toContain("tests of 1.2 have failed");
    expect(out).toMatch(/log: {2}sluice logs \S+ test/);
  });

  test("as JSON answers what the API answers", async () => {
    const { out } = await sluice("submit", "pipeline.yaml", "--format", "json", "--idempotency-key", "release-1");
    expect(JSON.parse(out)).toMatchObject({ runId: "release-1", pipeline: "shop", diagnostics: [] });
    const again = await sluice("submit", "pipeline.yaml", "--idempotency-key", "release-1");
    expect(again.out).toBe("release-1\n");
    const other = await sluice("submit", "pipeline.yaml", "--idempotency-key", "release-1", "-p", "outcome=x");
    expect([other.code, other.err]).toEqual([2, expect.stringContaining("choose another idempotencyKey")]);
    await shop.installation.waitForEnd("release-1");
  });

  test("shows what is wrong with a file just as sluice check does", async () => {
    writeFileSync(join(folder, "wrong.yaml"), PIPELINE.replace("custom-script:", "custom-scrip:"));
    const { code, out, err } = await sluice("submit", "wrong.yaml");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("wrong.yaml:8:5");
    expect(err).toContain("  - custom-scrip:");
    expect(err).toContain('Did you mean "custom-script"?');
    const checked = await sluice("check", "wrong.yaml");
    expect(err.split("\n")[0]).toBe(checked.out.split("\n")[0]);
  });

  test("of params that do not fit names each mistake", async () => {
    const { code, err } = await sluice("submit", "pipeline.yaml", "-p", "colour=red");
    expect([code, err]).toEqual([2, expect.stringContaining('has no param "colour"; it declares "outcome"')]);
  });

  test("of a deployed pipeline goes by its name", async () => {
    const missing = await sluice("submit", "--pipeline", "shop");
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('There is no pipeline "shop"')]);
    await shop.installation.deploy(shop.compile("pipeline.yaml", PIPELINE));
    const { code, err } = await sluice("submit", "--pipeline", "shop", "--wait");
    expect(code, err).toBe(0);
  });

  test("wants a file or a pipeline, and gives no secrets away", async () => {
    expect(await sluice("submit")).toMatchObject({
      code: 2,
      err: expect.stringContaining("either a file or --pipeline"),
    });
    writeFileSync(join(folder, "inputs.yaml"), "secrets: { token: hunter2hunter2 }");
    const { code, err } = await sluice("submit", "pipeline.yaml", "--inputs", "inputs.yaml");
    expect([code, err]).toEqual([2, expect.stringContaining("configs and secrets are never submitted")]);
    expect(err).not.toContain("hunter2");
  });
});

describe("a run", () => {
  test("is listed, shown, and its logs are read and followed", async () => {
    const runId = await submit("-p", "outcome=passed", "--env", "A=1");
    const followed = await sluice("logs", "-f", runId);
    expect(followed.code, followed.err).toBe(0);
    expect(followed.out).toBe("[build] building\n[test] tests of 1.2 have passed\n");
    expect((await sluice("logs", runId, "test")).out).toBe("tests of 1.2 have passed\n");
    expect(JSON.parse((await sluice("logs", runId, "test", "--format", "json")).out)).toEqual({
      action: "test",
      attempt: 1,
      text: "tests of 1.2 have passed",
    });
    await shop.installation.waitForEnd(runId);

    const listed = await sluice("runs", "--pipeline", "shop", "--limit", "1");
    expect(listed.out).toMatch(
      new RegExp(`^${runId} {2}✓ succeeded {2}shop {2}\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d {2}`),
    );
    expect(listed.err).toContain("There are more: --after ");
    const json = JSON.parse(
      (await sluice("runs", "--status", "succeeded", "--status", "failed", "--format", "json")).out,
    );
    expect(json.runs[0].runId).toBe(runId);

    const shown = await sluice("show", runId);
    expect(shown.out).toMatch(/stage 1\n {4}✓ build/);
    expect(shown.out).toContain("✓ shop succeeded in");
    expect(JSON.parse((await sluice("show", runId, "--format", "json")).out)).toMatchObject({
      runId,
      status: "succeeded",
    });
    const inspected = await sluice("inspect", runId, "build");
    expect(inspected.out).toMatch(/executor {3}process\n/);
    expect(inspected.out).toContain("ended, exit code 0");
    const again = await sluice("cancel", runId);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining("has ended already")]);
  });

  test("that nobody knows, and an action that it has not, are said so", async () => {
    expect(await sluice("show", "run-99")).toMatchObject({ code: 2, err: expect.stringContaining('no run "run-99"') });
    const runId = await submit();
    const { code, err } = await sluice("logs", runId, "deploy");
    expect([code, err]).toEqual([2, expect.stringContaining("It has build, test.")]);
    expect((await sluice("logs", runId, "build", "--attempt", "x")).code).toBe(2);
    expect((await sluice("inspect", runId, "deploy")).err).toContain('has no action "deploy"');
    await shop.installation.waitForEnd(runId);
  });

  test("is cancelled, and so it is shown", async () => {
    writeFileSync(join(folder, "long.yaml"), PIPELINE.replace('echo "building"', "echo building && sleep 600"));
    const { out } = await sluice("submit", "long.yaml");
    const runId = out.trim();
    const cancelled = await sluice("cancel", runId);
    expect([cancelled.code, cancelled.out]).toEqual([0, expect.stringContaining("is being cancelled")]);
    await shop.installation.waitForEnd(runId);
    expect((await sluice("show", runId)).out).toContain("■ shop cancelled");
    expect((await sluice("cancel", runId)).out).toContain("was cancelled before");
  });
});

/** An installation that answers what it is told to. */
async function withServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  argv: readonly string[],
) {
  const server = createServer((request, response) => {
    request.resume();
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const env = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "AKIDSHOP", AWS_SECRET_ACCESS_KEY: "shop" };
  const io = recordedIo({ cwd: folder, env });
  try {
    return {
      code: await main([...argv, "--endpoint", `http://127.0.0.1:${port}`], io),
      out: io.out(),
      err: io.err(),
      port,
    };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("an installation", () => {
  test("that is throttled is asked again, with the same key", async () => {
    const requests: string[] = [];
    const run = { runId: "run-1", pipeline: "shop", name: "shop", status: "queued", createdAt: "2026-01-15T12:00:00Z" };
    const { code, out } = await withServer(
      async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        requests.push(JSON.parse(Buffer.concat(chunks).toString()).idempotencyKey);
        if (requests.length < 3) response.writeHead(429, { "retry-after": "1" }).end("{}");
        else response.writeHead(201).end(JSON.stringify({ ...run, planHash: "p", executionArn: "x", diagnostics: [] }));
      },
      ["submit", "pipeline.yaml"],
    );
    expect([code, out]).toEqual([0, "run-1\n"]);
    expect(requests).toHaveLength(3);
    expect(new Set(requests).size).toBe(1);
  });

  test.each([
    [403, '{"message":"Forbidden"}', "answered 403: Forbidden.", "execute-api:Invoke"],
    [404, '{"message":"Not Found"}', "answered 404: Not Found.", "with its stage"],
    [500, "<html>", "answered 500.", "log of the function runs-api"],
    [503, '{"message":"Service Unavailable"}', "answered 503.", "tried several times"],
    [200, '{"hello":"world"}', "something that this version does not know.", "Use the version of sluice"],
  ])("that answers %i is a failed call: exit code 3", async (status, body, message, help) => {
    const { code, err } = await withServer((_request, response) => response.writeHead(status).end(body), ["runs"]);
    expect(code).toBe(3);
    expect(err).toContain(message);
    expect(err).toContain(help);
  });

  test("that is not there is a failed call as well", async () => {
    const { port } = await withServer((_request, response) => response.end("{}"), ["runs"]);
    const env = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "AKIDSHOP", AWS_SECRET_ACCESS_KEY: "shop" };
    const io = recordedIo({ cwd: folder, env });
    expect(await main(["runs", "--endpoint", `http://127.0.0.1:${port}`], io)).toBe(3);
    expect(io.err()).toContain("cannot be reached");
    expect(io.err()).toContain("Check the URL and the network.");
  });
});

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { git, runTypeScript } from "./run-type-script.ts";

/** git writes UTC as `Z` or, before 2.46, as `+00:00`. */
const time = /^2026-01-02T03:04:05(Z|\+00:00)$/;
const message = 'Open the shop\n\nWith "quotes", a \\ and\ta tab.\n\n构建';
let repository: string;
let commits: { readonly first: string; readonly main: string; readonly feature: string };

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), "sluice-repository-"));
  git(repository, "init", "-q", "-b", "trunk");
  const commit = (text: string): string => {
    writeFileSync(join(repository, "shop.txt"), text);
    git(repository, "add", "-A");
    git(repository, "commit", "-q", "-m", text);
    return git(repository, "rev-parse", "HEAD");
  };
  const first = commit("first");
  git(repository, "tag", "v1.0");
  git(repository, "checkout", "-q", "-b", "feature/cart");
  const feature = commit("cart");
  git(repository, "checkout", "-q", "trunk");
  commits = { first, feature, main: commit(message) };
});

afterAll(() => rmSync(repository, { recursive: true, force: true }));

describe("checking out", () => {
  test("takes what the run was started for where the action names nothing", async () => {
    await using run = await runTypeScript(
      "git-checkout",
      {},
      { GITTAR_REPO: repository, GITTAR_BRANCH: "feature/cart" },
    );
    expect(run.log).toContain(`Checked out ${commits.feature} (feature/cart)`);
  });

  test("takes the repository's own branch and puts out what it found", async () => {
    await using run = await runTypeScript("git-checkout", { uri: repository });
    expect(run.log).toContain(`Checked out ${commits.main} (trunk)`);
    expect(run.outputs).toEqual({
      commit: commits.main,
      branch: "trunk",
      author: "Ada Shop",
      author_date: expect.stringMatching(time),
      committer: "Charles Depot",
      committer_date: expect.stringMatching(time),
      message,
    });
    expect(readFileSync(join(run.directory, "shop.txt"), "utf8")).toBe(message);
    expect(git(run.directory, "rev-list", "--count", "HEAD")).toBe("1");
    expect(git(run.directory, "symbolic-ref", "--short", "HEAD")).toBe("trunk");
  });

  test("takes a branch, a tag and a commit", async () => {
    for (const [branch, commit, name] of [
      ["feature/cart", commits.feature, "feature/cart"],
      ["v1.0", commits.first, "v1.0"],
      [commits.first, commits.first, ""],
    ] as const) {
      await using run = await runTypeScript("git-checkout", { uri: `file://${repository}`, branch });
      expect(run).toMatchObject({ exitCode: 0, outputs: { commit, branch: name } });
      expect(git(run.directory, "rev-parse", "HEAD")).toBe(commit);
    }
  });

  test("depth 0 fetches the whole history", async () => {
    await using run = await runTypeScript("git-checkout", { uri: repository, depth: "0" });
    expect(git(run.directory, "rev-list", "--count", "HEAD")).toBe("2");
  });

  test("a repository that belongs to somebody else is no obstacle", async (context) => {
    const chown = spawnSync("chown", ["-R", "nobody", repository]);
    if (chown.status !== 0) {
      // Only root can give a repository away; the other tests cover the way the script goes in any case.
      context.annotate("not root: the owner of the repository stays");
    }
    await using run = await runTypeScript("git-checkout", { uri: repository });
    spawnSync("chown", ["-R", String(process.getuid?.()), repository]);
    expect(run.exitCode).toBe(0);
  });

  test("a branch that is not there is an error that names it", async () => {
    await using run = await runTypeScript("git-checkout", { uri: repository, branch: "nowhere" });
    expect(run).toMatchObject({ exitCode: 2, outputs: {} });
    expect(run.log).toContain('The repository has no branch and no tag "nowhere".');
  });
});

describe("refusing", () => {
  const marker = join(tmpdir(), `sluice-pwned-${process.pid}`);
  test.each([
    { uri: `ext::sh -c touch% ${marker}` },
    { uri: `--upload-pack=touch ${marker}` },
    { uri: "-oProxyCommand=touch" },
    { uri: "fd::17" },
    { uri: "gopher://example.com/x" },
    { uri: "ssh://-oProxyCommand=touch/x" },
    { uri: "git@-oProxyCommand=touch:x" },
    { uri: "relative/path" },
    { uri: "" },
    { uri: "https://example.com/x\n--upload-pack=touch" },
    { uri: "/", branch: "--upload-pack=touch" },
    { uri: "/", branch: "-b" },
    { uri: "/", branch: "+refs/heads/*:refs/heads/*" },
    { uri: "/", branch: "a b" },
    { uri: "/", depth: "-1" },
    { uri: "/", depth: "1 --upload-pack=touch" },
  ])("$uri $branch $depth", async (params) => {
    const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
    await using run = await runTypeScript("git-checkout", given);
    expect(run).toMatchObject({ exitCode: 2, outputs: {} });
    expect(run.log).toMatch(/^git-checkout: /m);
    expect(existsSync(marker)).toBe(false);
    expect(existsSync(join(run.directory, ".git"))).toBe(false);
  });
});

describe("credentials", () => {
  const password = "p@ss w%rd'\"$1";
  const asked: (string | undefined)[] = [];
  // A git server with basic authentication, and no access without it.
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="shop"' }).end();
      return;
    }
    const url = new URL(request.url ?? "", "http://shop");
    const backend = spawn("git", ["http-backend"], {
      env: {
        PATH: process.env["PATH"],
        GIT_PROJECT_ROOT: repository,
        GIT_HTTP_EXPORT_ALL: "1",
        PATH_INFO: url.pathname.replace("/shop.git", "/.git"),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers["content-type"] ?? "",
        HTTP_GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
        HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
        REMOTE_USER: "shop",
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: "safe.directory",
        GIT_CONFIG_VALUE_0: "*",
      },
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on("data", (chunk) => chunks.push(chunk));
    backend.on("close", () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf("\r\n\r\n");
      for (const line of answer.subarray(0, end).toString().split("\r\n")) {
        const [name = "", value = ""] = line.split(": ");
        if (name === "Status") {
          response.statusCode = Number.parseInt(value, 10);
        } else {
          response.setHeader(name, value);
        }
      }
      response.end(answer.subarray(end + 4));
    });
  });
  let host: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const traces = (directory: string) => ({ GIT_TRACE: join(directory, "trace") });

  test.each([
    ["params", (): Record<string, string> => ({ uri: `http://${host}/shop.git`, username: "ada", password })],
    ["the address", () => ({ uri: `http://ada:${encodeURIComponent(password)}@${host}/shop.git` })],
  ])("from %s reach the server and nothing else", async (_from, params) => {
    asked.length = 0;
    const traced = mkdtempSync(join(tmpdir(), "sluice-trace-"));
    await using run = await runTypeScript("git-checkout", params(), traces(traced));
    expect(run).toMatchObject({ exitCode: 0, outputs: { commit: commits.main } });
    expect(asked.filter((header) => header !== undefined)[0]).toBe(
      `Basic ${Buffer.from(`ada:${password}`).toString("base64")}`,
    );
    const arguments_ = readFileSync(join(traced, "trace"), "utf8");
    const configuration = readFileSync(join(run.directory, ".git", "config"), "utf8");
    for (const text of [run.log, arguments_, configuration]) {
      expect(text).not.toContain(password);
      expect(text).not.toContain(encodeURIComponent(password));
    }
    expect(git(run.directory, "remote", "get-url", "origin")).toBe(`http://${host}/shop.git`);
    rmSync(traced, { recursive: true });
  });

  test("that are missing are an error at once, not a question", async () => {
    await using run = await runTypeScript("git-checkout", { uri: `http://${host}/shop.git` });
    expect(run.exitCode).not.toBe(0);
    expect(run.log).toMatch(/could not read Username|Authentication failed/);
  });
});

import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { devFilePath, readDevFile, removeDevFile, writeDevFile } from "../../../cli/api/dev-file.ts";
import { findEndpoint } from "../../../cli/api/endpoint.ts";

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "sluice-endpoint-"));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const KEY = { AWS_ACCESS_KEY_ID: "AKIDSHOP", AWS_SECRET_ACCESS_KEY: "shop" };
const DEV = { endpoint: "http://127.0.0.1:4566", region: "us-east-1", accessKeyId: "LOCAL1", secretAccessKey: "s" };
const API = "https://abc123.execute-api.eu-central-1.amazonaws.com";

test("an installation in AWS tells its region itself; the key is the environment's", async () => {
  const endpoint = findEndpoint(
    { stateDir: "none", endpoint: `${API}/` },
    { cwd, env: { ...KEY, AWS_SESSION_TOKEN: "t" } },
  );
  expect(endpoint).toMatchObject({ url: API, region: "eu-central-1", isLocal: false });
  expect(await endpoint.key()).toEqual({ accessKeyId: "AKIDSHOP", secretAccessKey: "shop", sessionToken: "t" });
});

test("the flag wins over the variable, and that over the sluice dev of the directory", () => {
  writeDevFile(cwd, { ...DEV, pid: process.pid });
  const env = { ...KEY, SLUICE_ENDPOINT: API };
  const other = API.replace("abc123", "xyz789");
  expect(findEndpoint({ stateDir: ".", endpoint: other }, { cwd, env }).url).toBe(other);
  expect(findEndpoint({ stateDir: "." }, { cwd, env }).url).toBe(API);
  expect(findEndpoint({ stateDir: "." }, { cwd, env: {} })).toMatchObject({ url: DEV.endpoint, isLocal: true });
});

test("the sluice dev of the directory has its own key, also where its URL was given", async () => {
  writeDevFile(cwd, { ...DEV, pid: process.pid });
  const endpoint = findEndpoint({ stateDir: ".", endpoint: DEV.endpoint }, { cwd, env: KEY });
  expect(await endpoint.key()).toEqual({ accessKeyId: "LOCAL1", secretAccessKey: "s" });
  expect(statSync(devFilePath(cwd)).mode & 0o777).toBe(0o600);
});

test.each([
  [{}, "No installation is named, and no sluice dev runs here."],
  [{ endpoint: "abc123" }, 'The endpoint "abc123" is no URL.'],
  [{ endpoint: "http://runs.shop.example" }, "is not encrypted."],
  [{ endpoint: "https://runs.shop.example" }, 'The name "runs.shop.example" does not tell its region.'],
])("%o is refused with what to do", (options, message) => {
  expect(() => findEndpoint({ stateDir: "none", ...options }, { cwd, env: KEY })).toThrow(message);
});

test("one that was killed leaves a file that nobody believes, and that the next one replaces", () => {
  writeDevFile(cwd, { ...DEV, pid: 2 ** 22 + 1 });
  expect(() => findEndpoint({ stateDir: "." }, { cwd, env: {} })).toThrow("has ended without saying so");
  writeDevFile(cwd, { ...DEV, pid: process.pid });
  removeDevFile(cwd, process.pid + 1);
  expect(readDevFile(cwd)?.pid).toBe(process.pid);
  removeDevFile(cwd, process.pid);
  expect(() => readFileSync(devFilePath(cwd))).toThrow("ENOENT");
});

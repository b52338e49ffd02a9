import { describe, expect, test } from "vitest";
import { buildAttempt } from "../contract.ts";
import { startShopEks } from "./shop-eks.ts";

const attempt = buildAttempt();
const status = (code: number, reason: string, more: object = {}) => ({
  status: code,
  body: {
    kind: "Status",
    apiVersion: "v1",
    status: "Failure",
    code,
    reason,
    message: `the server says ${reason}`,
    ...more,
  },
});

describe("what the API server refuses", () => {
  test.each([
    [
      "Sluice.ActionFailed",
      status(403, "Forbidden"),
      /Forbidden: the server says Forbidden; .*apply the Role.*docs\/eks\.md/,
    ],
    ["Sluice.ActionFailed", status(422, "Invalid"), /Invalid: the server says Invalid/],
    ["Sluice.ActionFailed", status(404, "NotFound"), /NotFound/],
    ["Sluice.Retryable", status(500, "InternalError"), /InternalError.*tried again/],
    ["Sluice.Retryable", { status: 502, body: "<html>bad gateway</html>" }, /HTTP 502/],
    ["Sluice.Retryable", { ...status(429, "TooManyRequests"), headers: { "retry-after": "30" } }, /after 30 s/],
  ])("is %s for %j", async (name, fault, message) => {
    await using shop = await startShopEks();
    shop.cluster.server.failNext({ method: "POST", path: /jobs/, ...fault });
    await expect(shop.executor.start(attempt)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(/^EKS cluster "shop": POST \/apis\/batch\/v1\/namespaces\/sluice\/jobs: /),
    });
    shop.cluster.server.failNext({ method: "POST", path: /jobs/, ...fault });
    await expect(shop.executor.start(attempt)).rejects.toThrow(message);
  });

  test("is asked again when the server wants it soon, by its header or its body", async () => {
    await using shop = await startShopEks();
    const { server } = shop.cluster;
    server.failNext({
      method: "POST",
      path: /jobs/,
      ...status(429, "TooManyRequests"),
      headers: { "retry-after": "2" },
    });
    server.failNext({
      method: "POST",
      path: /jobs/,
      ...status(503, "ServiceUnavailable", { details: { retryAfterSeconds: 3 } }),
    });
    await shop.executor.start(attempt);
    expect(shop.waits).toEqual([2000, 3000]);
    for (let tries = 0; tries < 3; tries++) server.failNext({ method: "GET", ...status(503, "ServiceUnavailable") });
    await expect(shop.executor.exist(attempt)).rejects.toMatchObject({ name: "Sluice.Retryable" });
    expect(shop.waits).toEqual([2000, 3000, 1000, 1000]);
  });

  test("a namespace that is not there is a terminal error that names it", async () => {
    await using shop = await startShopEks({ namespace: "nowhere" });
    await expect(shop.executor.create(attempt)).rejects.toMatchObject({
      name: "Sluice.ActionFailed",
      message: expect.stringContaining('namespaces "nowhere" not found'),
    });
  });

  test("what is no answer of Kubernetes is a terminal error", async () => {
    await using shop = await startShopEks();
    shop.cluster.server.failNext({ method: "GET", status: 200, body: { hello: "world" } });
    await expect(shop.executor.exist(attempt)).rejects.toMatchObject({ name: "Sluice.ActionFailed" });
  });
});

describe("the token", () => {
  test("is kept for fourteen minutes, and then made anew", async () => {
    await using shop = await startShopEks();
    const tokens = () => new Set(shop.cluster.server.calls.map(({ token }) => token)).size;
    await shop.executor.exist(attempt);
    shop.clock.offset = 13 * 60_000;
    await shop.executor.exist(attempt);
    expect(tokens()).toBe(1);
    shop.clock.offset = 14 * 60_000 + 1000;
    await shop.executor.exist(attempt);
    expect(tokens()).toBe(2);
    expect(shop.cluster.eks.calls()).toBe(1);
  });

  test("is renewed once where it is not taken", async () => {
    await using shop = await startShopEks();
    const { server } = shop.cluster;
    await shop.executor.exist(attempt);
    server.revoked.add(server.calls[0]?.token ?? "");
    // Another second, another signature.
    shop.clock.offset = 2000;
    expect(await shop.executor.exist(attempt)).toEqual({ created: false, started: false });
    expect(server.calls.map(({ user }) => user)).toEqual(["functions", "nobody", "functions"]);
  });

  test("that is not taken twice is a terminal error with its remedy", async () => {
    await using shop = await startShopEks();
    shop.cluster.server.failNext(status(401, "Unauthorized"));
    shop.cluster.server.failNext(status(401, "Unauthorized"));
    await expect(shop.executor.exist(attempt)).rejects.toMatchObject({
      name: "Sluice.ActionFailed",
      message: expect.stringContaining("give it an access entry"),
    });
  });
});

describe("the way to the API server", () => {
  test("is asked for once, and again when it was not there", async () => {
    await using shop = await startShopEks();
    const { eks } = shop.cluster;
    const { url } = eks.cluster;
    eks.cluster.url = "https://127.0.0.1:1";
    await expect(shop.executor.exist(attempt)).rejects.toMatchObject({
      name: "Sluice.Retryable",
      message: expect.stringContaining("a private endpoint is reached from its own network only"),
    });
    eks.cluster.url = url;
    await shop.executor.exist(attempt);
    await shop.executor.exist(attempt);
    expect(eks.calls()).toBe(2);
  });

  test("a server with another certificate is not talked to", async () => {
    await using shop = await startShopEks();
    await using other = await startShopEks();
    shop.cluster.eks.cluster.authority = other.cluster.authority;
    await expect(shop.executor.exist(attempt)).rejects.toMatchObject({ name: "Sluice.ActionFailed" });
    expect(shop.cluster.server.calls).toEqual([]);
  });

  test("a server that does not answer is given up, as a passing fault", async () => {
    await using shop = await startShopEks({}, 100);
    shop.cluster.server.failNext({ status: 200, silent: true });
    await expect(shop.executor.exist(attempt)).rejects.toMatchObject({
      name: "Sluice.Retryable",
      message: expect.stringContaining("timeout"),
    });
  });

  test.each([
    ["Sluice.ActionFailed", 404, "ResourceNotFoundException"],
    ["Sluice.ActionFailed", 403, "AccessDeniedException"],
    ["Sluice.Retryable", 429, "ThrottlingException"],
    ["Sluice.Retryable", 500, "ServerException"],
  ])("%s where DescribeCluster answers %i %s, and the next call asks again", async (name, code, fault) => {
    await using shop = await startShopEks();
    shop.cluster.eks.failNext(code, fault);
    await expect(shop.executor.exist(attempt)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(`EKS DescribeCluster of cluster "shop" in eu-west-1: ${fault}`),
    });
    await shop.executor.exist(attempt);
  });

  test.each([
    ["Sluice.Retryable", "CREATING"],
    ["Sluice.ActionFailed", "FAILED"],
  ])("%s for a cluster without endpoint that is %s", async (name, clusterStatus) => {
    await using shop = await startShopEks();
    Object.assign(shop.cluster.eks.cluster, { url: "", status: clusterStatus });
    await expect(shop.executor.exist(attempt)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(clusterStatus),
    });
  });
});

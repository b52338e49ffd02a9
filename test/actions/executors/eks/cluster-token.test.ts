import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { assumedRole } from "../../../../actions/executors/eks/assume-role.ts";
import { clusterToken } from "../../../../actions/executors/eks/cluster-token.ts";
import { stsHost } from "../../../../actions/executors/eks/sign.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const CREDENTIALS = { accessKeyId: "AKIDSHOP", secretAccessKey: "secret-key", sessionToken: "session/token+1=" };

/** The signature by the specification, written down a second time. Source: AWS, "Create a signed AWS API request". */
function signature(url: URL, headers: Readonly<Record<string, string>>): string {
  const encode = (text: string) =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
  const names = Object.keys(headers).sort();
  const canonical = [
    "GET",
    "/",
    query,
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    sha256(""),
  ].join("\n");
  const scope = "20261121/eu-west-1/sts/aws4_request";
  const text = ["AWS4-HMAC-SHA256", "20261121T120000Z", scope, sha256(canonical)].join("\n");
  const key = scope
    .split("/")
    .reduce<string | Buffer>(
      (from, part) => createHmac("sha256", from).update(part).digest(),
      `AWS4${CREDENTIALS.secretAccessKey}`,
    );
  return createHmac("sha256", key).update(text).digest("hex");
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("a cluster's token", () => {
  test("is a presigned GetCallerIdentity of the region, with the cluster's name in the signature", async () => {
    const token = await clusterToken("eu-west-1", "shop", async () => CREDENTIALS, NOW);
    const [prefix, encoded = ""] = token.split("k8s-aws-v1.");
    expect(prefix).toBe("");
    expect(encoded).toMatch(/^[A-Za-z0-9_-]+$/);
    const url = new URL(Buffer.from(encoded, "base64url").toString("utf8"));
    expect(url.origin + url.pathname).toBe("https://sts.eu-west-1.amazonaws.com/");
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      Action: "GetCallerIdentity",
      Version: "2011-06-15",
      "X-Amz-Expires": "60",
      "X-Amz-SignedHeaders": "host;x-k8s-aws-id",
      "X-Amz-Security-Token": CREDENTIALS.sessionToken,
      "X-Amz-Credential": "AKIDSHOP/20261121/eu-west-1/sts/aws4_request",
    });
    const headers = { host: "sts.eu-west-1.amazonaws.com", "x-k8s-aws-id": "shop" };
    expect(url.searchParams.get("X-Amz-Signature")).toBe(signature(url, headers));
    expect(url.searchParams.get("X-Amz-Signature")).not.toBe(signature(url, { ...headers, "x-k8s-aws-id": "other" }));
  });

  test("knows the hosts of China", () => {
    expect(stsHost("cn-north-1")).toBe("sts.cn-north-1.amazonaws.com.cn");
  });
});

describe("a role of another account", () => {
  const answer = (status: number, body: string) => async () => new Response(body, { status });
  const credentialsBody = (key: string, minutes: number) =>
    `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(NOW + minutes * 60_000).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
  const ROLE = "arn:aws:iam::210987654321:role/sluice-cluster";

  test("is taken on once, and again before it expires", async () => {
    let now = NOW;
    const urls: string[] = [];
    const provider = assumedRole("eu-west-1", ROLE, async () => CREDENTIALS, {
      now: () => now,
      async send(url) {
        urls.push(String(url));
        return new Response(credentialsBody(`AKID${urls.length}`, 60 * urls.length));
      },
    });
    expect(await provider()).toMatchObject({ accessKeyId: "AKID1", secretAccessKey: "s", sessionToken: "t" });
    expect((await provider()).accessKeyId).toBe("AKID1");
    expect(Object.fromEntries(new URL(urls[0] ?? "").searchParams)).toEqual({
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: ROLE,
      RoleSessionName: "sluice",
      DurationSeconds: "3600",
    });
    now += 56 * 60_000;
    expect((await provider()).accessKeyId).toBe("AKID2");
  });

  test.each([
    [
      "Sluice.ActionFailed",
      403,
      "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not allowed</Message></Error></ErrorResponse>",
    ],
    ["Sluice.Retryable", 400, "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>"],
    ["Sluice.Retryable", 503, "busy"],
    ["Sluice.Retryable", 200, "<AssumeRoleResponse/>"],
  ])("that is refused is %s for %i %s, and is asked for again", async (name, status, body) => {
    let send = answer(status, body);
    const provider = assumedRole("eu-west-1", ROLE, async () => CREDENTIALS, { now: () => NOW, send: () => send() });
    await expect(provider()).rejects.toMatchObject({ name, message: expect.stringContaining(ROLE) });
    send = answer(200, credentialsBody("AKID1", 60));
    expect((await provider()).accessKeyId).toBe("AKID1");
  });
});

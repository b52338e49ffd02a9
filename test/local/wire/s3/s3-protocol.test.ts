import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createS3Protocol } from "../../../../local/wire/s3/s3-protocol.ts";
import { startEndpoint } from "../endpoint.ts";

const Bucket = "shop-bucket";
const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");

let shop: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => {
  shop = await startEndpoint();
});
afterAll(() => shop.stop());

describe.each(["inProcess", "overSocket"] as const)("SDK client %s", (way) => {
  const client = () => new S3Client(shop[way]);
  const read = async (Key: string, Range?: string) => {
    const answer = await client().send(new GetObjectCommand({ Bucket, Key, ...(Range !== undefined && { Range }) }));
    return { answer, text: await answer.Body?.transformToString() };
  };

  test.each([
    "plans/1/plan.json",
    "a b/ü?+%&=#",
    "../../escape",
    "a",
    "a/b",
    "x/",
    "..",
    "<xml>&\"'",
    "k".repeat(1024),
  ])("put and get %j", async (name) => {
    const Key = name.length === 1024 ? name : `${way}/${name}`;
    const put = await client().send(new PutObjectCommand({ Bucket, Key, Body: "tea", Metadata: { sku: "t-1" } }));
    expect(put.ETag).toBe(`"${createHash("md5").update("tea").digest("hex")}"`);
    const { answer, text } = await read(Key);
    expect(text).toBe("tea");
    expect(answer).toMatchObject({ ContentLength: 3, Metadata: { sku: "t-1" }, LastModified: expect.any(Date) });
    const head = await client().send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentLength: 3, ETag: put.ETag });
    await client().send(new DeleteObjectCommand({ Bucket, Key }));
    await client().send(new DeleteObjectCommand({ Bucket, Key }));
    await expect(read(Key)).rejects.toMatchObject({ name: "NoSuchKey", $metadata: { httpStatusCode: 404 } });
    await expect(client().send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: "NotFound" });
  });

  test("empty objects, streams and replaced objects", async () => {
    const Key = `${way}/report`;
    await client().send(new PutObjectCommand({ Bucket, Key, Body: "" }));
    expect((await read(Key)).text).toBe("");
    const parts = ["one ".repeat(40_000), "two"];
    await client().send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: Readable.from(parts.map((part) => Buffer.from(part))),
        ContentLength: 160_003,
      }),
    );
    expect((await read(Key)).text).toBe(parts.join(""));
  });

  test("ranges", async () => {
    const Key = `${way}/range`;
    await client().send(new PutObjectCommand({ Bucket, Key, Body: "0123456789" }));
    for (const [range, text, contentRange] of [
      ["bytes=2-4", "234", "bytes 2-4/10"],
      ["bytes=8-", "89", "bytes 8-9/10"],
      ["bytes=-3", "789", "bytes 7-9/10"],
      ["bytes=5-99", "56789", "bytes 5-9/10"],
      ["bytes=4-2", "0123456789", undefined],
    ] as const) {
      const found = await read(Key, range);
      expect([range, found.text, found.answer.ContentRange]).toEqual([range, text, contentRange]);
    }
    await expect(read(Key, "bytes=10-")).rejects.toMatchObject({ name: "InvalidRange" });
  });

  test("a write that must not replace", async () => {
    const put = new PutObjectCommand({ Bucket, Key: `${way}/once`, Body: "tea", IfNoneMatch: "*" });
    await client().send(put);
    await expect(client().send(put)).rejects.toMatchObject({ name: "PreconditionFailed" });
  });

  test("lists with prefix, delimiter and pages", async () => {
    const list = `${way}-list/`;
    for (const name of ["b/2", "a", "b/1", "c", "b/3", "<&> ü"]) {
      await client().send(new PutObjectCommand({ Bucket, Key: list + name, Body: name }));
    }
    const all = await client().send(new ListObjectsV2Command({ Bucket, Prefix: list }));
    const keys = ["<&> ü", "a", "b/1", "b/2", "b/3", "c"].map((name) => list + name);
    expect(all.Contents?.map(({ Key }) => Key)).toEqual(keys);
    expect(all).toMatchObject({ KeyCount: 6, IsTruncated: false });
    const folded = await client().send(new ListObjectsV2Command({ Bucket, Prefix: list, Delimiter: "/" }));
    expect(folded.CommonPrefixes).toEqual([{ Prefix: `${list}b/` }]);
    expect(folded.Contents).toHaveLength(3);
    const paged: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page: Awaited<ReturnType<typeof next>> = await next(token);
      paged.push(...(page.Contents ?? []).map(({ Key }) => Key));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(paged).toEqual(keys);

    function next(ContinuationToken: string | undefined) {
      const page = { Bucket, Prefix: list, MaxKeys: 4, ...(ContinuationToken !== undefined && { ContinuationToken }) };
      return client().send(new ListObjectsV2Command(page));
    }
  });

  test("what is not supported says so", async () => {
    const tag = new PutObjectTaggingCommand({ Bucket, Key: "x", Tagging: { TagSet: [] } });
    await expect(client().send(tag)).rejects.toMatchObject({ name: "NotImplemented" });
    const encrypted = new PutObjectCommand({ Bucket, Key: "x", Body: "x", ServerSideEncryption: "aws:kms" });
    await expect(client().send(encrypted)).rejects.toMatchObject({ name: "NotImplemented" });
    const elsewhere = new GetObjectCommand({ Bucket: "other-bucket", Key: "x" });
    await expect(client().send(elsewhere)).rejects.toMatchObject({ name: "NoSuchBucket" });
    await expect(read("k".repeat(1025))).rejects.toMatchObject({ name: "KeyTooLongError" });
  });
});

describe("integrity", () => {
  const put = (change: Partial<ConstructorParameters<typeof PutObjectCommand>[0]>) =>
    new S3Client(shop.inProcess).send(new PutObjectCommand({ Bucket, Key: "sums", Body: "tea", ...change }));

  test.each([
    [{ ChecksumSHA256: sha256("mug") }, "BadDigest"],
    [{ ContentMD5: createHash("md5").update("mug").digest("base64") }, "BadDigest"],
    [{ ContentLength: 4 }, "IncompleteBody"],
  ])("%o is refused and leaves nothing behind", async (change, name) => {
    await expect(put(change)).rejects.toMatchObject({ name });
    expect(await shop.store.head("sums")).toBeUndefined();
    expect(await readdir(join(shop.directory, "objects", ".incoming"))).toEqual([]);
  });

  test("a checksum is kept and given to who asks for it", async () => {
    await put({ ChecksumSHA256: sha256("tea"), Key: "kept" });
    const client = new S3Client(shop.inProcess);
    const { ChecksumSHA256 } = await client.send(
      new HeadObjectCommand({ Bucket, Key: "kept", ChecksumMode: "ENABLED" }),
    );
    expect(ChecksumSHA256).toBe(sha256("tea"));
  });
});

describe("presigned URLs", () => {
  const signedPut = (Key: string, body: string, expiresIn = 60) =>
    getSignedUrl(
      new S3Client(shop.inProcess),
      new PutObjectCommand({ Bucket, Key, ContentLength: body.length, ChecksumSHA256: sha256(body) }),
      {
        expiresIn,
        unhoistableHeaders: new Set(["x-amz-checksum-sha256"]),
        signableHeaders: new Set(["content-length"]),
      },
    );
  const send = async (url: string, body: string, checksum = sha256("tea")) => {
    const answer = await fetch(url, { method: "PUT", body, headers: { "x-amz-checksum-sha256": checksum } });
    return [answer.status, /<Code>(.*)<\/Code>/.exec(await answer.text())?.[1]];
  };

  test("point at the loopback server and take exactly the content that was signed", async () => {
    const url = await signedPut("dirs/tea", "tea");
    expect(url.startsWith(`${shop.endpoint}/shop-bucket/dirs/tea?`)).toBe(true);
    expect(await send(url, "mug")).toEqual([400, "BadDigest"]);
    expect(await send(url, "mug", sha256("mug"))).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await send(url, "teapot")).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await send(url.replace("dirs/tea", "dirs/mug"), "tea")).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await send(url, "tea")).toEqual([200, undefined]);
    const get = await getSignedUrl(new S3Client(shop.inProcess), new GetObjectCommand({ Bucket, Key: "dirs/tea" }));
    expect(await (await fetch(get)).text()).toBe("tea");
    expect((await fetch(get, { method: "DELETE" })).status).toBe(403);
  });

  test("a checksum in the query counts, too", async () => {
    const command = new PutObjectCommand({ Bucket, Key: "dirs/q", ChecksumSHA256: sha256("tea") });
    const url = await getSignedUrl(new S3Client(shop.inProcess), command);
    expect(url).toContain("x-amz-checksum-sha256=");
    expect((await fetch(url, { method: "PUT", body: "mug" })).status).toBe(400);
    expect((await fetch(url, { method: "PUT", body: "tea" })).status).toBe(200);
  });

  test("end", async () => {
    const past = new Date(Date.now() - 61_000);
    const url = await getSignedUrl(new S3Client(shop.inProcess), new GetObjectCommand({ Bucket, Key: "x" }), {
      expiresIn: 60,
      signingDate: past,
    });
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("AccessDenied")]);
  });
});

test("virtual-host addressing", async () => {
  await shop.store.put("dirs/host", Readable.from([Buffer.from("tea")]), {
    contentType: "text/plain",
    metadata: {},
    checksums: {},
  });
  const port = new URL(shop.endpoint).port;
  for (const host of [`shop-bucket.localhost:${port}`, `shop-bucket.s3.eu-west-1.amazonaws.com`]) {
    const client = new S3Client({ ...shop.inProcess, endpoint: `http://${host.replace("shop-bucket.", "")}` });
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: "dirs/host" }));
    expect(new URL(url).hostname).toBe(host.replace(/:.*/, ""));
    const text = await new Promise((resolve, reject) => {
      const { pathname, search } = new URL(url);
      httpRequest({ host: "127.0.0.1", port, path: pathname + search, headers: { host } }, (answer) => {
        answer.setEncoding("utf8").on("data", resolve);
      })
        .on("error", reject)
        .end();
    });
    expect(text).toBe("tea");
  }
});

test("a full disk is no passing fault, as 500 would be", async () => {
  const full = {
    ...shop.store,
    put: () => Promise.reject(Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" })),
  };
  const answer = await createS3Protocol(new Map([[Bucket, full]]))({
    method: "PUT",
    path: `/${Bucket}/dirs/goods`,
    query: [],
    headers: { host: "127.0.0.1", "content-length": "3" },
    body: Readable.from([Buffer.from("tea")]),
    trusted: true,
  });
  expect(answer.statusCode).toBe(507);
});

import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { UploadTarget } from "../../agent/protocol.ts";
import { isMissingObject } from "../errors/is-missing-object.ts";
import type { Runtime } from "../runtime.ts";

/** Long enough for the largest pack or file at a few KB a second; an agent asks right before it uses a URL. */
const URL_SECONDS = 3600;

/** The bucket's lifecycle removes what attempts have stored; an object that is getting old is written again. */
const FRESH_DAYS = 30;

/** An object that its content names. */
export interface ContentObject {
  readonly objectKey: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * A URL for exactly one object: its content, and so its name, its length and its checksum are signed. `undefined` where
 * the store has the object, and will have it for long enough.
 */
export async function uploadTarget(runtime: Runtime, object: ContentObject): Promise<UploadTarget | undefined> {
  const { objectKey, sha256, bytes } = object;
  if (await isStored(runtime, object)) {
    return undefined;
  }
  const checksum = Buffer.from(sha256, "hex").toString("base64");
  const headers = { "content-length": String(bytes), "x-amz-checksum-sha256": checksum };
  const url = await getSignedUrl(
    runtime.clients.s3,
    new PutObjectCommand({
      Bucket: runtime.environment.bucketName,
      Key: objectKey,
      ContentLength: bytes,
      ChecksumSHA256: checksum,
    }),
    {
      expiresIn: URL_SECONDS,
      // In the query they would be signed but not enforced; as headers the request must carry them.
      signableHeaders: new Set(["host", ...Object.keys(headers)]),
      unhoistableHeaders: new Set(["x-amz-checksum-sha256"]),
    },
  );
  return { url, headers };
}

/** A URL to read one object with. */
export function downloadUrl(runtime: Runtime, objectKey: string): Promise<string> {
  const command = new GetObjectCommand({ Bucket: runtime.environment.bucketName, Key: objectKey });
  return getSignedUrl(runtime.clients.s3, command, { expiresIn: URL_SECONDS });
}

async function isStored(runtime: Runtime, { objectKey, bytes }: ContentObject): Promise<boolean> {
  try {
    const answer = await runtime.clients.s3.send(
      new HeadObjectCommand({ Bucket: runtime.environment.bucketName, Key: objectKey }),
    );
    const ageDays = (runtime.clock.now() - (answer.LastModified?.getTime() ?? 0)) / 86_400_000;
    return answer.ContentLength === bytes && ageDays < FRESH_DAYS;
  } catch (error) {
    if (isMissingObject(error)) {
      return false;
    }
    throw error;
  }
}

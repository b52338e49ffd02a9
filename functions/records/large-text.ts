import { createHash } from "node:crypto";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { OBJECT_PREFIXES } from "../contract.ts";
import type { Runtime } from "../runtime.ts";

/** Larger texts stand in S3, with a pointer in the record. 32 KiB keeps a query of ten outputs within one page. */
export const INLINE_TEXT_BYTES = 32 * 1024;

/** Stores a text of a run; its hash ends the key, so the same text at the same place is the same object. */
export async function storeLargeText(runtime: Runtime, place: string, text: string): Promise<string> {
  const hash = createHash("sha256").update(text).digest("hex");
  const objectKey = `${OBJECT_PREFIXES.largeValues}/${place}/${hash}`;
  await runtime.clients.s3.send(
    new PutObjectCommand({ Bucket: runtime.environment.bucketName, Key: objectKey, Body: text }),
  );
  return objectKey;
}

/** Reads a text that `storeLargeText` has stored. */
export async function readLargeText(runtime: Runtime, objectKey: string): Promise<string> {
  const answer = await runtime.clients.s3.send(
    new GetObjectCommand({ Bucket: runtime.environment.bucketName, Key: objectKey }),
  );
  return (await answer.Body?.transformToString()) ?? "";
}

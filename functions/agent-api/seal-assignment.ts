import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { Assignment, SealedAssignment } from "../../agent/protocol.ts";
import { OBJECT_PREFIXES } from "../contract.ts";
import type { Runtime } from "../runtime.ts";
import { sealBytes } from "../seal-bytes.ts";
import { downloadUrl } from "./presign.ts";

/**
 * Longest JSON text of an assignment that goes into the answer itself. A function's answer ends at 6 MB
 * (6,291,556 bytes), and the body, being JSON text in JSON, can have twice its bytes there.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LONGEST_ANSWERED_BYTES = 2 * 1024 ** 2;

/** The assignment for the answer: as it is, or in an object that only its receiver can read. */
export async function packAssignment(
  runtime: Runtime,
  assignment: Assignment,
): Promise<{ readonly assignment: Assignment } | { readonly sealed: SealedAssignment }> {
  const text = Buffer.from(JSON.stringify(assignment));
  return text.length <= LONGEST_ANSWERED_BYTES ? { assignment } : { sealed: await seal(runtime, assignment, text) };
}

/** The key stands in the answer alone: the bucket and whoever reads it learn nothing. */
async function seal(runtime: Runtime, { runId }: Assignment, text: Buffer): Promise<SealedAssignment> {
  const { key, body } = sealBytes(text, runtime.random);
  const name = Buffer.from(runtime.random(16)).toString("hex");
  const objectKey = `${OBJECT_PREFIXES.largeValues}/${runId}/assignments/${name}`;
  await runtime.clients.s3.send(
    new PutObjectCommand({ Bucket: runtime.environment.bucketName, Key: objectKey, Body: body }),
  );
  return { url: await downloadUrl(runtime, objectKey), keyBase64: Buffer.from(key).toString("base64") };
}

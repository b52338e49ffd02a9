import { HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { FILE_LIMITS, type UploadRequest, type UploadResponse } from "../../agent/protocol.ts";
import { isMissingObject } from "../errors/is-missing-object.ts";
import { readPlanAction } from "../plans/read-plan.ts";
import type { AttemptRecord } from "../records/attempt.ts";
import { readRunRecord } from "../records/run.ts";
import type { Runtime } from "../runtime.ts";
import { refuseEnded } from "./authenticate.ts";
import { directoryObjectKey, fileObjectKey } from "./contract.ts";
import { HttpProblem } from "./http-problem.ts";

/** Long enough for the largest archive that S3 takes in one request (5 GiB) at 12 Mbit/s. */
const URL_SECONDS = 3600;

/** S3 takes at most this in one PUT. */
const LARGEST_UPLOAD_BYTES = 5 * 1024 ** 3;

/** The bucket's lifecycle removes directories; an object that is getting old is written again. */
const FRESH_DAYS = 30;

/** Gives a URL for exactly one object: its content, and so its name, its length and its checksum are signed. */
export async function grantUpload(
  runtime: Runtime,
  attempt: AttemptRecord,
  request: UploadRequest,
): Promise<UploadResponse> {
  refuseEnded(attempt);
  const { sha256, bytes } = request;
  const objectKey = "file" in request ? fileObjectKey(sha256) : directoryObjectKey(sha256);
  await ("file" in request ? checkFile(request) : checkDirectory(runtime, attempt, request));
  if (await isStored(runtime, objectKey, bytes)) {
    return { headers: {}, objectKey };
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
  return { url, headers, objectKey };
}

async function checkDirectory(
  runtime: Runtime,
  attempt: AttemptRecord,
  { directory, bytes }: Extract<UploadRequest, { readonly directory: string }>,
): Promise<void> {
  const run = await readRunRecord(runtime, attempt.runId);
  const action = run && (await readPlanAction(runtime, run.planHash, attempt.key));
  if (!action?.namespaces.some((own) => own.key === directory && own.stored)) {
    throw new HttpProblem(400, `"${directory}" is no directory that this action stores.`);
  }
  if (bytes > LARGEST_UPLOAD_BYTES) {
    const detail = `The archive of "${directory}" has ${bytes} bytes; at most ${LARGEST_UPLOAD_BYTES} are allowed.`;
    throw new HttpProblem(400, detail);
  }
}

function checkFile({ file, bytes }: Extract<UploadRequest, { readonly file: string }>): void {
  if (bytes > FILE_LIMITS.fileBytes) {
    throw new HttpProblem(400, `"${file}" has ${bytes} bytes; at most ${FILE_LIMITS.fileBytes} are allowed.`);
  }
}

async function isStored(runtime: Runtime, objectKey: string, bytes: number): Promise<boolean> {
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

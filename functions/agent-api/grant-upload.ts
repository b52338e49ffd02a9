import type { UploadRequest, UploadResponse } from "../../agent/protocol.ts";
import type { AttemptRecord } from "../records/attempt.ts";
import type { Runtime } from "../runtime.ts";
import { fileObjectKey } from "./contract.ts";
import { ownAction } from "./own-action.ts";
import { uploadTarget } from "./presign.ts";

/** Says where to put one file of `UPLOADDIR`. */
export async function grantUpload(
  runtime: Runtime,
  attempt: AttemptRecord,
  { sha256, bytes }: UploadRequest,
): Promise<UploadResponse> {
  const { pipeline } = await ownAction(runtime, attempt);
  const objectKey = fileObjectKey(pipeline, sha256);
  const target = await uploadTarget(runtime, { objectKey, sha256, bytes });
  return { objectKey, ...(target !== undefined && { target }) };
}

import { createHash } from "node:crypto";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { DirectoryRequest, DirectoryResponse, PacksRequest, PacksResponse } from "../../agent/protocol.ts";
import { type AttemptRecord, changeAttempt } from "../records/attempt.ts";
import { absent } from "../records/condition.ts";
import type { Runtime } from "../runtime.ts";
import { directoryObjectKey, packObjectKey } from "./contract.ts";
import { HttpProblem } from "./http-problem.ts";
import { ownAction, refuseStranger } from "./own-action.ts";
import { uploadTarget } from "./presign.ts";

/** Says which packs of a directory the store lacks, and where to put them. */
export async function grantPacks(
  runtime: Runtime,
  attempt: AttemptRecord,
  { directory, packs }: PacksRequest,
): Promise<PacksResponse> {
  const { pipeline, action } = await ownAction(runtime, attempt);
  refuseStranger(action, directory);
  const targets = await Promise.all(
    packs.map(({ sha256, bytes }) =>
      uploadTarget(runtime, { objectKey: packObjectKey(pipeline, sha256), sha256, bytes }),
    ),
  );
  return { targets: targets.map((target) => target ?? null) };
}

/**
 * Keeps the list of a directory's packs. It is written here and by nobody else, so what `restores` reads later is of
 * this shape; and only an attempt that has made it so can name it in its report.
 */
export async function storeDirectory(
  runtime: Runtime,
  attempt: AttemptRecord,
  { directory, entries, contents }: DirectoryRequest,
): Promise<DirectoryResponse> {
  const { pipeline, action } = await ownAction(runtime, attempt);
  refuseStranger(action, directory);
  const body = JSON.stringify({ entries, contents });
  const objectKey = directoryObjectKey(pipeline, createHash("sha256").update(body).digest("hex"));
  await runtime.clients.s3.send(
    new PutObjectCommand({ Bucket: runtime.environment.bucketName, Key: objectKey, Body: body }),
  );
  const changed = await changeAttempt(
    runtime,
    attempt,
    { add: { directoryKeys: new Set([objectKey]) } },
    absent("end"),
  );
  if (changed === undefined) {
    throw new HttpProblem(409, "The attempt has ended.");
  }
  return { objectKey };
}

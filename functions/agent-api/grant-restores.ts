import { GetObjectCommand } from "@aws-sdk/client-s3";
import { PACK_LIMITS, type RestoreRequest, type RestoreResponse } from "../../agent/protocol.ts";
import { isMissingObject } from "../errors/is-missing-object.ts";
import { readActionRecord } from "../records/action.ts";
import type { AttemptRecord } from "../records/attempt.ts";
import { ownValue } from "../records/own-value.ts";
import type { Runtime } from "../runtime.ts";
import { type DirectoryList, directoryList, packObjectKey } from "./contract.ts";
import { HttpProblem } from "./http-problem.ts";
import { ownAction } from "./own-action.ts";
import { downloadUrl } from "./presign.ts";

/** Gives URLs of the packs of a directory that an earlier action has left to this one. */
export async function grantRestores(
  runtime: Runtime,
  attempt: AttemptRecord,
  { directory, from }: RestoreRequest,
): Promise<RestoreResponse> {
  const { pipeline, action } = await ownAction(runtime, attempt);
  const restored = action.restores.find(({ key }) => key === directory);
  const owner = restored && (await readActionRecord(runtime, attempt.runId, restored.action));
  const stored = ownValue(owner?.directories, directory);
  if (stored === undefined) {
    throw new HttpProblem(400, `"${directory}" is no directory that this action restores.`);
  }
  const { entries, contents } = await readList(runtime, stored.objectKey, directory);
  const all = [...entries, ...contents];
  const packs = await Promise.all(
    all.slice(from, from + PACK_LIMITS.perRestore).map(async (pack) => {
      return { ...pack, url: await downloadUrl(runtime, packObjectKey(pipeline, pack.sha256)) };
    }),
  );
  return { entries: entries.length, total: all.length, packs };
}

async function readList(runtime: Runtime, objectKey: string, directory: string): Promise<DirectoryList> {
  try {
    const answer = await runtime.clients.s3.send(
      new GetObjectCommand({ Bucket: runtime.environment.bucketName, Key: objectKey }),
    );
    return directoryList.parse(JSON.parse((await answer.Body?.transformToString()) ?? ""));
  } catch (error) {
    if (isMissingObject(error)) {
      throw new HttpProblem(404, `What "${directory}" held is gone: the store keeps directories for a limited time.`);
    }
    throw error;
  }
}

import { createHash } from "node:crypto";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import { OBJECT_PREFIXES } from "../contract.ts";
import { sealBytes, unsealBytes } from "../seal-bytes.ts";
import type { ConfigStore } from "./names.ts";

/** Parameter Store takes 1 to 8,192 bytes (advanced tier); what has fewer or more is sealed. */
const LARGEST_PARAMETER_BYTES = 8192;

const sealedConfig = z.object({
  kind: z.enum(["value", "file"]),
  /** Object that holds nonce, ciphertext and tag of AES-256-GCM. */
  objectKey: z.string(),
  /** 256 bits in base64. They stand in Parameter Store alone, under its KMS key: the object tells nobody anything. */
  dataKey: z.string(),
});

/** What Parameter Store keeps of a config that it would not take itself. */
export type SealedConfig = Readonly<z.infer<typeof sealedConfig>>;

/** Whether Parameter Store would not take a text as a value. */
export function mustBeSealed(text: string): boolean {
  return text === "" || Buffer.byteLength(text) > LARGEST_PARAMETER_BYTES;
}

/** Encrypts a content under a key of its own and stores it; answers what to keep in Parameter Store. */
export async function seal(store: ConfigStore, kind: SealedConfig["kind"], content: Uint8Array): Promise<SealedConfig> {
  const { key, body } = sealBytes(content);
  const objectKey = `${OBJECT_PREFIXES.sealedConfigs}/${createHash("sha256").update(body).digest("hex")}`;
  await store.clients.s3.send(
    new PutObjectCommand({ Bucket: store.environment.bucketName, Key: objectKey, Body: body }),
  );
  return { kind, objectKey, dataKey: Buffer.from(key).toString("base64") };
}

/** Reads and decrypts. Throws where the object is not the one that was stored. */
export async function unseal(store: ConfigStore, { objectKey, dataKey }: SealedConfig): Promise<Buffer> {
  const answer = await store.clients.s3.send(
    new GetObjectCommand({ Bucket: store.environment.bucketName, Key: objectKey }),
  );
  const body = Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
  return unsealBytes(Buffer.from(dataKey, "base64"), body);
}

/** Reads the text that `seal`'s answer is kept as. */
export function parseSealed(text: string): SealedConfig {
  return sealedConfig.parse(JSON.parse(text));
}

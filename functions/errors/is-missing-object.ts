import { hasName } from "./has-name.ts";

/**
 * Whether S3 says that there is no such object. Without `s3:ListBucket`, which no function has, it says 403 in place of
 * 404. Source: AWS, GetObject, "Permissions".
 */
export function isMissingObject(error: unknown): boolean {
  return ["NoSuchKey", "NotFound", "AccessDenied", "Forbidden", "403"].some((name) => hasName(error, name));
}

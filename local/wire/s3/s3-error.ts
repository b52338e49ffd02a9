import { textResponse, type WireResponse } from "../http.ts";
import { ServiceError } from "../service.ts";
import { element, xmlDocument } from "./xml.ts";

/**
 * Error codes of S3 with their status. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * `InsufficientStorage` is ours, with the status of RFC 4918: S3 is never full, a disk is, and trying again is useless.
 */
const STATUS_CODES = {
  AccessDenied: 403,
  BadDigest: 400,
  EntityTooLarge: 400,
  IncompleteBody: 400,
  InsufficientStorage: 507,
  InternalError: 500,
  InvalidArgument: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  KeyTooLongError: 400,
  MethodNotAllowed: 405,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  XAmzContentSHA256Mismatch: 400,
} as const;

/** An error as S3 would answer it. */
export function s3Error(code: keyof typeof STATUS_CODES, message: string): ServiceError {
  return new ServiceError(code, message, STATUS_CODES[code]);
}

/** S3's error document; a HEAD request gets the status alone. */
export function s3ErrorResponse(error: ServiceError, method: string, resource: string): WireResponse {
  const xml = xmlDocument(
    element("Error", [element("Code", error.name), element("Message", error.message), element("Resource", resource)]),
  );
  return textResponse(error.statusCode, "application/xml", method === "HEAD" ? "" : xml);
}

import { EKS_CLUSTER_RULES } from "../../../../actions/executors/eks/contract.ts";
import { StatusError } from "./status.ts";

/** Who calls. `functions` may do what our Role says and nothing else; `admin` may do everything. */
export type User = "admin" | "functions";

/** Bearer token of the administrator of a lane's cluster. */
export const ADMIN_TOKEN = "administrator-of-the-lane";

const TOKEN_SECONDS = 15 * 60;

/**
 * Who a token is. One of EKS is a presigned GetCallerIdentity; what the authenticator checks before it asks STS is
 * checked here: host, action, that the cluster's name is signed, and that it is not older than 15 minutes.
 */
export function userOf(
  authorization: string | undefined,
  cluster: string,
  revoked: ReadonlySet<string>,
  now: number,
): User {
  const token = /^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "";
  if (token === ADMIN_TOKEN) {
    return "admin";
  }
  const problem = revoked.has(token) ? "expired" : problemOf(token, now);
  if (problem !== undefined || cluster === "") {
    throw new StatusError(401, "Unauthorized", "Unauthorized");
  }
  return "functions";
}

/** Tokens that somebody was refused with are told apart in a test by this. */
function problemOf(token: string, now: number): string | undefined {
  const encoded = /^k8s-aws-v1\.([A-Za-z0-9_-]+)$/.exec(token)?.[1];
  if (encoded === undefined) {
    return "no token of EKS";
  }
  const url = new URL(Buffer.from(encoded, "base64url").toString("utf8"));
  const query = (name: string) => url.searchParams.get(name) ?? "";
  const signedAt = Date.parse(query("X-Amz-Date").replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const problems = [
    [/^sts\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(url.hostname), "host"],
    [url.pathname === "/" && query("Action") === "GetCallerIdentity" && query("Version") === "2011-06-15", "action"],
    [query("X-Amz-SignedHeaders") === "host;x-k8s-aws-id", "signed headers"],
    [Number(query("X-Amz-Expires")) <= TOKEN_SECONDS, "expiry"],
    [/^[0-9a-f]{64}$/.test(query("X-Amz-Signature")), "signature"],
    [now - signedAt < TOKEN_SECONDS * 1000 && signedAt - now < TOKEN_SECONDS * 1000, "age"],
  ] as const;
  return problems.find(([holds]) => !holds)?.[1];
}

/** Throws a 403 where our own Role does not allow it. */
export function authorize(user: User, verb: string, group: string, resource: string, namespace: string): void {
  const isAllowed =
    user === "admin" ||
    EKS_CLUSTER_RULES.some(
      (rule) => rule.apiGroups.includes(group) && rule.resources.includes(resource) && rule.verbs.includes(verb),
    );
  if (!isAllowed) {
    const where = `in API group "${group}" in the namespace "${namespace}"`;
    throw new StatusError(
      403,
      "Forbidden",
      `${resource} is forbidden: User "${user}" cannot ${verb} resource "${resource}" ${where}`,
    );
  }
}

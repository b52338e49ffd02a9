import { type CredentialProvider, signStsGet, urlOf } from "./sign.ts";

/** How the API server knows that a token is one of AWS. */
const PREFIX = "k8s-aws-v1.";
/** Binds a token to one cluster; part of the signature. */
const CLUSTER_HEADER = "x-k8s-aws-id";
/** The presigned call itself; the API server takes the token for 15 minutes whatever this says. */
const EXPIRES_SECONDS = 60;

/**
 * Who we are, as an EKS cluster takes it: a presigned STS GetCallerIdentity for this cluster, which the API server
 * sends to STS. Nothing is sent here. Source: kubernetes-sigs/aws-iam-authenticator, README; reference/aws.md 3.10.
 */
export async function clusterToken(
  region: string,
  cluster: string,
  credentials: CredentialProvider,
  now: number,
): Promise<string> {
  const query = { Action: "GetCallerIdentity", Version: "2011-06-15" };
  const options = { signingDate: new Date(now), expiresIn: EXPIRES_SECONDS };
  const request = await signStsGet(region, credentials, query, { [CLUSTER_HEADER]: cluster }, options);
  return PREFIX + Buffer.from(urlOf(request)).toString("base64url");
}

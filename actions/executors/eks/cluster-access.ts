import { DescribeClusterCommand, type EKSClient } from "@aws-sdk/client-eks";
import { RetryableExecutorError, TerminalExecutorError } from "../executor-error.ts";
import { isTransient } from "../is-transient.ts";
import { clusterToken } from "./cluster-token.ts";
import type { CredentialProvider } from "./sign.ts";

/** Where the API server is, and what its certificate is signed with. */
export interface ClusterEndpoint {
  readonly url: string;
  /** PEM; absent: one that Node trusts anyway. */
  readonly certificateAuthority: string | undefined;
}

/** The way into one cluster. */
export interface ClusterAccess {
  /** From DescribeCluster, asked once; private endpoints stand there too. */
  endpoint(): Promise<ClusterEndpoint>;
  token(): Promise<string>;
  /** The API server did not take the token: the next one is a new one. */
  dropToken(): void;
  /** The API server was not there: the next call asks where it is. */
  dropEndpoint(): void;
}

/** What access to a cluster takes. */
export interface ClusterAccessOptions {
  readonly region: string;
  readonly cluster: string;
  /** Only `send` is used. */
  readonly client: Pick<EKSClient, "send">;
  readonly credentials: CredentialProvider;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The API server takes a token for 15 minutes. */
const TOKEN_MILLISECONDS = 14 * 60_000;

/** Finds the cluster and keeps a token for it. */
export function createClusterAccess(options: ClusterAccessOptions): ClusterAccess {
  const { region, cluster, credentials, now } = options;
  let endpoint: Promise<ClusterEndpoint> | undefined;
  let token: { readonly text: Promise<string>; readonly until: number } | undefined;
  return {
    endpoint() {
      endpoint ??= describe(options).catch((error: unknown) => {
        endpoint = undefined;
        throw error;
      });
      return endpoint;
    },
    token() {
      if (token === undefined || token.until <= now()) {
        const text = clusterToken(region, cluster, credentials, now());
        token = { text, until: now() + TOKEN_MILLISECONDS };
        text.catch(() => {
          token = undefined;
        });
      }
      return token.text;
    },
    dropToken() {
      token = undefined;
    },
    dropEndpoint() {
      endpoint = undefined;
    },
  };
}

async function describe({ client, cluster, region }: ClusterAccessOptions): Promise<ClusterEndpoint> {
  const place = `cluster "${cluster}" in ${region}`;
  const { cluster: found } = await client
    .send(new DescribeClusterCommand({ name: cluster }))
    .catch((cause: unknown) => {
      const message = `EKS DescribeCluster of ${place}: ${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`;
      throw isTransient(cause)
        ? new RetryableExecutorError(message, { cause })
        : new TerminalExecutorError(message, { cause });
    });
  if (found?.endpoint === undefined) {
    const message = `The ${place} has no endpoint; its status is ${found?.status ?? "not known"}.`;
    throw found?.status === "CREATING" || found?.status === "UPDATING"
      ? new RetryableExecutorError(message)
      : new TerminalExecutorError(message);
  }
  const certificate = found.certificateAuthority?.data;
  return {
    url: found.endpoint,
    certificateAuthority: certificate === undefined ? undefined : Buffer.from(certificate, "base64").toString("utf8"),
  };
}

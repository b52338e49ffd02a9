import { Readable } from "node:stream";
import { EKSClient } from "@aws-sdk/client-eks";

/** An EKS behind the real SDK client: as much of it as finding a cluster takes. */
export interface ScriptedEks {
  readonly client: EKSClient;
  /** DescribeCluster calls so far. */
  calls(): number;
  /** The next call is answered so. */
  failNext(status: number, name: string): void;
  /** What DescribeCluster says; changing it moves the cluster. */
  readonly cluster: { url: string; authority: string | undefined; status: string };
}

export function createScriptedEks(name: string, url: string, authority: string | undefined): ScriptedEks {
  const cluster = { url, authority, status: "ACTIVE" };
  const faults: { readonly status: number; readonly name: string }[] = [];
  let calls = 0;
  const client = new EKSClient({
    region: "eu-west-1",
    credentials: { accessKeyId: "shop", secretAccessKey: "shop" },
    maxAttempts: 1,
    requestHandler: {
      async handle(request: { readonly path: string }) {
        calls++;
        const fault = faults.shift();
        const isKnown = request.path === `/clusters/${name}`;
        const [status, body, type] =
          fault !== undefined
            ? [fault.status, { message: "as the test wants it" }, fault.name]
            : isKnown
              ? [200, { cluster: description() }, ""]
              : [404, { message: "No cluster found" }, "ResourceNotFoundException"];
        const headers = { "content-type": "application/json", ...(type !== "" && { "x-amzn-errortype": type }) };
        return { response: { statusCode: status, headers, body: Readable.from([Buffer.from(JSON.stringify(body))]) } };
      },
    },
  });
  const description = () => ({
    name,
    status: cluster.status,
    ...(cluster.url !== "" && { endpoint: cluster.url }),
    ...(cluster.authority !== undefined && {
      certificateAuthority: { data: Buffer.from(cluster.authority).toString("base64") },
    }),
  });
  return {
    client,
    cluster,
    calls: () => calls,
    failNext: (status, name) => void faults.push({ status, name }),
  };
}

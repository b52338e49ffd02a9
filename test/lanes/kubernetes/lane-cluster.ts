import { request } from "node:https";
import { json } from "node:stream/consumers";
import { ADMIN_TOKEN } from "./api-server/access.ts";
import { startCluster, type TestCluster } from "./api-server/cluster.ts";
import { type LaneNode, startNode } from "./node/node.ts";

/** A cluster with a node: what is created in it really runs. */
export interface LaneCluster extends TestCluster {
  readonly node: LaneNode;
  /** One request as administrator, without a client in between; answers the body. */
  request(method: string, path: string, body?: object): Promise<unknown>;
}

export async function startLaneCluster(): Promise<LaneCluster> {
  let node: LaneNode | undefined;
  const cluster = await startCluster(async (...wanted) => (await node?.log(...wanted)) ?? "");
  node = await startNode(cluster.store);
  const running = node;
  return {
    ...cluster,
    node: running,
    request: (method, path, body) =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, "content-type": "application/json" };
        const outgoing = request(new URL(path, cluster.server.url), { method, headers, ca: cluster.authority });
        outgoing.once("error", reject);
        outgoing.once("response", (incoming) => resolve(json(incoming)));
        outgoing.end(body === undefined ? undefined : JSON.stringify(body));
      }),
    async [Symbol.asyncDispose]() {
      await running.stop();
      await cluster[Symbol.asyncDispose]();
    },
  };
}

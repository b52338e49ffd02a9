import { systemClock } from "../../../../local/clock.ts";
import { type ApiServer, type ApiServerOptions, startApiServer } from "./api-server.ts";
import { makeServerCertificate } from "./certificate.ts";
import { createScriptedEks, type ScriptedEks } from "./eks-endpoint.ts";
import { startJobController } from "./job-controller.ts";
import { createStore, type Store } from "./store.ts";

/** A cluster as far as its control plane goes: who runs its pods is another matter. */
export interface TestCluster extends AsyncDisposable {
  readonly server: ApiServer;
  readonly store: Store;
  readonly eks: ScriptedEks;
  /** PEM of who has signed the server's certificate. */
  readonly authority: string;
}

export const CLUSTER_NAME = "shop";
export const NAMESPACE = "sluice";

/** Starts the API server, with HTTPS, and the Job controller. */
export async function startCluster(logs?: NonNullable<ApiServerOptions["logs"]>): Promise<TestCluster> {
  const store = createStore(Date.now);
  const certificate = makeServerCertificate();
  const server = await startApiServer({
    store,
    cluster: CLUSTER_NAME,
    namespaces: [NAMESPACE, "default"],
    now: Date.now,
    certificate,
    ...(logs !== undefined && { logs }),
  });
  const controller = startJobController(store, systemClock);
  const eks = createScriptedEks(CLUSTER_NAME, server.url, certificate.authority);
  return {
    server,
    store,
    eks,
    authority: certificate.authority,
    async [Symbol.asyncDispose]() {
      controller.stop();
      eks.client.destroy();
      await server.stop();
    },
  };
}

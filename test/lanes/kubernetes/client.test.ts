import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { BatchV1Api, CoreV1Api, KubeConfig, Log, type V1Job, Watch } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADMIN_TOKEN } from "./api-server/access.ts";
import { NAMESPACE } from "./api-server/cluster.ts";
import { type LaneCluster, startLaneCluster } from "./lane-cluster.ts";

let cluster: LaneCluster;
let config: KubeConfig;

beforeAll(async () => {
  cluster = await startLaneCluster();
  config = configFor(ADMIN_TOKEN);
});
afterAll(() => cluster[Symbol.asyncDispose]());

function configFor(token: string): KubeConfig {
  const made = new KubeConfig();
  made.loadFromClusterAndUser(
    {
      name: "lane",
      server: cluster.server.url,
      caData: Buffer.from(cluster.authority).toString("base64"),
      skipTLSVerify: false,
    },
    { name: "administrator", token },
  );
  return made;
}

/** Asks again until the answer is yes; the test's own timeout is the limit. */
async function untilAnswer(question: () => Promise<boolean>): Promise<void> {
  while (!(await question())) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A Job as somebody writes it who has never heard of Sluice. */
function packJob(name: string, command: string, more: Partial<NonNullable<V1Job["spec"]>> = {}): V1Job {
  const container = { name: "pack", image: "localhost/sluice-base:dev", command: ["sh", "-c", command] };
  return {
    metadata: { name },
    spec: {
      backoffLimit: 0,
      template: { spec: { restartPolicy: "Never", containers: [container], terminationGracePeriodSeconds: 1 } },
      ...more,
    },
  };
}

/** Waits with the client's own Watch until the Job has the condition; answers everything that it heard of. */
async function watchUntil(name: string, condition: string): Promise<string[]> {
  const heard: string[] = [];
  return new Promise((resolve, reject) => {
    const path = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`;
    const started = new Watch(config).watch(
      path,
      { fieldSelector: `metadata.name=${name}`, resourceVersion: "1" },
      (type: string, job: V1Job) => {
        heard.push(type);
        if (job.status?.conditions?.some((one) => one.type === condition && one.status === "True")) {
          void started.then((request) => request.abort());
          resolve(heard);
        }
      },
      (error: unknown) => error && (error as Error).name !== "AbortError" && reject(error),
    );
    started.catch(reject);
  });
}

describe("the genuine client takes the server for a real one", () => {
  test("a Job runs in a container, and Watch and Log follow it", async () => {
    const batch = config.makeApiClient(BatchV1Api);
    const core = config.makeApiClient(CoreV1Api);
    const created = await batch.createNamespacedJob({
      namespace: NAMESPACE,
      body: packJob("pack", "echo packed; id -u"),
    });
    expect(created.metadata?.creationTimestamp).toBeInstanceOf(Date);
    expect(await watchUntil("pack", "Complete")).toContain("MODIFIED");
    const { items } = await core.listNamespacedPod({ namespace: NAMESPACE, labelSelector: "job-name=pack" });
    expect(items.map((pod) => pod.status?.phase)).toEqual(["Succeeded"]);
    expect(items[0]?.status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({
      exitCode: 0,
      reason: "Completed",
    });
    const name = items[0]?.metadata?.name ?? "";
    expect(await core.readNamespacedPodLog({ namespace: NAMESPACE, name, container: "pack" })).toBe("packed\n0\n");
    const stream = new PassThrough();
    await new Log(config).log(NAMESPACE, name, "pack", stream, { tailLines: 1 });
    expect(await text(stream)).toBe("0\n");
    const events = await core.listNamespacedEvent({
      namespace: NAMESPACE,
      fieldSelector: `involvedObject.name=${name}`,
    });
    expect(events.items.map(({ reason }) => reason)).toEqual(["Scheduled", "Started"]);
    await batch.deleteNamespacedJob({ namespace: NAMESPACE, name: "pack", propagationPolicy: "Background" });
    expect((await core.listNamespacedPod({ namespace: NAMESPACE })).items).toEqual([]);
  });

  test("a failure, a deadline, and a deletion end as a cluster ends them", async () => {
    const batch = config.makeApiClient(BatchV1Api);
    await batch.createNamespacedJob({ namespace: NAMESPACE, body: packJob("fails", "exit 7") });
    await batch.createNamespacedJob({
      namespace: NAMESPACE,
      body: packJob("hangs", "sleep 60", { activeDeadlineSeconds: 1 }),
    });
    await watchUntil("fails", "Failed");
    await watchUntil("hangs", "Failed");
    const reasons = async (name: string) =>
      (await batch.readNamespacedJob({ namespace: NAMESPACE, name })).status?.conditions?.map(({ reason }) => reason);
    expect(await reasons("fails")).toContain("BackoffLimitExceeded");
    expect(await reasons("hangs")).toContain("DeadlineExceeded");
    const core = config.makeApiClient(CoreV1Api);
    const podsLeft = async () => (await core.listNamespacedPod({ namespace: NAMESPACE })).items;
    // The pod of a Job past its deadline goes when it has ended; that of a failed one stays.
    await untilAnswer(async () => (await podsLeft()).length === 1);
    expect((await podsLeft())[0]?.metadata?.labels?.["job-name"]).toBe("fails");
    await batch.deleteCollectionNamespacedJob({ namespace: NAMESPACE });
  });

  test("a suspended Job waits, and is patched to go on", async () => {
    const batch = config.makeApiClient(BatchV1Api);
    await batch.createNamespacedJob({ namespace: NAMESPACE, body: packJob("later", "true", { suspend: true }) });
    await watchUntil("later", "Suspended");
    const body = [{ op: "replace", path: "/spec/suspend", value: false }];
    await batch.patchNamespacedJob({ namespace: NAMESPACE, name: "later", body });
    await watchUntil("later", "Complete");
  });

  test.each([
    ["a second of the same name", 409, "AlreadyExists", packJob("twice", "true")],
    ["no template", 422, "Invalid", { metadata: { name: "wrong" }, spec: {} }],
    [
      "a wrong type",
      422,
      "Invalid",
      { ...packJob("wrong", "true"), spec: { ...packJob("x", "true").spec, backoffLimit: "none" } },
    ],
    [
      "a restart policy that Jobs do not have",
      422,
      "Invalid",
      {
        metadata: { name: "wrong" },
        spec: { template: { spec: { restartPolicy: "Always", containers: [{ name: "a", image: "b" }] } } },
      },
    ],
    ["a name that is none", 422, "Invalid", packJob("Not_A_Name", "true")],
  ])("%s is refused with %i %s", async (_what, code, reason, body) => {
    const batch = config.makeApiClient(BatchV1Api);
    await batch
      .createNamespacedJob({ namespace: NAMESPACE, body: packJob("twice", "true", { suspend: true }) })
      .catch(() => undefined);
    await expect(batch.createNamespacedJob({ namespace: NAMESPACE, body: body as V1Job })).rejects.toMatchObject({
      code,
      body: expect.stringContaining(`"reason":"${reason}"`),
    });
  });

  test("what is not there, who is not known, and who may not are 404, 401 and 403", async () => {
    const batch = config.makeApiClient(BatchV1Api);
    await expect(batch.readNamespacedJob({ namespace: NAMESPACE, name: "nobody" })).rejects.toMatchObject({
      code: 404,
    });
    const stranger = configFor("nobody").makeApiClient(BatchV1Api);
    await expect(stranger.listNamespacedJob({ namespace: NAMESPACE })).rejects.toMatchObject({ code: 401 });
  });
});

test("a field that does not exist is refused, wherever it stands", async () => {
  const body = packJob("typo", "true");
  const send = (changed: object) =>
    cluster.request("POST", `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`, { ...body, ...changed });
  expect(await send({ spec: { ...body.spec, backofLimit: 0 } })).toMatchObject({
    code: 400,
    message: 'strict decoding error: unknown field "spec.backofLimit"',
  });
  const container = { name: "a", image: "b", volumeMount: [] };
  const template = { spec: { restartPolicy: "Never", containers: [container] } };
  expect(await send({ spec: { template } })).toMatchObject({
    message: 'strict decoding error: unknown field "spec.template.spec.containers[0].volumeMount"',
  });
});

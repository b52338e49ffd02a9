import { describe, expect, test } from "vitest";
import { jobName } from "../../../../actions/executors/eks/names.ts";
import { AGENT_ENVIRONMENT } from "../../../../agent/protocol.ts";
import { NAMESPACE } from "../../../lanes/kubernetes/api-server/cluster.ts";
import { until } from "../../../until.ts";
import { buildAttempt, describeExecutorContract } from "../contract.ts";
import { podStatus, RUNNING, startShopEks, terminated } from "./shop-eks.ts";

describeExecutorContract("eks", async () => {
  const shop = await startShopEks();
  const { store } = shop.cluster;
  return {
    executor: shop.executor,
    started: () => store.list("jobs").filter(({ spec }) => spec?.["suspend"] !== true).length,
    run: ({ attemptId }) => shop.setPod(attemptId, podStatus("Running", RUNNING, RUNNING)),
    // The node of the pod ends what was asked to end.
    async settle({ attemptId }) {
      const name = jobName(attemptId);
      const podsOf = () => store.list("pods").filter(({ metadata }) => metadata.labels?.["job-name"] === name);
      await until(() => podsOf().every(({ metadata }) => metadata.deletionTimestamp !== undefined));
      for (const pod of podsOf()) {
        store.remove("pods", pod);
      }
      await until(() => {
        const conditions = store.find("jobs", NAMESPACE, name)?.status?.["conditions"];
        return conditions === undefined || JSON.stringify(conditions).includes('"Failed"');
      });
    },
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  };
});

const attempt = buildAttempt();
const { attemptId } = attempt;

describe("starting", () => {
  test("makes the Job suspended, then its Secret, then resumes it", async () => {
    await using shop = await startShopEks();
    const handle = await shop.executor.start(attempt);
    expect(handle).toBe(`${NAMESPACE}/${jobName(attemptId)}`);
    const calls = shop.cluster.server.calls.map(({ method, path }) => `${method} ${path}`);
    expect(calls).toEqual([
      `POST /apis/batch/v1/namespaces/${NAMESPACE}/jobs`,
      `POST /api/v1/namespaces/${NAMESPACE}/secrets`,
      `PATCH /apis/batch/v1/namespaces/${NAMESPACE}/jobs/${jobName(attemptId)}`,
    ]);
    expect(shop.cluster.eks.calls()).toBe(1);
  });

  test("the nonce is in the Secret, which goes with the Job, and nowhere else", async () => {
    await using shop = await startShopEks();
    await shop.executor.start(attempt);
    const pod = await shop.pod(attemptId);
    expect(JSON.stringify([shop.job(attemptId), pod])).not.toContain("one-time");
    const [secret] = shop.cluster.store.list("secrets");
    const data = Object.entries(secret?.["data"] ?? {});
    expect(data).toEqual([[AGENT_ENVIRONMENT.nonce, Buffer.from("one-time").toString("base64")]]);
    const [main] = (pod.spec?.["initContainers"] ?? []) as { env?: unknown; envFrom?: unknown }[];
    expect(main?.env).toBeUndefined();
    expect(main?.envFrom).toBeUndefined();
    await shop.executor.remove(attempt);
    expect(shop.cluster.store.list("secrets")).toEqual([]);
    expect(shop.cluster.store.list("jobs")).toEqual([]);
  });

  test("a start that crashed before the Secret is finished by the next one", async () => {
    await using shop = await startShopEks();
    shop.cluster.server.failNext({ method: "POST", path: /secrets/, status: 500, hangUp: true });
    await expect(shop.executor.start(attempt)).rejects.toMatchObject({ name: "Sluice.Retryable" });
    expect(await shop.executor.exist(attempt)).toEqual({ created: true, started: false });
    await shop.executor.start(attempt);
    expect(shop.cluster.store.list("secrets")).toHaveLength(1);
    expect((await shop.executor.exist(attempt)).started).toBe(true);
  });

  test("an answer that was lost after the Job was made makes no second one", async () => {
    await using shop = await startShopEks();
    shop.cluster.server.failNext({ method: "POST", path: /jobs/, status: 201, afterwards: true, hangUp: true });
    await expect(shop.executor.start(attempt)).rejects.toMatchObject({ name: "Sluice.Retryable" });
    await shop.executor.start(attempt);
    expect(shop.cluster.store.list("jobs")).toHaveLength(1);
  });

  test("without an image it is a terminal error", async () => {
    await using shop = await startShopEks();
    await expect(shop.executor.create(buildAttempt({ image: undefined }))).rejects.toMatchObject({
      name: "Sluice.ActionFailed",
      message: expect.stringContaining("no image"),
    });
  });
});

describe("ending", () => {
  test("cancelling asks the pod to end with its whole grace, and the Job says who wanted it", async () => {
    await using shop = await startShopEks();
    await shop.executor.start(attempt);
    await shop.setPod(attemptId, podStatus("Running", RUNNING, RUNNING));
    await shop.executor.cancel(attempt, "the run was cancelled");
    await until(() => shop.cluster.store.list("pods")[0]?.metadata.deletionTimestamp !== undefined);
    const [pod] = shop.cluster.store.list("pods");
    expect(pod?.metadata.deletionGracePeriodSeconds).toBe(120);
    expect(await shop.executor.status(attempt)).toEqual({ phase: "running" });
    if (pod !== undefined) shop.cluster.store.remove("pods", pod);
    await until(() => JSON.stringify(shop.job(attemptId).status).includes('"Failed"'));
    expect(await shop.executor.status(attempt)).toEqual({ phase: "ended", reason: "cancelled: the run was cancelled" });
  });

  test("cancelling what was never resumed removes it", async () => {
    await using shop = await startShopEks();
    await shop.executor.create(attempt);
    await shop.executor.cancel(attempt, "not wanted");
    expect(await shop.executor.exist(attempt)).toEqual({ created: false, started: false });
  });

  test("removing gives the pod a second and takes the Job away", async () => {
    await using shop = await startShopEks();
    await shop.executor.start(attempt);
    await shop.setPod(attemptId, podStatus("Running", RUNNING, RUNNING));
    await shop.executor.remove(attempt);
    expect(shop.cluster.store.list("pods")[0]?.metadata.deletionGracePeriodSeconds).toBe(1);
    expect(shop.cluster.store.list("jobs")).toEqual([]);
    expect(await shop.executor.status(attempt)).toEqual({ phase: "unknown" });
  });

  test("a Job past its deadline is ended by the cluster itself", async () => {
    await using shop = await startShopEks();
    await shop.executor.start(buildAttempt({ deadlineSeconds: 0.2 }));
    await shop.setPod(attemptId, podStatus("Running", RUNNING, RUNNING));
    await until(() => shop.cluster.store.list("pods")[0]?.metadata.deletionTimestamp !== undefined);
    const [pod] = shop.cluster.store.list("pods");
    if (pod !== undefined) shop.cluster.store.remove("pods", pod);
    await until(() => JSON.stringify(shop.job(attemptId).status).includes('"Failed"'));
    expect(await shop.executor.status(attempt)).toMatchObject({
      phase: "ended",
      reason: expect.stringMatching(/^DeadlineExceeded: it ran longer than its deadline allows; raise `timeout`/),
    });
  });
});

describe("update", () => {
  test("the new deadline counts from now, the Job's from its start", async () => {
    await using shop = await startShopEks();
    await shop.executor.start(attempt);
    await until(() => shop.job(attemptId).status?.["startTime"] !== undefined);
    shop.clock.offset = 600_000;
    await shop.executor.update(attempt, { deadlineSeconds: 60 });
    const seconds = Number(shop.job(attemptId).spec?.["activeDeadlineSeconds"]);
    expect(seconds).toBeGreaterThanOrEqual(660);
    expect(seconds).toBeLessThan(700);
  });

  test("changes nothing without a deadline, and nothing of what is gone or over", async () => {
    await using shop = await startShopEks();
    await shop.executor.update(attempt, { deadlineSeconds: 60 });
    await shop.executor.start(attempt);
    await shop.executor.update(attempt, {});
    expect(shop.job(attemptId).spec?.["activeDeadlineSeconds"]).toBe(3600);
    await shop.setPod(attemptId, podStatus("Succeeded", terminated(143, "Error"), terminated(0, "Completed")));
    await until(() => JSON.stringify(shop.job(attemptId).status).includes("Complete"));
    await shop.executor.update(attempt, { deadlineSeconds: 60 });
    expect(shop.job(attemptId).spec?.["activeDeadlineSeconds"]).toBe(3600);
  });
});

describe("many attempts at once", () => {
  test("are looked at with two lists", async () => {
    await using shop = await startShopEks();
    const attempts = [1, 2, 3].map((n) => buildAttempt({ attemptId: `run-1.build.${n}` }));
    await Promise.all(attempts.map((one) => shop.executor.start(one)));
    await shop.setPod("run-1.build.1", podStatus("Running", RUNNING, RUNNING));
    await shop.setPod("run-1.build.2", podStatus("Failed", terminated(137, "OOMKilled"), terminated(1, "Error")));
    await until(() => JSON.stringify(shop.job("run-1.build.2").status).includes('"Failed"'));
    await shop.pod("run-1.build.3");
    const before = shop.cluster.server.calls.length;
    const statuses = await shop.executor.statusOfAll();
    expect(shop.cluster.server.calls.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /apis/batch/v1/namespaces/${NAMESPACE}/jobs`,
      `GET /api/v1/namespaces/${NAMESPACE}/pods`,
    ]);
    expect([...statuses.keys()].sort()).toEqual(attempts.map((one) => one.attemptId));
    expect(statuses.get("run-1.build.2")).toMatchObject({ phase: "ended", cause: "outOfMemory", exitCode: 137 });
    for (const one of attempts) {
      expect(statuses.get(one.attemptId)).toEqual(await shop.executor.status(one));
    }
  });
});

test("inspect shows the Job, its pods, their containers, the events and the agent's last lines", async () => {
  await using shop = await startShopEks();
  await shop.executor.start(attempt);
  await shop.setPod(
    attemptId,
    podStatus("Running", { ...RUNNING, restartCount: 1, lastState: terminated(137, "OOMKilled").state }, RUNNING),
  );
  const pod = await shop.pod(attemptId);
  shop.cluster.store.create("events", {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: "scheduled", namespace: NAMESPACE, uid: "", resourceVersion: "", creationTimestamp: "" },
    involvedObject: { kind: "Pod", name: pod.metadata.name },
    type: "Normal",
    reason: "Scheduled",
    message: "Successfully assigned",
    lastTimestamp: "2026-11-21T12:00:00Z",
  });
  const text = await shop.executor.inspect(attempt);
  for (const part of [
    `Job ${NAMESPACE}/${jobName(attemptId)}: 1 active`,
    "deadline: 3600 s",
    `sluice/attempt-id: ${attemptId}`,
    `Pod ${pod.metadata.name}: Running on node-1`,
    "container main: running since 2026-11-21T12:00:00Z, before that ended with exit code 137, OOMKilled, started 2 times",
    "container agent: running",
    "2026-11-21T12:00:00Z Normal Scheduled: Successfully assigned",
    "a line of agent",
    "kubectl --namespace",
  ]) {
    expect(text).toContain(part);
  }
});

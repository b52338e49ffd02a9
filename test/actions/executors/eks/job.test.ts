import { describe, expect, test } from "vitest";
import { type EksExecutorInput, eksExecutor } from "../../../../actions/executors/eks/contract.ts";
import { attemptJob } from "../../../../actions/executors/eks/job.ts";
import { handleOf, jobName, placeOf } from "../../../../actions/executors/eks/names.ts";
import { AGENT_ENVIRONMENT } from "../../../../agent/protocol.ts";
import { RESOURCES } from "../../../lanes/kubernetes/api-server/objects.ts";
import { validate } from "../../../lanes/kubernetes/api-server/validate.ts";
import { buildAttempt } from "../contract.ts";
import { SHOP_EKS } from "./shop-eks.ts";

const jobOf = (changes: Partial<EksExecutorInput> = {}, attempt = buildAttempt()) =>
  attemptJob(eksExecutor.parse({ ...SHOP_EKS, ...changes }), attempt);
const podOf = (...of: Parameters<typeof jobOf>) => jobOf(...of).spec?.template.spec;

describe("the Job of an attempt", () => {
  test("is one pod, once, that the cluster itself ends and clears away", () => {
    expect(jobOf().spec).toMatchObject({
      suspend: true,
      parallelism: 1,
      completions: 1,
      backoffLimit: 0,
      activeDeadlineSeconds: 3600,
      ttlSecondsAfterFinished: 3600,
      podReplacementPolicy: "Failed",
      template: { spec: { restartPolicy: "Never", automountServiceAccountToken: false, shareProcessNamespace: false } },
    });
  });

  test("has the user's image as a sidecar of the agent, on one volume, told nothing", () => {
    const pod = podOf();
    expect(pod?.initContainers).toEqual([
      {
        name: "main",
        image: "shop/build:1",
        restartPolicy: "Always",
        command: ["/bin/sh", "-c"],
        args: [expect.stringContaining("main-has-begun")],
        resources: { requests: { cpu: "1000m", memory: "1024Mi" }, limits: { memory: "1024Mi" } },
        volumeMounts: [{ name: "sluice", mountPath: "/sluice" }],
      },
    ]);
    const [agent] = pod?.containers ?? [];
    expect(agent?.env).toContainEqual({
      name: AGENT_ENVIRONMENT.nonce,
      valueFrom: { secretKeyRef: { name: jobName("run-1.build.1"), key: AGENT_ENVIRONMENT.nonce } },
    });
    expect(agent?.env).toContainEqual({ name: AGENT_ENVIRONMENT.runner, value: "container" });
    expect(JSON.stringify(jobOf())).not.toContain("one-time");
  });

  test("is what Kubernetes' own schemas describe, with everything declared", () => {
    const whole: Partial<EksExecutorInput> = {
      architecture: "ARM64",
      nodeSelector: { pool: "build" },
      tolerations: [
        { key: "spot", operator: "Exists", effect: "NoExecute", tolerationSeconds: 30 },
        { key: "team", value: "shop" },
      ],
      imagePullSecrets: ["registry"],
    };
    const resources = { cpu: 0.25, maxCpu: 2, memoryMb: 512, diskMb: 4096 };
    const job = jobOf(whole, buildAttempt({ resources }));
    const resource = RESOURCES.find(({ kind }) => kind === "Job");
    if (resource !== undefined) validate(resource, job as never);
    expect(job.spec?.template.spec).toMatchObject({
      serviceAccountName: "shop-build",
      nodeSelector: { pool: "build", "kubernetes.io/arch": "arm64" },
      tolerations: [
        { key: "spot", operator: "Exists", effect: "NoExecute", tolerationSeconds: 30 },
        { key: "team", operator: "Equal", value: "shop" },
      ],
      imagePullSecrets: [{ name: "registry" }],
      volumes: [{ name: "sluice", emptyDir: { sizeLimit: "4096Mi" } }],
      initContainers: [
        {
          resources: {
            requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "4096Mi" },
            limits: { cpu: "2000m", memory: "512Mi" },
          },
        },
      ],
    });
  });

  test("has a size where the action names none, and no more CPU than it may", () => {
    const sizeOf = (resources: object) => podOf({}, buildAttempt({ resources }))?.initContainers?.[0]?.resources;
    expect(sizeOf({})).toEqual({ requests: { cpu: "500m", memory: "2048Mi" }, limits: { memory: "2048Mi" } });
    expect(sizeOf({ maxCpu: 0.2 })).toMatchObject({ requests: { cpu: "200m" }, limits: { cpu: "200m" } });
  });
});

describe("names", () => {
  test("have 39 characters whatever the attempt is called, and the pod's fit into a label", () => {
    const long = `${"r".repeat(60)}.${"K".repeat(60)}_.123456`;
    expect(jobName(long)).toMatch(/^sluice-[0-9a-f]{32}$/);
    expect(jobName(long)).not.toBe(jobName(`${long}7`));
    expect(`${jobName(long)}-abcde`.length).toBeLessThanOrEqual(63);
  });

  test("a handle leads back to its Job; one of another kind counts as none", () => {
    const place = { namespace: "before", name: jobName("run-1.build.1") };
    const attemptId = "run-1.build.1";
    expect(placeOf({ attemptId, handle: handleOf(place) }, "now")).toEqual(place);
    for (const handle of ["arn:aws:ecs:eu-west-1:1:task/shop/1", "12345"]) {
      expect(placeOf({ attemptId, handle }, "now")).toEqual({ ...place, namespace: "now" });
    }
  });
});

import { describe, expect, test } from "vitest";
import { jobStatus } from "../../../../actions/executors/eks/job-status.ts";
import { observedJob, observedPod } from "../../../../actions/executors/eks/observed.ts";
import { podStatus, RUNNING, terminated, waiting } from "./shop-eks.ts";

const NOW = Date.parse("2026-11-21T12:10:00Z");

const job = (status: object, more: object = {}) =>
  observedJob.parse({ metadata: { name: "sluice-1", ...more }, spec: { suspend: false }, status });

const pod = (status: object) =>
  observedPod.parse({
    metadata: { name: "sluice-1-abcde", creationTimestamp: "2026-11-21T12:00:00Z" },
    spec: {
      initContainers: [{ name: "main", image: "shop/build:1" }],
      containers: [{ name: "agent", image: "shop/agent:1" }],
    },
    status,
  });

const condition = (type: string, reason: string, message: string, status = "True", lastTransitionTime?: string) => ({
  conditions: [{ type, status, reason, message, lastTransitionTime }],
});

const ACTIVE = { active: 1, startTime: "2026-11-21T12:00:00Z" };
const FAILED = { ...ACTIVE, ...condition("Failed", "PodFailurePolicy", "a container failed") };
const INITIALIZING = waiting("PodInitializing");

describe("an attempt that waits", () => {
  test.each([
    ["has no pod", [], "the Job has no pod yet"],
    ["is not looked at yet", [pod({ phase: "Pending" })], "Pending"],
    [
      "makes its containers",
      [pod(podStatus("Pending", waiting("ContainerCreating"), INITIALIZING))],
      "ContainerCreating",
    ],
    [
      "finds no node",
      [
        pod({
          phase: "Pending",
          ...condition("PodScheduled", "Unschedulable", "0/3 nodes are available: 3 Insufficient cpu.", "False"),
        }),
      ],
      "Unschedulable: no node takes the pod (0/3 nodes are available: 3 Insufficient cpu); check `resources` of the action, and selector, tolerations and architecture of the executor",
    ],
    [
      "cannot pull, yet",
      [
        pod(
          podStatus(
            "Pending",
            waiting("ErrImagePull", "no basic auth"),
            INITIALIZING,
            condition("PodScheduled", "", "", "True", "2026-11-21T12:08:30Z"),
          ),
        ),
      ],
      'ErrImagePull: the image "shop/build:1" cannot be pulled (no basic auth); check the name and the tag, and that the node\'s role or a pull secret may read the registry',
    ],
  ])("%s", (_what, pods, reason) => {
    expect(jobStatus(job(ACTIVE), pods, NOW)).toEqual({ phase: "queued", reason });
  });

  test("runs when its agent does, and while it is being ended", () => {
    const running = pod(podStatus("Running", RUNNING, RUNNING));
    expect(jobStatus(job(ACTIVE), [running], NOW)).toEqual({ phase: "running" });
    const ending = job({ ...ACTIVE, ...condition("FailureTarget", "DeadlineExceeded", "was active longer") });
    expect(jobStatus(ending, [running], NOW)).toEqual({ phase: "running" });
  });

  test("is unknown where nothing was resumed", () => {
    expect(jobStatus(undefined, [], NOW)).toEqual({ phase: "unknown" });
    const suspended = observedJob.parse({ metadata: { name: "sluice-1" }, spec: { suspend: true } });
    expect(jobStatus(suspended, [], NOW)).toEqual({ phase: "unknown" });
  });
});

describe("an attempt that can never start is at its end", () => {
  test.each([
    [
      "InvalidImageName",
      waiting("InvalidImageName"),
      'InvalidImageName: the image "shop/build:1" is no name of an image',
    ],
    ["a pull that goes on failing", waiting("ImagePullBackOff", "Back-off pulling"), "ImagePullBackOff: the image"],
    ["CreateContainerConfigError", waiting("CreateContainerConfigError", "secret not found"), "(secret not found)"],
    ["no shell", waiting("RunContainerError", "exec: /bin/sh: not found"), "an action's image must have /bin/sh"],
    [
      "no shell, later",
      {
        ...waiting("CrashLoopBackOff"),
        lastState: { terminated: { exitCode: 128, reason: "StartError", message: "no such file" } },
      },
      'CrashLoopBackOff: the image "shop/build:1" does not stay alive (StartError, exit code 128, no such file)',
    ],
  ])("%s", (_what, main, reason) => {
    const found = jobStatus(job(ACTIVE), [pod(podStatus("Pending", main, INITIALIZING))], NOW);
    expect(found).toEqual({ phase: "ended", cause: "notStarted", reason: expect.stringContaining(reason) });
  });
});

describe("an attempt that has ended says why", () => {
  test("in memory that ran out, with the exit code", () => {
    const killed = pod(
      podStatus("Failed", { ...RUNNING, lastState: terminated(137, "OOMKilled").state }, terminated(1, "Error")),
    );
    expect(jobStatus(job(FAILED), [killed], NOW)).toEqual({
      phase: "ended",
      cause: "outOfMemory",
      exitCode: 137,
      reason: "OOMKilled: the action ran out of memory; raise `resources.mem` of the action",
    });
  });

  test.each([
    ["PreemptionByScheduler", "was preempted by a pod of higher priority"],
    ["DeletionByTaintManager", "a spot node that is taken back"],
    ["EvictionByEvictionAPI", "a node is drained"],
    ["DeletionByPodGC", "was lost with its node"],
    ["TerminationByKubelet", "the node was short of memory or disk"],
    ["SomethingNew", "was disrupted"],
  ])("in a disruption: %s", (reason, text) => {
    const status = podStatus(
      "Failed",
      RUNNING,
      terminated(137, "Error"),
      condition("DisruptionTarget", reason, "as it is"),
    );
    expect(jobStatus(job(FAILED), [pod(status)], NOW)).toEqual({
      phase: "ended",
      cause: "interrupted",
      reason: expect.stringMatching(new RegExp(`^${reason}: the pod .*${text}.*\\(as it is\\)$`)),
    });
  });

  test("in an eviction of a node that knows no conditions", () => {
    const status = { phase: "Failed", reason: "Evicted", message: "The node was low on resource: ephemeral-storage." };
    expect(jobStatus(job(FAILED), [pod(status)], NOW)).toEqual({
      phase: "ended",
      cause: "interrupted",
      reason:
        "Evicted: the pod was ended by its node (The node was low on resource: ephemeral-storage); ask for more memory or disk in `resources`",
    });
  });

  test.each([
    [{ conditions: [{ type: "Complete", status: "True" }] }, [], { phase: "ended" }],
    [
      condition("Failed", "DeadlineExceeded", "Job was active longer than specified deadline"),
      [],
      {
        phase: "ended",
        reason:
          "DeadlineExceeded: it ran longer than its deadline allows; raise `timeout` of the action (Job was active longer than specified deadline)",
      },
    ],
    [
      condition("Failed", "PodFailurePolicy", "Pod has condition DisruptionTarget"),
      [],
      { phase: "ended", reason: "PodFailurePolicy: its pod failed (Pod has condition DisruptionTarget)" },
    ],
    [
      FAILED,
      [pod(podStatus("Failed", RUNNING, terminated(1, "Error")))],
      { phase: "ended", reason: "the agent ended (Error, exit code 1); its log says why" },
    ],
  ])("by its Job: %j", (status, pods, expected) => {
    expect(jobStatus(job(status), pods, NOW)).toEqual(expected);
  });

  test("what a person asked for comes first", () => {
    const asked = { annotations: { "sluice/cancel-reason": "the run was cancelled" } };
    expect(jobStatus(job(condition("Failed", "DeadlineExceeded", "x"), asked), [], NOW)).toEqual({
      phase: "ended",
      reason: "cancelled: the run was cancelled",
    });
  });
});

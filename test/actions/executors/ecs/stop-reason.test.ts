import { describe, expect, test } from "vitest";
import { stopReason } from "../../../../actions/executors/ecs/stop-reason.ts";
import { taskStatus } from "../../../../actions/index.ts";
import { taskStateChange } from "../../../../functions/complete-action/contract.ts";

const main = (reason: string, exitCode?: number) => ({
  containers: [{ name: "agent" }, { name: "main", image: "shop/build:1", reason, exitCode }],
});

/** Stopped tasks as AWS documents them, with what an author reads of each. */
const STOPPED = [
  [
    "an image that is not there, as the container says it",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason: "Task failed to start",
      ...main("CannotPullContainerError: Error response from daemon: manifest for shop/build:1 not found"),
    },
    "notStarted",
    "an image could not be pulled (shop/build:1); check its name and tag",
  ],
  [
    "an image that is not there, as the task says it",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason: "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref",
    },
    "notStarted",
    "an image could not be pulled; check its name and tag",
  ],
  [
    "an image without a shell",
    {
      stopCode: "TaskFailedToStart",
      ...main('CannotStartContainerError: failed to get container status: exec: "/bin/sh": no such file or directory'),
    },
    "notStarted",
    "a container could not be started (shop/build:1); an action's image needs /bin/sh",
  ],
  [
    "a subnet without a way to the registry",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason:
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed",
    },
    "notStarted",
    "ECS could not make what the task needs; whoever runs the installation checks",
  ],
  [
    "a container that needed more memory than it had",
    {
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      ...main("OutOfMemoryError: Container killed due to memory usage", 137),
    },
    "outOfMemory",
    'raise "resources: {mem: …}" of the action',
  ],
  [
    "Fargate Spot, taken back",
    { stopCode: "SpotInterruption", stoppedReason: "Your Spot Task was interrupted." },
    "interrupted",
    "AWS took the Spot capacity back",
  ],
  [
    "Fargate Spot, taken back, with the older stop code",
    { stopCode: "TerminationNotice", stoppedReason: "Your Spot Task was interrupted." },
    "interrupted",
    "AWS took the Spot capacity back",
  ],
  [
    "an instance that was terminated",
    { stoppedReason: "Host EC2 (instance i-0123456789abcdef0) terminated." },
    "interrupted",
    "the host of the task was taken away or broke",
  ],
  [
    "an instance that left the cluster",
    { stoppedReason: "Container instance deregistration forced by user" },
    "interrupted",
    "the host of the task was taken away or broke",
  ],
  ["a host that broke", { stopCode: "InfrastructureHealth" }, "interrupted", "the host of the task"],
  [
    "a host that retires",
    { stopCode: "TerminationNotice", stoppedReason: "Maintenance" },
    "interrupted",
    "the host of",
  ],
  [
    "somebody who stopped it",
    { stopCode: "UserInitiated", stoppedReason: "Task stopped by user" },
    "interrupted",
    "somebody stopped the task",
  ],
  [
    "no capacity",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason: "Capacity is unavailable at this time. Please try again later or in a different availability zone",
    },
    undefined,
    "there was no capacity for the task; it is tried again",
  ],
  [
    "an interface that did not come",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason: "Timeout waiting for network interface provisioning to complete.",
    },
    undefined,
    "ECS could not start the task in time",
  ],
  [
    "a container that did not come up",
    { ...main("ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m") },
    undefined,
    "ECS could not start the task in time",
  ],
  [
    "something that ECS says for the first time",
    { stopCode: "TaskFailedToStart", stoppedReason: "NoIdeaError: of all things" },
    "notStarted",
    "TaskFailedToStart; NoIdeaError: of all things",
  ],
  [
    "an agent that has ended",
    { stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" },
    undefined,
    "EssentialContainerExited; Essential container in task exited",
  ],
] as const;

describe("why a task stopped", () => {
  test.each(STOPPED)("%s", (_, task, cause, words) => {
    expect(stopReason(task)).toMatchObject({ reason: expect.stringContaining(words) });
    expect(stopReason(task).cause).toBe(cause);
  });

  test.each(STOPPED)("%s, told by an event", (_, task) => {
    const parsed = taskStateChange.parse({
      "detail-type": "ECS Task State Change",
      detail: { taskArn: "arn:aws:ecs:eu-west-1:123456789012:task/shop/1", lastStatus: "STOPPED", version: 5, ...task },
    });
    const described = taskStatus({ lastStatus: "STOPPED", ...task });
    expect(taskStatus(parsed.detail)).toEqual(described);
    expect(described).toMatchObject({ phase: "ended", ...stopReason(task) });
  });

  test("keeps what ECS says", () => {
    expect(stopReason({ stopCode: "SpotInterruption", stoppedReason: "Your Spot Task was interrupted." }).reason).toBe(
      'AWS took the Spot capacity back; let the action "retry", or name an executor without Spot. ' +
        "ECS says: SpotInterruption; Your Spot Task was interrupted.",
    );
  });

  test("the author's own container is asked before the agent", () => {
    const containers = [
      { name: "agent", reason: "CannotStartContainerError: no" },
      { name: "main", reason: "OutOfMemoryError: Container killed due to memory usage" },
    ];
    expect(stopReason({ containers }).cause).toBe("outOfMemory");
  });

  test("nothing is known of a task that says nothing", () => {
    expect(stopReason({})).toEqual({});
  });
});

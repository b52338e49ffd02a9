import { CONTAINERS } from "../../../agent/protocol.ts";
import type { EndCause } from "../executor.ts";

/** A stopped task, of DescribeTasks or of a Task State Change event: as much as tells why. */
export interface StoppedTask {
  readonly stopCode?: string | undefined;
  readonly stoppedReason?: string | undefined;
  readonly containers?:
    | readonly {
        readonly name?: string | undefined;
        readonly image?: string | undefined;
        readonly exitCode?: number | undefined;
        readonly reason?: string | undefined;
      }[]
    | undefined;
}

/** Why a task stopped, for the author: what happened, in ECS's own words behind it, and what to do. */
export interface StopReason {
  readonly cause?: EndCause;
  readonly reason?: string;
}

interface Meaning {
  readonly cause?: EndCause;
  readonly what: string;
  readonly remedy?: string;
}

const NOT_PULLED: Meaning = {
  cause: "notStarted",
  what: "an image could not be pulled",
  remedy:
    "check its name and tag, that the execution role may read its repository, and that the executor's subnets reach the registry",
};
const NOT_STARTED: Meaning = {
  cause: "notStarted",
  what: "a container could not be started",
  remedy: "an action's image needs /bin/sh, for the architecture of its executor",
};
const NOT_INITIALIZED: Meaning = {
  cause: "notStarted",
  what: "ECS could not make what the task needs",
  remedy: "whoever runs the installation checks the executor's roles, log group and network",
};
const OUT_OF_MEMORY: Meaning = {
  cause: "outOfMemory",
  what: "a container needed more memory than it had and was killed",
  remedy: 'raise "resources: {mem: …}" of the action',
};
const SPOT: Meaning = {
  cause: "interrupted",
  what: "AWS took the Spot capacity back",
  remedy: 'let the action "retry", or name an executor without Spot',
};
const HOST_LOST: Meaning = {
  cause: "interrupted",
  what: "the host of the task was taken away or broke",
  remedy: 'let the action "retry"',
};
const NO_CAPACITY: Meaning = {
  what: "there was no capacity for the task",
  remedy: "it is tried again for some minutes; an executor with several capacity providers has more to choose from",
};
const PLATFORM: Meaning = { what: "ECS could not start the task in time" };

/**
 * Codes that reasons begin with, up to a colon. Source: AWS, "Amazon ECS stopped tasks error codes"; the ECS agent's
 * `api/errors` (Docker) and Fargate's platform 1.4 (containerd) have the two spellings of some.
 */
const CODES: ReadonlyMap<string, Meaning> = new Map([
  ["CannotPullContainerError", NOT_PULLED],
  ["CannotPullECRContainerError", NOT_PULLED],
  ["CannotPullImageManifestError", NOT_PULLED],
  ["CannotCreateContainerError", NOT_STARTED],
  ["CannotStartContainerError", NOT_STARTED],
  ["ContainerRuntimeError", NOT_STARTED],
  ["CannotCreateVolumeError", NOT_INITIALIZED],
  ["ResourceInitializationError", NOT_INITIALIZED],
  ["OutOfMemoryError", OUT_OF_MEMORY],
  ["SpotInterruptionError", SPOT],
  ["ContainerRuntimeTimeoutError", PLATFORM],
  ["DockerTimeoutError", PLATFORM],
  ["InternalError", PLATFORM],
]);

/** Stop codes that tell by themselves. Source: API reference of ECS, Task, `stopCode`. */
const STOP_CODES: ReadonlyMap<string, Meaning> = new Map([
  ["SpotInterruption", SPOT],
  ["TerminationNotice", HOST_LOST],
  ["InfrastructureHealth", HOST_LOST],
  ["ServiceSchedulerInitiated", HOST_LOST],
  ["UserInitiated", { cause: "interrupted", what: "somebody stopped the task" }],
]);

/**
 * What AWS documents as whole sentences, without a code of their own; the beginning counts. Source: AWS, "Amazon ECS
 * stopped tasks error messages", "Amazon ECS API failure reasons", "How do I handle Spot termination notices".
 */
const SENTENCES: readonly (readonly [beginning: string, Meaning])[] = [
  ["Your Spot Task was interrupted", SPOT],
  ["Host EC2 (instance ", HOST_LOST],
  ["Container instance deregistration forced", HOST_LOST],
  ["Capacity is unavailable at this time", NO_CAPACITY],
  ["No Container Instances were found", NO_CAPACITY],
  ["Timeout waiting for ", PLATFORM],
];

/**
 * Says why a task stopped. What a container says comes before what the task says, because it is nearer to the cause;
 * of the containers the author's own comes first.
 */
export function stopReason(task: StoppedTask): StopReason {
  const { containers = [], stopCode, stoppedReason } = task;
  const own = containers.toSorted((a, b) => Number(b.name === CONTAINERS.main) - Number(a.name === CONTAINERS.main));
  const said = own.flatMap(({ name, image, reason }) => (reason ? [{ name, image, reason }] : []));
  const ofContainer = said.map((each) => ({ ...each, meaning: meaningOf(each.reason) })).find((each) => each.meaning);
  const meaning =
    ofContainer?.meaning ??
    meaningOfSentence(stoppedReason) ??
    STOP_CODES.get(stopCode ?? "") ??
    meaningOf(stoppedReason);
  const words = [
    stopCode,
    stoppedReason,
    ...said.map(({ name, reason }) => `container ${name ?? "?"}: ${reason}`),
  ].filter((text) => text !== undefined && text !== "");
  if (meaning === undefined) {
    const cause = stopCode === "TaskFailedToStart" ? ({ cause: "notStarted" } as const) : {};
    return { ...cause, ...(words.length > 0 && { reason: words.join("; ") }) };
  }
  const image = ofContainer?.image === undefined ? "" : ` (${ofContainer.image})`;
  const what = `${meaning.what}${meaning === NOT_PULLED || meaning === NOT_STARTED ? image : ""}`;
  const remedy = meaning.remedy === undefined ? "" : `; ${meaning.remedy}`;
  return {
    ...(meaning.cause !== undefined && { cause: meaning.cause }),
    reason: `${what}${remedy}. ECS says: ${words.join("; ")}`,
  };
}

function meaningOf(reason = ""): Meaning | undefined {
  return CODES.get(/^[A-Za-z]+/.exec(reason)?.[0] ?? "") ?? meaningOfSentence(reason);
}

function meaningOfSentence(reason = ""): Meaning | undefined {
  return SENTENCES.find(([beginning]) => reason.startsWith(beginning))?.[1];
}

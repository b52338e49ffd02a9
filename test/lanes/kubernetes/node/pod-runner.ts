import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContainerEngine } from "../../../../local/containers/engine/engine.ts";
import type { KubernetesObject } from "../api-server/objects.ts";
import { type Store, timestamp } from "../api-server/store.ts";
import { type ContainerState, type ContainerStatus, running, terminated, waiting } from "./container-states.ts";
import { type Container, isSidecar, podOf, quantity } from "./pod.ts";

/** What a pod's containers run on. */
export interface NodeParts {
  readonly store: Store;
  readonly engine: ContainerEngine;
  /** An event about the pod. */
  readonly tell: (pod: KubernetesObject, type: "Normal" | "Warning", reason: string, message: string) => void;
  /** Waits as a kubelet does between two tries. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Runs one pod to its end. */
export interface PodRunner {
  /** When the pod has ended and is gone, if it was asked to. */
  readonly ended: Promise<void>;
  /** The pod was asked to end, or to end sooner. */
  terminate(graceSeconds: number): void;
  /** What a container has written so far. */
  log(container: string): string;
}

const IMAGE_NAME = /^[a-z0-9][a-z0-9.-]*(:[0-9]+)?(\/[a-z0-9._-]+)*(:[A-Za-z0-9._-]{1,128})?(@sha256:[0-9a-f]{64})?$/;
const PULL_PAUSE = 500;
const RESTART_PAUSE = 500;

/**
 * A kubelet's part for one pod: init containers one after the other, sidecars that stay and are started again, the
 * pod's own containers; then the sidecars are asked to end. A pod that is asked to end asks its own containers first.
 * Source: Kubernetes, "Pod Lifecycle", "Sidecar Containers".
 */
export function runPod({ store, engine, tell, pause }: NodeParts, object: KubernetesObject): PodRunner {
  const pod = podOf(object);
  const scratch = mkdtempSync(join(tmpdir(), "sluice-pod-"));
  const logs = new Map<string, Buffer[]>();
  const statuses = new Map<string, ContainerStatus>();
  const living = new Map<string, string>();
  const gone = new Map<string, Promise<void>>();
  const made: string[] = [];
  const { initContainers = [], containers } = pod.podSpec;
  let grace: number | undefined;
  let areSidecarsEnding = false;

  const publish = (more: Record<string, unknown> = {}): void => {
    const of = (list: readonly Container[]) => list.map(({ name }) => statuses.get(name));
    if (store.find("pods", pod.metadata.namespace, pod.metadata.name) !== undefined) {
      store.update("pods", pod, (kept) => {
        const status = { initContainerStatuses: of(initContainers), containerStatuses: of(containers), ...more };
        kept.status = structuredClone({ ...kept.status, ...status });
      });
    }
  };

  const set = (name: string, state: ContainerState): void => {
    const status = statuses.get(name);
    if (status !== undefined) {
      const isRunning = "running" in state;
      if ("terminated" in status.state) status.lastState = status.state;
      Object.assign(status, { state, ready: isRunning, started: isRunning });
      publish();
    }
  };

  /** Waits until the image is there; `false` when the pod is to end before. */
  const pull = async ({ name, image = "" }: Container): Promise<boolean> => {
    for (let tries = 0; grace === undefined; tries++) {
      if (!IMAGE_NAME.test(image)) {
        set(
          name,
          waiting("InvalidImageName", `Failed to apply default image tag "${image}": couldn't parse image name`),
        );
      } else if (await engine.hasImage(image)) {
        return true;
      } else {
        const message = `failed to pull and unpack image "${image}": not found`;
        set(
          name,
          tries % 2 === 0
            ? waiting("ErrImagePull", message)
            : waiting("ImagePullBackOff", `Back-off pulling image "${image}"`),
        );
        tell(pod, "Warning", "Failed", message);
      }
      await pause(PULL_PAUSE);
    }
    return false;
  };

  /** Runs a container once; answers how it ended. */
  const runOnce = async (container: Container, onRunning: () => void): Promise<ContainerState> => {
    const { name, image = "" } = container;
    const status = statuses.get(name);
    const engineName = `sluice-pod-${pod.metadata.uid.slice(0, 8)}-${name}-${status?.restartCount ?? 0}`;
    const environment = await readEnvironment(container);
    if (environment === undefined) {
      return terminated(137, "Error", "The pod was asked to end.");
    }
    const memory = quantity(container.resources?.limits?.["memory"]);
    made.push(engineName);
    try {
      await engine.create({
        name: engineName,
        image,
        ...(container.command !== undefined && { entryPoint: container.command }),
        ...(container.args !== undefined && { command: container.args }),
        environment,
        volumes: (container.volumeMounts ?? []).map((mount) => ({
          name: join(scratch, mount.name),
          path: mount.mountPath,
          readOnly: mount.readOnly === true,
        })),
        readOnlyRoot: container.securityContext?.readOnlyRootFilesystem === true,
        init: false,
        ...(memory > 0 && { memoryMb: Math.ceil(memory / 2 ** 20) }),
      });
      await engine.start(engineName);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      tell(pod, "Warning", "Failed", `Error: ${message}`);
      return terminated(128, "StartError", message);
    }
    living.set(name, engineName);
    set(name, running());
    tell(pod, "Normal", "Started", `Started container ${name}`);
    onRunning();
    const output: Buffer[] = [];
    logs.set(name, output);
    const following = engine.follow(engineName, (chunk) => void output.push(chunk));
    gone.set(
      engineName,
      following.then(() => void living.delete(name)),
    );
    if (areSidecarsEnding || (grace !== undefined && !isSidecar(container))) {
      void stop(engineName, grace ?? 1);
    }
    const end = await following;
    living.delete(name);
    const reason = end.outOfMemory && end.exitCode !== 0 ? "OOMKilled" : end.exitCode === 0 ? "Completed" : "Error";
    return terminated(end.exitCode, reason);
  };

  /** SIGTERM to the first process, SIGKILL when its time is over. */
  const stop = async (engineName: string, seconds: number): Promise<void> => {
    // One that has ended meanwhile is as it should be.
    const signal = (name: "SIGTERM" | "SIGKILL") => engine.signal(engineName, name).catch(() => undefined);
    await signal("SIGTERM");
    await Promise.race([pause(seconds * 1000), gone.get(engineName)]);
    if ([...living.values()].includes(engineName)) {
      await signal("SIGKILL");
    }
  };

  /** Values, and what Secrets hold; waits for a Secret that is not there. */
  const readEnvironment = async (container: Container): Promise<Record<string, string> | undefined> => {
    while (grace === undefined || isSidecar(container)) {
      const entries = (container.env ?? []).map(({ name, value = "", valueFrom }) => {
        const reference = valueFrom?.secretKeyRef;
        return [name, reference === undefined ? value : readSecret(reference.name ?? "", reference.key)] as const;
      });
      const missing = entries.find(([, value]) => value === undefined);
      if (missing === undefined) {
        return Object.fromEntries(entries.map(([name, value]) => [name, value ?? ""]));
      }
      set(container.name, waiting("CreateContainerConfigError", `the secret for ${missing[0]} is not there`));
      await pause(PULL_PAUSE);
    }
    return undefined;
  };

  const readSecret = (name: string, key: string): string | undefined => {
    const data = store.find("secrets", pod.metadata.namespace, name)?.["data"];
    const value = (data as Record<string, string> | undefined)?.[key];
    return value === undefined ? undefined : Buffer.from(value, "base64").toString("utf8");
  };

  /** Keeps a sidecar running until the pod's own containers have ended; resolves when it first runs, or never will. */
  const runSidecar = (container: Container): { readonly started: Promise<void>; readonly ended: Promise<void> } => {
    let hasStarted = () => {};
    const started = new Promise<void>((resolve) => {
      hasStarted = resolve;
    });
    const loop = async () => {
      if (!(await pull(container))) return;
      for (;;) {
        const end = await runOnce(container, hasStarted);
        set(container.name, end);
        const isWanted = !areSidecarsEnding && grace === undefined;
        const status = statuses.get(container.name);
        if (!isWanted || status === undefined) return;
        if ("terminated" in end && (end.terminated.reason === "StartError" || status.restartCount > 0)) {
          set(container.name, waiting("CrashLoopBackOff", `back-off restarting failed container ${container.name}`));
          await pause(RESTART_PAUSE);
        }
        if (areSidecarsEnding || grace !== undefined) return;
        status.restartCount++;
      }
    };
    const ended = loop().finally(hasStarted);
    return { started, ended };
  };

  const run = async (): Promise<void> => {
    for (const { name, image = "" } of [...initContainers, ...containers]) {
      const state = waiting("PodInitializing");
      statuses.set(name, {
        name,
        image,
        imageID: "",
        state,
        lastState: {},
        ready: false,
        started: false,
        restartCount: 0,
      });
    }
    publish({ phase: "Pending", startTime: timestamp(Date.now()) });
    makeVolumes();
    const sidecars: Promise<void>[] = [];
    for (const container of initContainers) {
      if (isSidecar(container)) {
        const { started, ended } = runSidecar(container);
        sidecars.push(ended);
        await started;
      } else if (await pull(container)) {
        set(container.name, await runOnce(container, () => undefined));
      }
    }
    if (grace === undefined) {
      await Promise.all(
        containers.map(async (container) => {
          if (await pull(container)) {
            set(container.name, await runOnce(container, () => publish({ phase: "Running" })));
          }
        }),
      );
    }
    areSidecarsEnding = true;
    const seconds = grace ?? pod.podSpec.terminationGracePeriodSeconds ?? 30;
    await Promise.all([...living.values()].map((name) => stop(name, seconds)));
    await Promise.all(sidecars);
    const ends = containers.map(({ name }) => statuses.get(name)?.state);
    const isGood = ends.every((end) => end !== undefined && "terminated" in end && end.terminated.exitCode === 0);
    publish({ phase: isGood ? "Succeeded" : "Failed" });
  };

  const makeVolumes = (): void => {
    for (const { name, secret } of pod.podSpec.volumes ?? []) {
      const directory = join(scratch, name);
      mkdirSync(directory);
      chmodSync(directory, 0o777);
      const data = secret && store.find("secrets", pod.metadata.namespace, secret.secretName ?? "")?.["data"];
      for (const [key, value] of Object.entries((data ?? {}) as Record<string, string>)) {
        writeFileSync(join(directory, key), Buffer.from(value, "base64"));
      }
    }
  };

  // Not at once: what it publishes is heard by whoever called.
  const begun = Promise.resolve().then(run);
  const ended = begun.finally(async () => {
    await engine.remove({ containers: made, volumes: [] });
    rmSync(scratch, { recursive: true, force: true });
    if (store.find("pods", pod.metadata.namespace, pod.metadata.name)?.metadata.deletionTimestamp !== undefined) {
      store.remove("pods", pod);
    }
  });

  return {
    ended,
    terminate(graceSeconds) {
      if (grace !== undefined && grace <= graceSeconds) {
        return;
      }
      grace = graceSeconds;
      tell(pod, "Normal", "Killing", "Stopping the pod's containers");
      const own = new Set(containers.map(({ name }) => name));
      const alive = [...living].filter(([name]) => own.has(name));
      // Without any of its own containers running, nothing but sidecars has to end.
      for (const [, name] of alive.length > 0 ? alive : living) {
        void stop(name, graceSeconds);
      }
    },
    log: (container) => Buffer.concat(logs.get(container) ?? []).toString("utf8"),
  };
}

/**
 * The port to whatever runs containers on this machine. Everything that is made bears the label of whom it belongs to,
 * so that it can be found again by whoever comes after a crash.
 */
export interface ContainerEngine {
  /** `podman` or `docker`, for messages. */
  readonly name: string;
  /** Makes sure that the image is on this machine. Rejects with what the engine says when it cannot be had. */
  pull(image: string): Promise<void>;
  hasImage(image: string): Promise<boolean>;
  /** Builds the `Dockerfile` of a directory. */
  build(image: string, directory: string): Promise<void>;
  createVolume(name: string): Promise<void>;
  /** Prepares a container. Rejects with what the engine says. */
  create(container: ContainerSpecification): Promise<void>;
  /** Resolves when its first process runs. Rejects with what the engine says, above all that there is no such program. */
  start(name: string): Promise<void>;
  /** Hands on what a started container writes, from its beginning; resolves when it has ended and everything was handed on. */
  follow(name: string, onOutput: (chunk: Buffer) => void): Promise<ContainerEnd>;
  /** Runs a command inside a container that runs; answers its exit code, or `undefined` past the time. */
  execute(name: string, command: readonly string[], timeoutSeconds: number): Promise<number | undefined>;
  /** Sends a signal to its first process; one that has ended is no error. */
  signal(name: string, signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Ends containers by force and removes them, then volumes. What is not there is no error. */
  remove(remains: Remains): Promise<void>;
  /** Everything on this machine that bears the label of an owner, by owner. */
  owned(): Promise<ReadonlyMap<string, Remains>>;
  /** Ends what the engine itself keeps for this process. */
  close(): void;
}

/** What containers leave behind, by name. */
export interface Remains {
  readonly containers: readonly string[];
  readonly volumes: readonly string[];
}

/** One container as the engine gets it. Absent is as the image says, or no limit. */
export interface ContainerSpecification {
  /** Unique on this machine. */
  readonly name: string;
  readonly image: string;
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly { readonly name: string; readonly path: string; readonly readOnly: boolean }[];
  readonly user?: string;
  readonly workingDirectory?: string;
  readonly readOnlyRoot: boolean;
  /** A first process of the engine's own, which passes signals on and collects orphans. */
  readonly init: boolean;
  /** MiB; what takes more is killed. */
  readonly memoryMb?: number;
  /** Share of the processors when they are busy; 1024 is that of one. */
  readonly cpuShares?: number;
  /** `linux/arm64`; absent: what the machine is. */
  readonly platform?: string;
}

/** How a container ended. */
export interface ContainerEnd {
  readonly exitCode: number;
  /** The kernel killed it, or something in it, because it took more memory than it may. */
  readonly outOfMemory: boolean;
}

/** An engine was asked for something and refused; the message is the engine's own. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}

import {
  type ContainerEnd,
  type ContainerEngine,
  type ContainerSpecification,
  EngineError,
  type Remains,
} from "../../../local/containers/engine/engine.ts";

/** What became of one container of a fake engine. */
export interface FakeContainer {
  readonly specification: ContainerSpecification;
  readonly print: (text: string | Buffer) => void;
  /** Its first process ends. */
  readonly end: (end: Partial<ContainerEnd>) => void;
  isRunning: boolean;
  /** What it was sent. */
  readonly signals: string[];
}

/** An engine without containers: a test says when each ends. */
export interface FakeEngine extends ContainerEngine {
  /** Every call that changes something, as `verb name`. */
  readonly calls: readonly string[];
  readonly volumes: ReadonlySet<string>;
  /** The container whose name ends so; waits for nothing. */
  container(name: string): FakeContainer;
  has(name: string): boolean;
  /** What the health check answers next. */
  health: number | undefined;
}

export interface FakeEngineOptions {
  /** Images that cannot be had, and what the engine says. */
  readonly missing?: Readonly<Record<string, string>>;
  /** Images whose containers do not start. */
  readonly broken?: Readonly<Record<string, string>>;
  /** Pulls that never end. */
  readonly slow?: readonly string[];
  /** Containers that a SIGTERM ends at once; others need `end`. */
  readonly obedient?: boolean;
  readonly owned?: ReadonlyMap<string, Remains>;
}

export function createFakeEngine(options: FakeEngineOptions = {}): FakeEngine {
  const calls: string[] = [];
  const containers = new Map<string, FakeContainer & { readonly ended: Promise<ContainerEnd>; pending: Buffer[] }>();
  const listeners = new Map<string, (chunk: Buffer) => void>();
  const volumes = new Set<string>();
  const short = (name: string) => name.replace(/^sluice-[0-9a-f]{32}-/, "");
  const get = (name: string) => {
    const found = containers.get(name);
    if (found === undefined) throw new EngineError(`no container with name "${name}"`);
    return found;
  };

  return {
    name: "fake",
    calls,
    volumes,
    health: 0,
    container(name) {
      const found = [...containers].find(([full]) => short(full) === name)?.[1];
      if (found === undefined) throw new Error(`there is no container ${name}: ${calls.join(", ")}`);
      return found;
    },
    has: (name) => [...containers.keys()].some((full) => short(full) === name),
    hasImage: async (image) => options.missing?.[image] === undefined,
    async pull(image) {
      calls.push(`pull ${image}`);
      if (options.slow?.includes(image)) await new Promise(() => undefined);
      const refusal = options.missing?.[image];
      if (refusal !== undefined) throw new EngineError(refusal);
    },
    async build(image) {
      calls.push(`build ${image}`);
    },
    async createVolume(name) {
      calls.push(`volume ${short(name)}`);
      volumes.add(name);
    },
    async create(specification) {
      const { name } = specification;
      calls.push(`create ${short(name)}`);
      const end = Promise.withResolvers<ContainerEnd>();
      const container = {
        specification,
        pending: [] as Buffer[],
        print(text: string | Buffer) {
          const listener = listeners.get(name);
          if (listener === undefined) container.pending.push(Buffer.from(text));
          else listener(Buffer.from(text));
        },
        end(how: Partial<ContainerEnd>) {
          container.isRunning = false;
          end.resolve({ exitCode: 0, outOfMemory: false, ...how });
        },
        isRunning: false,
        signals: [] as string[],
        ended: end.promise,
      };
      containers.set(name, container);
    },
    async start(name) {
      const container = get(name);
      const refusal = options.broken?.[container.specification.image];
      if (refusal !== undefined) throw new EngineError(refusal);
      calls.push(`start ${short(name)}`);
      container.isRunning = true;
    },
    async follow(name, onOutput) {
      const container = get(name);
      listeners.set(name, onOutput);
      for (const chunk of container.pending) onOutput(chunk);
      return await container.ended;
    },
    async execute() {
      return this.health;
    },
    async signal(name, signal) {
      const container = get(name);
      container.signals.push(signal);
      if (signal === "SIGKILL") container.end({ exitCode: 137 });
      else if (options.obedient ?? true) container.end({ exitCode: 143 });
    },
    async remove(remains) {
      for (const name of remains.containers) {
        if (!containers.has(name)) continue;
        calls.push(`remove ${short(name)}`);
        containers.get(name)?.end({ exitCode: 137 });
        containers.delete(name);
      }
      for (const name of remains.volumes) {
        if (volumes.delete(name)) calls.push(`remove ${short(name)}`);
      }
    },
    owned: async () => options.owned ?? new Map(),
    close() {
      calls.push("close");
    },
  };
}

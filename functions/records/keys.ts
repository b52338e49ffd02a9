/** Primary key of an item of the one table. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** What the sort keys of a run's items begin with. */
export const SORT_KEYS = {
  /** The whole sort key: a run has one such item. */
  run: "run",
  action: "action#",
  attempt: "attempt#",
  output: "output#",
  runOutput: "run-output#",
} as const;

/** Partition of everything that is kept of a run. */
export function runPartition(runId: string): string {
  return `run#${runId}`;
}

/** Key of a run's own item. */
export function runKey(runId: string): ItemKey {
  return { pk: runPartition(runId), sk: SORT_KEYS.run };
}

/** Key of an action of a run. */
export function actionKey(runId: string, key: string): ItemKey {
  return { pk: runPartition(runId), sk: `${SORT_KEYS.action}${key}` };
}

/** Six digits keep the attempts of an action in order. */
export function attemptKey(runId: string, key: string, n: number): ItemKey {
  return { pk: runPartition(runId), sk: `${SORT_KEYS.attempt}${key}#${String(n).padStart(6, "0")}` };
}

/** The key of an action holds no `#`, so the name of an output may. Without a name: what its outputs begin with. */
export function outputKey(runId: string, key: string, name = ""): ItemKey {
  return { pk: runPartition(runId), sk: `${SORT_KEYS.output}${key}#${name}` };
}

/** An output of the pipeline itself. */
export function runOutputKey(runId: string, name: string): ItemKey {
  return { pk: runPartition(runId), sk: `${SORT_KEYS.runOutput}${name}` };
}

/** Key of a state machine that a submission has made. */
export function machineKey(name: string): ItemKey {
  return { pk: `machine#${name}`, sk: "machine" };
}

/** The parts of an attempt's id. */
export interface AttemptName {
  readonly runId: string;
  readonly key: string;
  readonly n: number;
}

/** `<runId>.<actionKey>.<n>`: neither run ids nor action keys hold a dot. */
export function attemptIdOf({ runId, key, n }: AttemptName): string {
  return `${runId}.${key}.${n}`;
}

/** The parts of an attempt's id, or `undefined` where the text is none. */
export function parseAttemptId(attemptId: string): AttemptName | undefined {
  const match = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([1-9][0-9]{0,5})$/.exec(attemptId);
  const [, runId, key, n] = match ?? [];
  return runId === undefined || key === undefined || n === undefined ? undefined : { runId, key, n: Number(n) };
}

/** What a primary key names. */
export type NamedItem =
  | { readonly kind: "run"; readonly runId: string }
  | { readonly kind: "action"; readonly runId: string; readonly key: string }
  | ({ readonly kind: "attempt" } & AttemptName);

/** Reads the keys of the items that `sweep` finds; `undefined` for any other. */
export function parseItemKey({ pk, sk }: ItemKey): NamedItem | undefined {
  const runId = pk.startsWith("run#") ? pk.slice("run#".length) : undefined;
  const [kind, key, n] = sk.split("#");
  if (runId === undefined) {
    return undefined;
  }
  if (kind === "run") {
    return { kind, runId };
  }
  if (kind === "action" && key !== undefined) {
    return { kind, runId, key };
  }
  return kind === "attempt" && key !== undefined && n !== undefined ? { kind, runId, key, n: Number(n) } : undefined;
}

import { randomBytes, randomUUID } from "node:crypto";
import { type KubernetesObject, type Plural, RESOURCES, type WatchEvent } from "./objects.ts";
import { alreadyExists, notFound } from "./status.ts";

/** What the server keeps, and who wants to hear of it: an etcd in the small. */
export interface Store {
  create(plural: Plural, object: KubernetesObject): KubernetesObject;
  /** Throws a 404 where there is none. */
  get(plural: Plural, namespace: string, name: string): KubernetesObject;
  find(plural: Plural, namespace: string, name: string): KubernetesObject | undefined;
  list(plural: Plural, namespace?: string): KubernetesObject[];
  /** Replaces what `change` answers; the version rises. */
  update(plural: Plural, object: KubernetesObject, change: (copy: KubernetesObject) => void): KubernetesObject;
  /** Takes it away, and what it owns. */
  remove(plural: Plural, object: KubernetesObject): void;
  version(): string;
  /** Everything that has happened after `version` and then what happens; answers what ends it. */
  watch(plural: Plural, version: string | undefined, listener: (event: WatchEvent) => void): () => void;
}

export function createStore(now: () => number): Store {
  const objects = new Map<string, KubernetesObject>();
  const history: { readonly plural: Plural; readonly version: number; readonly event: WatchEvent }[] = [];
  const listeners = new Set<{ readonly plural: Plural; readonly hear: (event: WatchEvent) => void }>();
  let version = 1;
  const keyOf = (plural: Plural, namespace: string, name: string) => `${plural}/${namespace}/${name}`;

  const announce = (plural: Plural, type: WatchEvent["type"], object: KubernetesObject) => {
    const event = { type, object: structuredClone(object) };
    history.push({ plural, version, event });
    for (const listener of [...listeners]) {
      if (listener.plural === plural) {
        listener.hear(event);
      }
    }
  };

  const store: Store = {
    create(plural, object) {
      const { metadata } = object;
      const name = metadata.name || `${metadata.generateName ?? ""}${randomBytes(4).toString("hex").slice(0, 5)}`;
      const key = keyOf(plural, metadata.namespace, name);
      if (objects.has(key)) {
        throw alreadyExists(plural, name);
      }
      version++;
      const kept: KubernetesObject = {
        ...structuredClone(object),
        metadata: {
          ...structuredClone(metadata),
          name,
          uid: randomUUID(),
          resourceVersion: String(version),
          creationTimestamp: timestamp(now()),
        },
      };
      objects.set(key, kept);
      announce(plural, "ADDED", kept);
      return structuredClone(kept);
    },
    find: (plural, namespace, name) => structuredClone(objects.get(keyOf(plural, namespace, name))),
    get(plural, namespace, name) {
      const found = store.find(plural, namespace, name);
      if (found === undefined) {
        throw notFound(plural, name);
      }
      return found;
    },
    list(plural, namespace) {
      const prefix = namespace === undefined ? `${plural}/` : `${plural}/${namespace}/`;
      return [...objects].filter(([key]) => key.startsWith(prefix)).map(([, object]) => structuredClone(object));
    },
    update(plural, { metadata }, change) {
      const changed = store.get(plural, metadata.namespace, metadata.name);
      const before = JSON.stringify(changed);
      change(changed);
      if (JSON.stringify(changed) === before) {
        return changed;
      }
      version++;
      changed.metadata.resourceVersion = String(version);
      objects.set(keyOf(plural, metadata.namespace, metadata.name), changed);
      announce(plural, "MODIFIED", changed);
      return structuredClone(changed);
    },
    remove(plural, { metadata }) {
      const key = keyOf(plural, metadata.namespace, metadata.name);
      const object = objects.get(key);
      if (object === undefined) {
        return;
      }
      objects.delete(key);
      version++;
      announce(plural, "DELETED", { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } });
      for (const { plural: other } of RESOURCES) {
        for (const owned of store.list(other, metadata.namespace)) {
          if (owned.metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid)) {
            removeOwned(other, owned);
          }
        }
      }
    },
    version: () => String(version),
    watch(plural, since, hear) {
      for (const past of history.filter((one) => one.plural === plural && one.version > Number(since ?? version))) {
        hear(past.event);
      }
      const listener = { plural, hear };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };

  /** The garbage collector deletes as anybody does: a pod is asked to end, anything else is gone. */
  const removeOwned = (plural: Plural, owned: KubernetesObject) => {
    if (plural === "pods") {
      deletePod(store, owned, undefined, now());
    } else {
      store.remove(plural, owned);
    }
  };
  return store;
}

/** Asks a pod to end. The kubelet takes it away when it has; one that no node has is gone at once. */
export function deletePod(store: Store, pod: KubernetesObject, graceSeconds: number | undefined, now: number): void {
  const isOver = pod.status?.["phase"] === "Succeeded" || pod.status?.["phase"] === "Failed";
  if (pod.spec?.["nodeName"] === undefined || isOver) {
    store.remove("pods", pod);
    return;
  }
  const own = pod.spec["terminationGracePeriodSeconds"];
  const seconds = graceSeconds ?? (typeof own === "number" ? own : 30);
  store.update("pods", pod, ({ metadata }) => {
    const end = timestamp(now + seconds * 1000);
    if (metadata.deletionTimestamp === undefined || end < metadata.deletionTimestamp) {
      metadata.deletionTimestamp = end;
      metadata.deletionGracePeriodSeconds = seconds;
    }
  });
}

/** As Kubernetes writes it: whole seconds. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

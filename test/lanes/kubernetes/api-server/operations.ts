import type { KubernetesObject, Plural, Resource } from "./objects.ts";
import { applyPatch } from "./patch.ts";
import { isSelected } from "./selectors.ts";
import { badRequest, conflict, StatusError } from "./status.ts";
import { deletePod, type Store } from "./store.ts";
import { validate, validateJobUpdate } from "./validate.ts";

/** What operations work on. */
export interface OperationParts {
  readonly store: Store;
  readonly now: () => number;
  /** What a pod's container has written; absent where nothing runs. */
  readonly logs?: (pod: KubernetesObject, container: string, tailLines: number | undefined) => Promise<string>;
}

/** A request, read. */
export interface Call {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly resource: Resource;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
  readonly contentType: string;
  readonly body: string;
}

/** Does what a request asks for; answers the body. Throws `StatusError`. */
export async function perform(options: OperationParts, call: Call): Promise<object | string> {
  const { store, now } = options;
  const { method, resource, namespace = "", name, subresource } = call;
  const { plural } = resource;
  if (name === undefined) {
    if (method === "POST") {
      return create(store, resource, namespace, call.body);
    }
    return method === "DELETE" ? deleteCollection(store, call, now()) : list(store, call);
  }
  const object = store.get(plural, namespace, name);
  if (subresource === "log") {
    const container = call.query.get("container") ?? "";
    const tail = call.query.get("tailLines");
    return (await options.logs?.(object, container, tail === null ? undefined : Number(tail))) ?? "";
  }
  switch (method) {
    case "GET":
      return object;
    case "PATCH":
      return replace(
        store,
        resource,
        object,
        applyPatch(object, call.contentType, parse(call.body)) as KubernetesObject,
        subresource,
      );
    case "PUT":
      return replace(store, resource, object, parse(call.body) as KubernetesObject, subresource);
    case "DELETE":
      remove(store, plural, object, call, now());
      return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details: { name, kind: plural } };
    default:
      throw new StatusError(405, "MethodNotAllowed", `the server does not allow this method: ${method}`);
  }
}

function create(store: Store, resource: Resource, namespace: string, body: string): KubernetesObject {
  const object = parse(body) as KubernetesObject;
  const apiVersion = resource.group === "" ? "v1" : `${resource.group}/v1`;
  if ((object.kind ?? resource.kind) !== resource.kind || (object.apiVersion ?? apiVersion) !== apiVersion) {
    throw badRequest(`the object provided is unrecognized: ${object.apiVersion} ${object.kind}`);
  }
  if ((object.metadata?.namespace ?? namespace) !== namespace) {
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  }
  const whole: KubernetesObject = {
    ...object,
    apiVersion,
    kind: resource.kind,
    metadata: { ...object.metadata, namespace },
  };
  validate(resource, whole);
  // A Secret is kept encoded, as it is read.
  const { stringData, ...kept } = whole;
  const written = Object.entries((stringData ?? {}) as Record<string, string>);
  const data = written.map(([key, value]) => [key, Buffer.from(value).toString("base64")]);
  return store.create(resource.plural, {
    ...kept,
    ...(resource.kind === "Secret" && { data: { ...(kept["data"] as object), ...Object.fromEntries(data) } }),
  });
}

function replace(
  store: Store,
  resource: Resource,
  before: KubernetesObject,
  after: KubernetesObject,
  subresource: string | undefined,
): KubernetesObject {
  const wanted = after.metadata?.resourceVersion;
  if (wanted !== undefined && wanted !== before.metadata.resourceVersion) {
    throw conflict(resource.plural, before.metadata.name);
  }
  if (subresource !== "status") {
    validate(resource, after);
    if (resource.kind === "Job") {
      validateJobUpdate(before, after);
    }
  }
  return store.update(resource.plural, before, (object) => {
    // Status is a subresource: each of the two leaves the other as it is.
    if (subresource === "status") {
      object.status = after.status ?? {};
    } else {
      const { resourceVersion, uid, creationTimestamp } = object.metadata;
      const { status: _status, ...rest } = after;
      Object.assign(object, rest, { metadata: { ...after.metadata, resourceVersion, uid, creationTimestamp } });
    }
  });
}

function remove(store: Store, plural: Plural, object: KubernetesObject, { query, body }: Call, now: number): void {
  const options = body === "" ? {} : (parse(body) as { gracePeriodSeconds?: number; propagationPolicy?: string });
  const grace = query.get("gracePeriodSeconds") ?? options.gracePeriodSeconds;
  if (plural === "pods") {
    deletePod(store, object, grace === undefined || grace === null ? undefined : Number(grace), now);
    return;
  }
  store.remove(plural, object);
}

function deleteCollection(store: Store, call: Call, now: number): object {
  for (const object of selected(store, call)) {
    remove(store, call.resource.plural, object, call, now);
  }
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" };
}

function selected(store: Store, { resource, namespace, query }: Call): KubernetesObject[] {
  return store
    .list(resource.plural, namespace)
    .filter((object) => isSelected(object, query.get("labelSelector") ?? "", query.get("fieldSelector") ?? ""));
}

function list(store: Store, call: Call): object {
  const all = selected(store, call);
  const from = Number(call.query.get("continue") ?? 0);
  const to = from + Number(call.query.get("limit") ?? Number.MAX_SAFE_INTEGER);
  const apiVersion = call.resource.group === "" ? "v1" : `${call.resource.group}/v1`;
  const next = to < all.length ? { continue: String(to), remainingItemCount: all.length - to } : {};
  return {
    kind: `${call.resource.kind}List`,
    apiVersion,
    metadata: { resourceVersion: store.version(), ...next },
    items: all.slice(from, to),
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest("the body of the request is no JSON");
  }
}

import { badRequest } from "./status.ts";

type Tree = { [name: string]: unknown };

/** Applies a PATCH by its content type. Lists are replaced, as a merge patch does; nobody here patches lists otherwise. */
export function applyPatch(object: object, contentType: string, patch: unknown): object {
  if (contentType.startsWith("application/json-patch+json") && Array.isArray(patch)) {
    return patch.reduce<object>(applyOperation, structuredClone(object));
  }
  if (/^application\/(strategic-)?merge-patch\+json/.test(contentType) && isTree(patch)) {
    return merge(object as Tree, patch) as object;
  }
  throw badRequest(`the body of the request was in an unknown format: ${contentType}`);
}

/** Source: RFC 7396 */
function merge(target: unknown, patch: unknown): unknown {
  if (!isTree(patch)) {
    return patch;
  }
  const merged: Tree = isTree(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) {
      delete merged[name];
    } else {
      merged[name] = merge(merged[name], value);
    }
  }
  return merged;
}

/** `add`, `replace` and `remove` of RFC 6902, for members of objects. */
function applyOperation(object: object, operation: { op?: string; path?: string; value?: unknown }): object {
  const parts = (operation.path ?? "")
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = parts.pop();
  let parent = object as Tree;
  for (const part of parts) {
    const next = parent[part];
    if (!isTree(next)) {
      throw badRequest(`the server rejected our request due to an error in our request: ${operation.path}`);
    }
    parent = next;
  }
  if (last === undefined || !["add", "replace", "remove"].includes(operation.op ?? "")) {
    throw badRequest(`the server rejected our request due to an error in our request: ${operation.op}`);
  }
  if (operation.op === "remove") {
    delete parent[last];
  } else {
    parent[last] = operation.value;
  }
  return object;
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import type { Json } from "../../document.ts";
import { isObject } from "../../document.ts";
import type { Scope } from "../expression.ts";

/** `$variable.name.name`: what most expressions are. Followed without JSONata, and therefore at once. */
export interface Path {
  readonly variable: string;
  readonly names: readonly string[];
}

/** `unknown`: the path meets something that JSONata treats in its own way (an array, nothing at all). */
export type Followed = { readonly kind: "found"; readonly value: Json } | { readonly kind: "unknown" };

const PLAIN_NODE_KEYS = new Set(["type", "value", "position"]);

/** The path that a syntax tree consists of, or undefined where it has anything else in it. */
export function pathOf(ast: unknown): Path | undefined {
  const steps = stepsOf(ast);
  const [first, ...rest] = steps.map(plainNodeOf);
  if (first?.type !== "variable" || first.value === "" || first.value === "$") return undefined;
  const names = rest.flatMap((step) => (step?.type === "name" ? [step.value] : []));
  return names.length === rest.length ? { variable: first.value, names } : undefined;
}

function stepsOf(ast: unknown): readonly unknown[] {
  if (typeof ast !== "object" || ast === null || !("type" in ast)) return [];
  if (ast.type !== "path") return [ast];
  const isPlain = Object.keys(ast).every((key) => key === "type" || key === "steps");
  return isPlain && "steps" in ast && Array.isArray(ast.steps) ? ast.steps : [];
}

function plainNodeOf(node: unknown): { readonly type: unknown; readonly value: string } | undefined {
  if (typeof node !== "object" || node === null || !("type" in node) || !("value" in node)) return undefined;
  if (typeof node.value !== "string" || !Object.keys(node).every((key) => PLAIN_NODE_KEYS.has(key))) return undefined;
  return { type: node.type, value: node.value };
}

/** The value at the end of a path, where JSONata would do nothing else on the way. */
export function followPath(path: Path, scope: Scope): Followed {
  let value = path.variable === "states" ? scope.states() : scope.variable(path.variable);
  for (const name of path.names) {
    // Arrays are mapped over and flattened by JSONata; a missing name is its error to report.
    if (!isObject(value) || !Object.hasOwn(value, name)) return { kind: "unknown" };
    value = value[name];
  }
  return value === undefined ? { kind: "unknown" } : { kind: "found", value };
}

import jsonata from "jsonata";
import { asObject, type JsonObject, type StateView } from "./machine-view.ts";

/** A string of a definition with where it stands. */
export interface PlacedText {
  readonly path: string;
  readonly text: string;
  /** Field of the state (or of its catcher) that holds it: `Arguments`, `Output`. */
  readonly field: string;
  /** Inside an item of `Catch`. */
  readonly inCatch: boolean;
}

/** Every string among a state's own fields; those of states inside are theirs. Keys are strings too, but constant. */
export function textsOf(state: StateView): readonly PlacedText[] {
  const found: PlacedText[] = [];
  const visit = (value: unknown, path: string, field: string, inCatch: boolean): void => {
    if (typeof value === "string") found.push({ path, text: value, field, inCatch });
    else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, `${path}[${index}]`, field, inCatch);
    } else
      for (const [key, member] of Object.entries(asObject(value) ?? {}))
        visit(member, `${path}.${key}`, field, inCatch);
  };
  for (const [field, value] of Object.entries(state.object)) {
    if (field === "Branches" || field === "ItemProcessor") continue;
    if (field !== "Catch" && field !== "Choices" && field !== "Retry") {
      visit(value, `${state.path}.${field}`, field, false);
      continue;
    }
    for (const [index, item] of (Array.isArray(value) ? value : []).entries()) {
      for (const [inner, member] of Object.entries(asObject(item) ?? {})) {
        visit(member, `${state.path}.${field}[${index}].${inner}`, inner, field === "Catch");
      }
    }
  }
  return found;
}

/** The code of a `{% … %}` string; `undefined` for other text. */
export function codeOf(text: string): string | undefined {
  return text.startsWith("{%") && text.endsWith("%}") && text.length >= 4 ? text.slice(2, -2) : undefined;
}

/** What an expression uses. */
export interface ExpressionUse {
  /** Variables and functions by name, without `$`; those that the expression binds itself are left out. */
  readonly variables: ReadonlySet<string>;
  /** First steps behind `$states`; `undefined` is `$states` as a whole. */
  readonly states: ReadonlySet<string | undefined>;
}

/** Parses an expression with JSONata 2.0.6, the version that AWS runs; a message where that fails. */
export function analyzeExpression(code: string): ExpressionUse | { readonly error: string } {
  let ast: unknown;
  try {
    ast = jsonata(code).ast();
  } catch (error) {
    // JSONata throws plain objects; where its parser runs out of stack it is an Error.
    return { error: String(asObject(error)?.["message"] ?? error) };
  }
  const variables = new Set<string>();
  const bound = new Set<string>();
  const states = new Set<string | undefined>();
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null || seen.has(node)) return;
    seen.add(node);
    if (Array.isArray(node)) {
      for (const item of node) visit(item);
      return;
    }
    const { type, value, steps, lhs, arguments: parameters }: JsonObject = { ...node };
    if (type === "path" && Array.isArray(steps) && isVariable(steps[0], "states")) {
      states.add(nameOf(steps[1]));
      variables.add("states");
      for (const step of steps.slice(1)) visit(step);
      return;
    }
    if (type === "variable" && typeof value === "string" && value !== "" && value !== "$") {
      variables.add(value);
      if (value === "states") states.add(undefined);
    }
    if (type === "bind") addName(lhs);
    if (type === "lambda" && Array.isArray(parameters)) for (const parameter of parameters) addName(parameter);
    for (const member of Object.values(node)) visit(member);
  };
  const addName = (node: unknown): void => {
    bound.add(String(asObject(node)?.["value"]));
  };
  visit(ast);
  return { variables: new Set([...variables].filter((name) => !bound.has(name))), states };
}

function isVariable(node: unknown, name: string): boolean {
  const object = asObject(node);
  return object?.["type"] === "variable" && object["value"] === name;
}

function nameOf(node: unknown): string | undefined {
  const object = asObject(node);
  return object?.["type"] === "name" ? String(object["value"]) : undefined;
}

/** A JSON object of a definition, whatever it holds. */
export type JsonObject = { readonly [key: string]: unknown };

/** The states that share one `StartAt`: the machine itself, a branch of a Parallel, the processor of a Map. */
export interface ScopeView {
  /** Path of the object that holds `StartAt` and `States`, as in `States.stage 1.Branches[0]`; empty for the machine. */
  readonly path: string;
  readonly object: JsonObject;
  readonly parent: ScopeView | undefined;
  readonly states: ReadonlyMap<string, StateView>;
}

/** One state as the rules see it. */
export interface StateView {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly object: JsonObject;
  readonly scope: ScopeView;
  /** Scopes inside: branches, item processors. */
  readonly inner: readonly ScopeView[];
}

/** What rules look at: every scope and every state of a definition, outer ones first. */
export interface MachineView {
  readonly definition: JsonObject;
  readonly scopes: readonly ScopeView[];
  readonly states: readonly StateView[];
}

/** Lays a definition out; what is no object or has no states is left for the rule `shape`. */
export function viewMachine(definition: JsonObject): MachineView {
  const scopes: ScopeView[] = [];
  const states: StateView[] = [];
  const addScope = (object: JsonObject, path: string, parent: ScopeView | undefined): ScopeView => {
    const own = new Map<string, StateView>();
    const scope: ScopeView = { path, object, parent, states: own };
    scopes.push(scope);
    for (const [name, state] of Object.entries(asObject(object["States"]) ?? {})) {
      const view = addState(name, state, scope);
      if (view) own.set(name, view);
    }
    return scope;
  };
  const addState = (name: string, value: unknown, scope: ScopeView): StateView | undefined => {
    const object = asObject(value);
    if (!object) return undefined;
    const path = joinPath(scope.path, `States.${name}`);
    const inner: ScopeView[] = [];
    const view: StateView = { name, path, type: String(object["Type"]), object, scope, inner };
    states.push(view);
    for (const [index, branch] of asList(object["Branches"]).entries()) {
      inner.push(addScope(asObject(branch) ?? {}, `${path}.Branches[${index}]`, scope));
    }
    const processor = asObject(object["ItemProcessor"]);
    if (processor) inner.push(addScope(processor, `${path}.ItemProcessor`, scope));
    return view;
  };
  addScope(definition, "", undefined);
  return { definition, scopes, states };
}

/** The value as an object that is no list; else `undefined`. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** The value as a list; empty when it is none. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Path of a member. */
export function joinPath(path: string, member: string): string {
  return path === "" ? member : `${path}.${member}`;
}

/** Names of the states that a state may go to, with the field that says so. */
export function transitionsOf({
  object,
  path,
}: StateView): readonly { readonly path: string; readonly target: unknown }[] {
  const own = ["Next", "Default"].flatMap((field) =>
    object[field] === undefined ? [] : [{ path: `${path}.${field}`, target: object[field] }],
  );
  const nested = ["Catch", "Choices"].flatMap((field) =>
    asList(object[field]).map((item, index) => ({
      path: `${path}.${field}[${index}].Next`,
      target: asObject(item)?.["Next"],
    })),
  );
  return [...own, ...nested];
}

/** Retriers or catchers of a state. */
export function handlersOf(
  state: StateView,
  field: "Retry" | "Catch",
): readonly { readonly path: string; readonly object: JsonObject }[] {
  return asList(state.object[field]).map((item, index) => ({
    path: `${state.path}.${field}[${index}]`,
    object: asObject(item) ?? {},
  }));
}

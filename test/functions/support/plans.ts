import type { Expression, Plan, PlanAction, PlanExpression, PlanValue, Reference } from "../../../compiler/index.ts";

/** Plans written by hand: a shop that builds, tests and deploys. */

const span = { start: 0, end: 0 };
const place = { line: 7, column: 15 };

/** A value without references. */
export const text = (value: string | number | boolean | null): PlanValue => ({ kind: "literal", value });

/** A value that is joined from texts and references. */
export const template = (...parts: readonly (string | Reference)[]): PlanValue => ({ kind: "template", parts, place });

export const output = (action: string, name: string): Reference => ({ kind: "output", action, output: name, span });
export const param = (name: string): Reference => ({ kind: "param", name, span });
export const dir = (namespace: string): Reference => ({ kind: "dir", namespace, span });
export const random = (type: string, start = 0): Reference => ({ kind: "random", type, span: { start, end: start } });
export const config = (...parts: readonly (string | Reference)[]): Reference => ({
  kind: "config",
  key: { parts, span },
  span,
});

/** An `if` or `break` that stands at line 9, column 11 of the file, offset 100. */
export function expression(source: string, tree: Expression): PlanExpression {
  return { expression: tree, text: source, start: 100, place: { line: 9, column: 11 } };
}

/** `left == right`. */
export function isEqual(left: Expression, right: Expression): Expression {
  return { kind: "binary", operator: "==", left, right, span: { start: 104, end: 110 } };
}

export const literal = (value: string | number | boolean): Expression => ({ kind: "literal", value, span });
export const quoted = (...parts: readonly (string | Reference)[]): Expression => ({ kind: "template", parts, span });
export const name = (word: "task_status" | "pipeline_status"): Expression => ({ kind: "name", name: word, span });

/** Always true. */
export const ALWAYS = expression("${{ 1 == 1 }}", isEqual(literal(1), literal(1)));
/** Cannot be evaluated: text is compared with a number. */
export const BROKEN = expression("${{ 1 > 'a' }}", {
  kind: "binary",
  operator: ">",
  left: literal(1),
  right: literal("a"),
  span: { start: 104, end: 111 },
});

/** An action of the plan; its key is its alias unless it says otherwise. */
export function action(alias: string, stage: number, rest: Partial<PlanAction> = {}): PlanAction {
  return {
    key: alias,
    alias,
    type: "custom-script",
    typeVersion: "1.0",
    stage,
    disabled: false,
    native: false,
    conditional: rest.condition !== undefined,
    description: undefined,
    labels: {},
    kind: "process",
    executor: "build",
    image: undefined,
    shell: ["sh", "-e"],
    typeScript: undefined,
    script: { text: `make ${alias}`, variables: [] },
    params: [],
    envs: [],
    condition: undefined,
    loop: undefined,
    retry: undefined,
    timeoutSeconds: 3600,
    resources: {},
    namespaces: [{ namespace: alias, key: alias, stored: true }],
    restores: [],
    wait: undefined,
    onFailure: "raise",
    ...rest,
  };
}

/** A plan of these actions. */
export function plan(actions: readonly PlanAction[], rest: Partial<Plan> = {}): Plan {
  return {
    format: 1,
    pipeline: "shop",
    name: "Shop release",
    file: "pipeline.yaml",
    params: [],
    outputs: [],
    actions,
    order: actions.map(({ key, alias, type, stage, disabled, native, conditional }) => ({
      key,
      alias,
      type,
      stage,
      disabled,
      native,
      conditional,
    })),
    ...rest,
  };
}

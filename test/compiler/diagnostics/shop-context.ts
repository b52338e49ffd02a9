import type { CompileContext, ExecutorKindTraits } from "../../../compiler/context.ts";
import type { ActionType, ActionTypeParam } from "../../../compiler/model/action-type.ts";

function actionType(name: string, rest: Partial<ActionType> = {}): ActionType {
  return {
    name,
    version: "1.0",
    description: `${name} of the shop`,
    params: [],
    outputs: undefined,
    image: undefined,
    script: undefined,
    native: undefined,
    executor: undefined,
    ...rest,
  };
}

function param(name: string, type: ActionTypeParam["type"], rest: Partial<ActionTypeParam> = {}): ActionTypeParam {
  return { name, type, required: false, default: undefined, description: name, ...rest };
}

function kind(name: string, rest: Partial<ExecutorKindTraits>): ExecutorKindTraits {
  return {
    kind: name,
    integration: "callback",
    hasAgent: true,
    startAllowanceSeconds: 60,
    usesImage: true,
    functionPlaceholder: `\${Execute${name}}`,
    ...rest,
  };
}

const types = [
  actionType("git-checkout", {
    params: [
      param("uri", "string", { required: true }),
      param("branch", "string", { default: "main" }),
      param("depth", "int"),
    ],
    outputs: [
      { name: "commit", description: "Commit that was checked out." },
      { name: "branch", description: "Branch that was checked out." },
    ],
  }),
  actionType("custom-script"),
  actionType("deploy", {
    params: [
      param("image", "string"),
      param("target", "string", { required: true }),
      param("replicas", "int"),
      param("dry_run", "boolean"),
      param("ratio", "float"),
      param("regions", "list"),
      param("settings", "map"),
      param("note", "any"),
    ],
    outputs: [{ name: "address", description: "Where the shop answers." }],
  }),
  actionType("announce"),
  actionType("wait", { params: [param("seconds", "int", { required: true })], native: "wait", outputs: [] }),
];

/** A small shop: it checks its code out, builds, deploys and announces. Runs on `box` (processes) and `ecs` (containers). */
export const SHOP_CONTEXT: CompileContext = {
  actionTypes: new Map(types.map((type) => [type.name, type])),
  kinds: new Map([
    ["process", kind("process", { usesImage: false })],
    ["ecs", kind("ecs", {})],
    ["wait", kind("wait", { integration: "function", hasAgent: false, usesImage: false })],
  ]),
  executors: new Map([
    ["box", { name: "box", kind: "process" }],
    ["ecs", { name: "ecs", kind: "ecs" }],
    ["wait", { name: "wait", kind: "wait" }],
  ]),
  defaultExecutor: "ecs",
};

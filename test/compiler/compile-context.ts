import type { ActionType, CompileContext, ExecutorDeclaration, ExecutorKindTraits } from "../../compiler/index.ts";

function actionType(name: string, given: Partial<ActionType> = {}): ActionType {
  return {
    name,
    version: "1.0",
    description: "",
    params: [],
    outputs: undefined,
    image: undefined,
    script: undefined,
    native: undefined,
    executor: undefined,
    ...given,
  };
}

function param(name: string, type: ActionType["params"][number]["type"], required: boolean, value?: number) {
  return { name, type, required, default: value, description: "" };
}

const TYPES: readonly ActionType[] = [
  actionType("custom-script", { image: "alpine:3", otherParams: true }),
  actionType("echo", { params: [param("text", "string", true)], script: 'echo "$ACTION_TEXT"\n' }),
  actionType("git-checkout", {
    params: [
      { ...param("uri", "string", true), format: "repository" },
      param("branch", "string", false),
      param("depth", "int", false, 1),
    ],
    outputs: ["commit", "branch"].map((name) => ({ name, description: "" })),
    script: 'git clone "$ACTION_URI" .\n',
  }),
  actionType("image-build", { params: [param("context", "string", true)], executor: "build" }),
  actionType("publish", { params: [{ ...param("address", "string", false), defaultEnv: "SHOP_ADDRESS" }] }),
  actionType("page", { executor: "pager" }),
  actionType("wait", { params: [param("wait_time_sec", "int", true)], outputs: [], native: "wait" }),
];

const KINDS: readonly ExecutorKindTraits[] = [
  {
    kind: "process",
    integration: "callback",
    hasAgent: true,
    startAllowanceSeconds: 60,
    usesImage: false,
    functionPlaceholder: "${ExecuteActionProcess}",
  },
  {
    kind: "ecs",
    integration: "callback",
    hasAgent: true,
    startAllowanceSeconds: 900,
    usesImage: true,
    functionPlaceholder: "${ExecuteActionEcs}",
  },
  {
    kind: "wait",
    integration: "function",
    hasAgent: false,
    startAllowanceSeconds: 60,
    usesImage: false,
    functionPlaceholder: "${ExecuteActionWait}",
  },
];

const EXECUTORS: readonly ExecutorDeclaration[] = [
  { name: "local", kind: "process" },
  { name: "build", kind: "ecs" },
];

/** What the tests of the compiler compile against: five action types, two executors. */
export const SHOP_CONTEXT: CompileContext = {
  actionTypes: new Map(TYPES.map((type) => [type.name, type])),
  kinds: new Map(KINDS.map((traits) => [traits.kind, traits])),
  executors: new Map(EXECUTORS.map((executor) => [executor.name, executor])),
  defaultExecutor: "local",
};

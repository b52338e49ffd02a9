import { LONGEST_WAIT_STATE_SECONDS } from "../asl/limits.ts";
import type { Stage } from "../model/pipeline.ts";
import type { Value } from "../model/value.ts";
import type { ActionNode, GraphStage, Step, WaitForm } from "./pipeline-graph.ts";

/** Param of a native wait that holds the seconds. Source: reference/erda.md 2.4, `wait`. */
const WAIT_PARAM = "wait_time_sec";

interface UnplannedStage {
  readonly number: number;
  readonly source: Stage;
  readonly nodes: readonly ActionNode[];
}

/**
 * Decides where a failure goes on. Siblings of a stage finish, and everything behind such a stage is entered after a
 * failure. The failure of a single action jumps to the next stage that holds an action with `if`, because nothing
 * before would run; where there is none it ends the machine. Source: reference/erda.md 1.7, 3.5.
 */
export function planFailureFlow(stages: readonly UnplannedStage[]): readonly GraphStage[] {
  const nextCondition = nextConditions(stages);
  // The first stage that is entered also after a failure; so are all behind it.
  let enteredAfterFailure = Number.POSITIVE_INFINITY;
  return stages.map(({ nodes, ...stage }, index): GraphStage => {
    const failureArrives = index >= enteredAfterFailure;
    const steps = nodes.map((node): Step => ({ node, wait: planWait(node, failureArrives) }));
    const canFail = steps.some(({ wait }) => wait?.kind !== "fixed");
    const isParallel = steps.length > 1;
    const onFailure = canFail && !isParallel ? nextCondition[index] : undefined;
    if (canFail && isParallel) enteredAfterFailure = Math.min(enteredAfterFailure, index + 1);
    if (onFailure !== undefined) enteredAfterFailure = Math.min(enteredAfterFailure, onFailure);
    return { ...stage, steps, onFailure };
  });
}

/** For each stage the index of the next one behind it that holds an action with `if`. */
function nextConditions(stages: readonly UnplannedStage[]): readonly (number | undefined)[] {
  let next: number | undefined;
  const backwards = [...stages.entries()].reverse().map(([index, { nodes }]) => {
    const behind = next;
    if (nodes.some(({ action }) => action.condition)) next = index;
    return behind;
  });
  return backwards.reverse();
}

function planWait({ action, type }: ActionNode, failureArrives: boolean): WaitForm | undefined {
  if (type?.native !== "wait") return undefined;
  const given = action.params.find(({ key }) => key === WAIT_PARAM)?.value;
  const fallback = type.params.find(({ name }) => name === WAIT_PARAM)?.default;
  const value = typeof fallback === "number" || typeof fallback === "string" ? fallback : 0;
  const seconds: Value = given ?? { kind: "literal", value, span: action.span };
  const fixed = secondsOf(seconds);
  if (fixed === undefined || action.condition || failureArrives) return { kind: "gated", seconds };
  return { kind: "fixed", seconds: fixed };
}

/** Seconds that a Wait state takes as they are; what is wrong with others is said by the function behind the gate. */
function secondsOf(value: Value): number | undefined {
  if (value.kind !== "literal" || value.value === null || typeof value.value === "boolean") return undefined;
  const text = String(value.value).trim();
  const seconds = Number(text);
  return /^\d+$/.test(text) && seconds <= LONGEST_WAIT_STATE_SECONDS ? seconds : undefined;
}

import type { LintRule } from "../rule.ts";
import { errorNames } from "./error-names.ts";
import { expressions } from "./expressions.ts";
import { knownFields } from "./known-fields.ts";
import { noPollLoop } from "./no-poll-loop.ts";
import { noUserText } from "./no-user-text.ts";
import { reachability } from "./reachability.ts";
import { resources } from "./resources.ts";
import { retriers } from "./retriers.ts";
import { shape } from "./shape.ts";
import { size } from "./size.ts";
import { stateNames } from "./state-names.ts";
import { statesAll } from "./states-all.ts";
import { statesObject } from "./states-object.ts";
import { timeouts } from "./timeouts.ts";
import { transitions } from "./transitions.ts";
import { variables } from "./variables.ts";
import { waits } from "./waits.ts";

/** Every rule, from the outer shape to the single value. */
export const LINT_RULES: readonly LintRule[] = [
  shape,
  size,
  knownFields,
  stateNames,
  transitions,
  reachability,
  noPollLoop,
  resources,
  timeouts,
  waits,
  retriers,
  statesAll,
  errorNames,
  expressions,
  variables,
  statesObject,
  noUserText,
];

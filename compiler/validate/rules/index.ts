import type { Rule } from "../rule-context.ts";
import { declaredOutput } from "./declared-output.ts";
import { envNames } from "./env-names.ts";
import { imageUsed } from "./image-used.ts";
import { knownActionType } from "./known-action-type.ts";
import { knownExecutor } from "./known-executor.ts";
import { knownParams } from "./known-params.ts";
import { knownReferenceTarget } from "./known-reference-target.ts";
import { legalAlias } from "./legal-alias.ts";
import { paramTypes } from "./param-types.ts";
import { referenceOrder } from "./reference-order.ts";
import { referenceWithEffect } from "./reference-with-effect.ts";
import { repetitionLimits } from "./repetition-limits.ts";
import { requiredParams } from "./required-params.ts";
import { uniqueAlias } from "./unique-alias.ts";
import { uniqueDeclarations } from "./unique-declarations.ts";
import { uniqueNamespace } from "./unique-namespace.ts";

/** Every rule. They are independent of each other; diagnostics are ordered by position afterwards. */
export const RULES: readonly Rule[] = [
  envNames,
  uniqueDeclarations,
  knownActionType,
  uniqueAlias,
  uniqueNamespace,
  legalAlias,
  knownParams,
  requiredParams,
  paramTypes,
  knownExecutor,
  imageUsed,
  repetitionLimits,
  knownReferenceTarget,
  referenceOrder,
  declaredOutput,
  referenceWithEffect,
];

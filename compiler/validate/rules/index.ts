import type { Rule } from "../rule-context.ts";
import { commandsInParams } from "./commands-in-params.ts";
import { declaredOutput } from "./declared-output.ts";
import { defaultTypes } from "./default-types.ts";
import { directoryByPath } from "./directory-by-path.ts";
import { directorySlash } from "./directory-slash.ts";
import { directoryUsed } from "./directory-used.ts";
import { effectOnWait } from "./effect-on-wait.ts";
import { envNames } from "./env-names.ts";
import { environmentSize } from "./environment-size.ts";
import { envsOfAllActions } from "./envs-of-all-actions.ts";
import { foreignInCommands } from "./foreign-in-commands.ts";
import { imageUsed } from "./image-used.ts";
import { knownActionType } from "./known-action-type.ts";
import { knownExecutor } from "./known-executor.ts";
import { knownParams } from "./known-params.ts";
import { knownReferenceTarget } from "./known-reference-target.ts";
import { knownShell } from "./known-shell.ts";
import { knownVersion } from "./known-version.ts";
import { legalAlias } from "./legal-alias.ts";
import { outputRefs } from "./output-refs.ts";
import { paramTypes } from "./param-types.ts";
import { paramsFromEnvs } from "./params-from-envs.ts";
import { paramsOfScheduledRuns } from "./params-of-scheduled-runs.ts";
import { referenceOrder } from "./reference-order.ts";
import { referenceWithEffect } from "./reference-with-effect.ts";
import { referencesAsText } from "./references-as-text.ts";
import { repetitionLimits } from "./repetition-limits.ts";
import { repositoryParams } from "./repository-params.ts";
import { requiredParams } from "./required-params.ts";
import { uniqueAlias } from "./unique-alias.ts";
import { uniqueDeclarations } from "./unique-declarations.ts";
import { uniqueNamespace } from "./unique-namespace.ts";

/** Every rule. They are independent of each other; diagnostics are ordered by position afterwards. */
export const RULES: readonly Rule[] = [
  envNames,
  environmentSize,
  envsOfAllActions,
  uniqueDeclarations,
  defaultTypes,
  paramsOfScheduledRuns,
  knownActionType,
  knownVersion,
  uniqueAlias,
  uniqueNamespace,
  legalAlias,
  knownParams,
  requiredParams,
  paramTypes,
  repositoryParams,
  paramsFromEnvs,
  commandsInParams,
  knownExecutor,
  knownShell,
  imageUsed,
  effectOnWait,
  repetitionLimits,
  knownReferenceTarget,
  referenceOrder,
  declaredOutput,
  referenceWithEffect,
  directoryByPath,
  directoryUsed,
  directorySlash,
  foreignInCommands,
  referencesAsText,
  outputRefs,
];

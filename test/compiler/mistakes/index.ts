import { ACTION_MISTAKES } from "./actions.ts";
import { CRON_MISTAKES } from "./cron.ts";
import { EXPRESSION_MISTAKES } from "./expressions.ts";
import { KEY_MISTAKES } from "./keys.ts";
import type { Mistake } from "./mistake.ts";
import { REFERENCE_MISTAKES } from "./references.ts";
import { YAML_MISTAKES } from "./yaml.ts";

export { longPipeline, MARK } from "./mistake.ts";
export { WHOLE_FILES } from "./whole-files.ts";

/** One row per mistake: what it is, the code that tells it, and the text with a mark at its place. */
export const MISTAKES: readonly Mistake[] = [
  ...YAML_MISTAKES,
  ...KEY_MISTAKES,
  ...CRON_MISTAKES,
  ...ACTION_MISTAKES,
  ...REFERENCE_MISTAKES,
  ...EXPRESSION_MISTAKES,
];

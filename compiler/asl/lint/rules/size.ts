import { canonicalBytes } from "../../../canonical-json.ts";
import { LARGEST_DEFINITION_BYTES } from "../../limits.ts";
import type { LintRule } from "../rule.ts";

/** The definition is not larger than Step Functions takes. */
export const size: LintRule = {
  name: "size",
  check({ definition }) {
    const bytes = canonicalBytes(definition).length;
    if (bytes <= LARGEST_DEFINITION_BYTES) return [];
    return [{ path: "", message: `The definition takes ${bytes} bytes; ${LARGEST_DEFINITION_BYTES} are allowed.` }];
  },
};

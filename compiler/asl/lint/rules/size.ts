import { canonicalJson } from "../../../canonical-json.ts";
import { utf8Length } from "../../../sha256.ts";
import { LARGEST_DEFINITION_BYTES } from "../../limits.ts";
import type { LintRule } from "../rule.ts";

/** The definition is not larger than Step Functions takes. */
export const size: LintRule = {
  name: "size",
  check({ definition }) {
    const bytes = utf8Length(canonicalJson(definition));
    if (bytes <= LARGEST_DEFINITION_BYTES) return [];
    return [{ path: "", message: `The definition takes ${bytes} bytes; ${LARGEST_DEFINITION_BYTES} are allowed.` }];
  },
};

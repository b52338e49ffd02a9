import { canonicalJson } from "../../../canonical-json.ts";
import { utf8Length } from "../../../sha256.ts";
import { DEFINITION_MAX_BYTES } from "../../limits.ts";
import type { LintRule } from "../rule.ts";

/** The definition is not larger than Step Functions takes. */
export const size: LintRule = {
  name: "size",
  check({ definition }) {
    const bytes = utf8Length(canonicalJson(definition));
    if (bytes <= DEFINITION_MAX_BYTES) return [];
    return [{ path: "", message: `The definition takes ${bytes} bytes; ${DEFINITION_MAX_BYTES} are allowed.` }];
  },
};

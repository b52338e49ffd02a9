import * as z from "zod";
import type { ExecutorKindTraits } from "../../../compiler/index.ts";

/** Host processes: for a laptop. `image` has no effect, and agents start at once. */
export const PROCESS_KIND: ExecutorKindTraits = {
  kind: "process",
  integration: "callback",
  hasAgent: true,
  startAllowanceSeconds: 60,
  usesImage: false,
  functionPlaceholder: "${ExecuteActionProcess}",
};

/** A configured executor of the kind `process`: there is nothing to configure. */
export const processExecutor = z.strictObject({ kind: z.literal("process") });

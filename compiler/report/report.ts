import type { ExecutorReason } from "../context.ts";

/** What a compilation costs and where each state comes from. Written as `report.json`. */
export interface Report {
  readonly machine: { readonly name: string; readonly hash: string; readonly states: number; readonly bytes: number };
  readonly planHash: string;
  /** Billed transitions: states entered plus retries; the start is not counted. */
  readonly transitions: { readonly least: number; readonly most: number; readonly success: number };
  /** History events of the worst case; Step Functions ends an execution at 25,000. */
  readonly worstCaseEvents: number;
  readonly actions: readonly {
    readonly key: string;
    readonly alias: string;
    readonly state: string | null;
    readonly kind: string;
    readonly executor: string;
    /** Why it runs there. */
    readonly executorReason: ExecutorReason;
    readonly line: number;
    readonly column: number;
  }[];
  /** State name -> place in the source file (1-based, end exclusive). */
  readonly sourceMap: {
    readonly [state: string]: {
      readonly line: number;
      readonly column: number;
      readonly endLine: number;
      readonly endColumn: number;
    };
  };
}

/** What happened to each action in one execution; the key is the action's key. */
export type Outcome = {
  readonly [actionKey: string]: {
    readonly end: "succeeded" | "failed" | "timedOut" | "skipped";
    readonly retries?: number;
  };
};

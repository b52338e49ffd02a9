import type { EventPattern } from "aws-cdk-lib/aws-events";

/** The pattern of a rule as a function's contract states it. */
export interface ContractRule {
  readonly source: readonly string[];
  readonly "detail-type": readonly string[];
  readonly detail: { readonly [key: string]: readonly unknown[] };
}

/** The contract's pattern, and beside it the part of the account that is this installation's. */
export function narrowed(rule: ContractRule, detail: { readonly [key: string]: readonly unknown[] }): EventPattern {
  return {
    source: [...rule.source],
    detailType: [...rule["detail-type"]],
    detail: { ...rule.detail, ...detail },
  };
}

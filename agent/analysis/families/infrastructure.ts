import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** Terraform, kubectl, Helm, Ansible, CloudFormation and the command lines of the clouds. Source: their messages; Terraform draws a box around its own. */
export const infrastructure: PatternFamily = [
  { kind: "configuration", weight: WEIGHTS.tool, line: /^│ Error: \S/, after: 5 },
  { kind: "tool", weight: WEIGHTS.tool, line: /An error occurred \(\w+\) when calling/, after: 1 },
  { kind: "tool", weight: WEIGHTS.tool, line: /^(?:ERROR|FATAL): \((?:gcloud|bq|gsutil)[.\w-]*\) /, after: 2 },
  {
    kind: "tool",
    weight: WEIGHTS.tool,
    line: /\b(?:CREATE|UPDATE|DELETE|ROLLBACK)_FAILED\b/,
    except: /Resource (?:creation|update) cancelled/,
  },
  {
    kind: "tool",
    weight: WEIGHTS.tool,
    line: /^(?:fatal|failed): \[[^\]]+\]:? (?:\([^)]*\) )?(?:(?:FAILED|UNREACHABLE)! )?=> |^ERROR! \S/,
    before: 1,
    after: 1,
  },
  {
    kind: "tool",
    weight: WEIGHTS.tool,
    line: /\b(?:CrashLoopBackOff|ImagePullBackOff|ErrImagePull|exceeded its progress deadline)\b|^The \w+ "[^"]+" is invalid:/,
  },
  {
    kind: "tool",
    weight: WEIGHTS.tool,
    line: /^Error from server \(|^error: (?:unable to recognize|error validating) /,
  },
  { kind: "tool", weight: WEIGHTS.tool, line: /^Error: (?:INSTALLATION|UPGRADE) FAILED: / },
];

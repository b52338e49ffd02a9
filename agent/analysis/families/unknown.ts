import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** What begins like an error of a tool that is not known here. A count of none is no error. */
export const unknown: PatternFamily = [
  {
    kind: "unknown",
    weight: WEIGHTS.unknown,
    line: /^(?:\[?[\d:.,TZ+-]+\]? )?(?:\[?(?:[Ee]rror|[Ff]atal|[Pp]anic|ERROR|FATAL|PANIC)(?:\]:?|:)|ERROR|FATAL)\s+\S|^[\w./-]+: (?:error|fatal|ERROR|FATAL): \S/,
    except: /\b(?:error|fatal)s?\]?:?\s+(?:0|none|no|null|nil|false|handling|handler|reporting)\b/i,
    after: 1,
  },
];

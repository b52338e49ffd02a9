import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** Counts of none, values of settings, tries that are repeated: no errors. */
const HARMLESS =
  /\b(?:errors?|failed|failures?|fatal|failing)["\]]?(?::|=|\s)\s*(?:0|none|no|null|nil|false|handling|handler|reporting|pages?|codes?|logs?)\b|\b\w+: 0$|\b(?:0|no|zero|without|any)\s+(?:\w+\s+)?(?:errors?|failures?|failed|failing|problems?)\b|\bretr(?:y|ied|ying)\b|\bignor(?:ed|ing)\b|\bskipping\b|^\s*\[?warn|\bwarning(?:\[[\w-]+\])?:|\bdeprecated\b|^npm (?:notice|warn|error A complete log)|^\[ERROR\] (?:-> )?(?:\[Help|To see the full|Re-run Maven|For more information|After correcting|Please refer)|^\s*(?:note: This (?:error|is an issue)|hint: See above|╰─> See above|× Encountered error while|error: subprocess-exited-with-error|× .* did not run successfully|error: Command .* returned non-zero)/i;

/** And no word in a compiler's excerpt of the source. */
const HARMLESS_HINT = new RegExp(
  String.raw`^\s*>?\s*\d* [|│] |^\s*(?:[✔✓√•]|PASS|ok\b|\d+:\d+\s+warning)|^(?:-- |checking |\[?(?:INFO|DEBUG|TRACE)\b)|${HARMLESS.source}`,
  "i",
);

/** And nothing that is done another way then. */
const HARMLESS_WHISPER = new RegExp(
  String.raw`,? (?:using|instead|falling back|by default|as it should)\b|\b(?:is|are) up to date\b|\balready (?:satisfied|installed|exists, skipping)\b|${HARMLESS_HINT.source}`,
  "i",
);

/** What begins like an error of a tool that is not known here, or names its level so. */
export const unknown: PatternFamily = [
  // A count of what was said before.
  {
    kind: "tool",
    weight: WEIGHTS.consequence,
    line: /^(?:(?:\[?error\]?|✖):? )?(?:found )?[1-9]\d* (?:errors?|problems?|failures?|issues?|violations?|offenses?)\b|^Error: [1-9]\d* .*\bfailed$/i,
    except: HARMLESS,
    before: 2,
  },
  {
    kind: "unknown",
    weight: WEIGHTS.unknown,
    line: /^\s*(?:[│|>] ?)?(?:\[?(?:[Ee]rror|[Ff]atal|[Pp]anic|ERROR|FATAL|PANIC|CRITICAL|SEVERE|ERR!?)(?:\]:?|:)|ERROR|FATAL|CRITICAL|SEVERE)\s+\S|^[\w./@-]+: (?:error|fatal|ERROR|FATAL|Error): \S|^[\w-]+ [Ee]rror: \S|\bHTTP\/[\d.]+ [45]\d\d\b|\bHTTP (?:status )?(?:code )?[45]\d\d\b/,
    except: HARMLESS,
    before: 1,
    after: 4,
  },
  // Marks of what went wrong in the lists that many tools write: `✖ subject may not be empty`, `❌ shop failed: ...`.
  {
    kind: "unknown",
    weight: WEIGHTS.unknown,
    line: /^\s*(?:[✖✗✘×⨯❌🚨]|\[!\]|##\[error\]|::error\b)\s*\S/u,
    except: HARMLESS,
    after: 4,
  },
  // Structured logs: `level=error msg="..."`, `{"level":"error","msg":"..."}`; Perl's and Ruby's loggers: `[FATAL]`.
  {
    kind: "unknown",
    weight: WEIGHTS.unknown,
    line: /\blevel=(?:error|fatal|panic)\b|"(?:level|severity|levelname)":\s*"(?:error|fatal|critical)"/i,
    except: HARMLESS,
    after: 1,
  },
  // `error during build:`, `shop.yaml: error while parsing`, `Invalid configuration: ...`, `Failed to load ...`.
  {
    kind: "unknown",
    weight: WEIGHTS.unknown,
    line: /^\s*(?:[Ee]rrors? (?:during|while|in|on|occurred|parsing|loading|reading|running|building|executing)\b|[Ff]ailed to \w|FAILED to \w|[Cc]ould ?n[o']t \w|[Cc]annot \w|[Cc]an't \w|[Uu]nable to \w|[Ii]nvalid \w|[Uu]nexpected \w|[Mm]issing (?:required|argument|value|parameter|environment)\b|[Uu]n(?:known|recogni[sz]ed) (?:option|command|argument|flag|key)\b)/,
    except: HARMLESS,
    before: 1,
    after: 3,
  },
  // Any word of failure, or a comparison that did not hold.
  {
    kind: "unknown",
    weight: WEIGHTS.hint,
    line: /(?<![\w./-])(?:errored|fail(?:ed|ure)|fatal|cannot|can't|could ?n[o']t|unable to|not (?:found|allowed|permitted|supported|valid|met|available)|no such|does(?:n't| not) (?:exist|match)|must (?:be|not|have)|denied|refused|rejected|forbidden|unauthori[sz]ed|invalid|illegal|is missing|missing (?:required|argument|value|file|or)|mismatch|differs?|timed out|exceed(?:ed|s)|aborted|un(?:expected|defined|healthy|known|bound|declared|recogni[sz]ed|supported|readable|reachable|resolved)|nothing to do|violat\w+|corrupt(?:ed)?|expired|too (?:many|large|long|old)|would (?:be )?reformat\w*)(?![\w/-]|\.\w)|\bexpected\b.*\b(?:got|but|actual|found|was)\b/i,
    except: HARMLESS_HINT,
    before: 1,
    after: 2,
  },
  // A place and what is wrong there: `cart.erl:3:10: variable unbound`, `prices.json line 4 column 2`.
  {
    kind: "unknown",
    weight: WEIGHTS.hint,
    line: /^[^\s:]+\.\w+:\d+(?::\d+)?(?::| -) (?!note|warning|info|debug)\S|\bline \d+,? col(?:umn)? \d+/,
    except: HARMLESS_HINT,
    before: 1,
    after: 2,
  },
  // The name of an exception: `shop.PriceError`, `StockException: none left`.
  {
    kind: "unknown",
    weight: WEIGHTS.hint,
    line: /[a-z](?:Exception|Error)\b/,
    except: HARMLESS_HINT,
    before: 1,
    after: 2,
  },
  // What is not, or is not so: `api.json is not up to date`, `no permission to read`.
  {
    kind: "unknown",
    weight: WEIGHTS.whisper,
    line: /\b(?:is|are|was|were|did|does|do|has|have|had|can|could|should|must|may|will)(?: not\b|n['’]t\b)|\bnot (?:in|a|an|the|be|of|yet|\w+(?:ed|able))\b|\b(?:has|have|is|are|with|of) no\b|\bno \w+ (?:to|for|in|on|of|from|with|given|set|matche[sd])\b|\b(?:already|only|must|please)\b/i,
    except: HARMLESS_WHISPER,
    before: 2,
    after: 1,
  },
  // A command about itself: `gzip: stdin: ...`.
  {
    kind: "unknown",
    weight: WEIGHTS.whisper,
    line: /^(?!(?:info|note|hint|warning|debug|notice|go|make|ninja|https?|remote|total|version|time|usage|tip): )[a-z][a-z\d+-]*(?:\.\w+)?: (?!OK\b|ok\b|done\b|yes\b|no\b|creating\b|[[{])\S/,
    except: HARMLESS_WHISPER,
    before: 2,
    after: 1,
  },
];

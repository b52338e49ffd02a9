/** Words in brackets that are no name but a level: they stay, for they are what the signs look for. */
const LEVEL = String.raw`(?!\[?[^\]\s]*(?:error|err!|fatal|fail|panic|crit|severe|warn|info|debug|trace))`;

/** What CI, log collectors and runners of several tasks write before each line. */
const PREFIXES: readonly RegExp[] = [
  // A time stamp: `2026-05-04T10:00:00.123Z `, `[2026/05/04 10:00:00] `, `10:00:00.123 `, `May  4 10:00:00 `.
  /^\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ])?\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z| ?[+-]\d\d:?\d\d)?(?:\]:?|:)?\s+(?=\S)/,
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d\s/,
  // BuildKit: `#8 1.234 `, and `1.234 ` where it repeats the step that failed.
  /^(?:#\d+ )?\d+\.\d{2,3} (?=\S| {2})/,
  // A count or a duration: `[ 12%] `, `[3/8] `, `[  3.2s] `.
  /^\[\s*\d+(?:[./:]\d+)*(?:%|m?s)?\]\s+/,
  // A name in brackets: `[build] `, `[@shop/cart] `.
  new RegExp(`^${LEVEL}\\[[\\w@./:#-]+\\]:? (?=\\s*\\S)`, "i"),
  // Docker Compose, and `concurrently`: `web-1  | `.
  new RegExp(`^${LEVEL}[A-Za-z][\\w.-]*\\s*\\| (?=\\s*\\S)`, "i"),
  // The bar that Python draws beside the exceptions of a group.
  /^\s+\| (?=\s*\S)/,
  // Turborepo, lerna and `pnpm -r`: `@shop/cart:build: `, `@shop/cart: `, `cart:build: `, `packages/cart build: `.
  /^@[\w-]+\/[\w-]+(?::[\w:-]+)?: (?=\S)/,
  new RegExp(`^${LEVEL}[a-z][\\w-]*:[a-z][\\w-]*: (?=\\S)`, "i"),
  new RegExp(`^${LEVEL}[\\w@][\\w@./-]*/[\\w.-]+ (?!error|fatal|warning|failed)[a-z][\\w:-]*: (?=\\S)`, "i"),
  // Cloud Build: `Step #0 - "build": `.
  /^Step #\d+(?: - "[^"]*")?: /,
];

/** All of them in one pattern: most lines have none. */
const ANY_PREFIX = new RegExp(PREFIXES.map(({ source }) => `(?:${source})`).join("|"), "i");

/** More than one is written where a runner of tasks runs in CI. */
const MOST_PREFIXES = 4;

/** `go test -json` and Docker's log files hold each line in a JSON object. */
const WRAPPED = /"(?:Output|log)":"((?:[^"\\]|\\.)*)(?:\\n)?"/;

function unwrapped(text: string): string {
  const [, inner = text] = WRAPPED.exec(text) ?? [];
  return inner.replace(/\\n$/, "").replaceAll("\\t", "\t").replaceAll('\\"', '"');
}

/** A line without what was written before it by somebody else than the tool. */
export function withoutPrefix(text: string): string {
  let rest = text.startsWith("{") ? unwrapped(text) : text;
  for (let round = 0; round < MOST_PREFIXES && ANY_PREFIX.test(rest); round += 1) {
    const shorter = PREFIXES.reduce((left, prefix) => left.replace(prefix, ""), rest);
    if (shorter === rest || shorter.trim() === "") {
      break;
    }
    rest = shorter;
  }
  return rest;
}

import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** The line that tells, behind npm's codes and places and before its hints for every case. */
const TELLS =
  /^npm (?:ERR!|error) (?!code |syscall |errno |path |dest |cwd |workspace |location |A complete|For a full|This is|If you|In most)(?:40\d )?(?!Note|In case|tarball|You should)\S/;

/** npm before and since version 10 (`npm ERR!`, `npm error`), Yarn and pnpm. Source: npm docs, "Common errors". */
export const npm: PatternFamily = [
  { kind: "disk-full", weight: WEIGHTS.system, line: /^npm (?:ERR!|error) code ENOSPC/, after: 3 },
  {
    kind: "authentication",
    weight: WEIGHTS.tool,
    line: /^npm (?:ERR!|error) (?:code (?:E401|E403|ENEEDAUTH)|40[13] )/,
    after: 2,
    tells: TELLS,
  },
  {
    kind: "network",
    weight: WEIGHTS.tool,
    line: /^npm (?:ERR!|error) (?:code (?:ENOTFOUND|ECONN\w+|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT|\w*CERT\w*|E50\d)|network |FetchError: )/,
    except: /npm (?:ERR!|error) network (?:In most|If you|This is a problem|$)/,
    after: 3,
  },
  { kind: "permission", weight: WEIGHTS.tool, line: /^npm (?:ERR!|error) code (?:EACCES|EPERM)/, after: 4 },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^npm (?:ERR!|error) (?:code (?:E404|ERESOLVE|ETARGET|ENOTCACHED|EINTEGRITY|EUSAGE|EBADENGINE)|404 (?!Note|In case|tarball|You should|\s*$))/,
    after: 4,
    tells: TELLS,
  },
  {
    kind: "configuration",
    weight: WEIGHTS.tool,
    line: /^npm (?:ERR!|error) code EJSONPARSE/,
    after: 2,
    tells: TELLS,
  },
  { kind: "configuration", weight: WEIGHTS.tool, line: /^npm (?:ERR!|error) [Mm]issing script: /, after: 1 },
  {
    kind: "missing-file",
    weight: WEIGHTS.command,
    line: /^npm (?:ERR!|error) (?:code ENOENT|enoent (?:ENOENT|Could))/,
    after: 4,
  },
  {
    kind: "tool",
    weight: WEIGHTS.consequence,
    line: /^npm (?:ERR!|error) (?:code \S|.*(?:failed|ELIFECYCLE))/,
    after: 3,
    tells: TELLS,
  },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^\s*ERR_PNPM_(?!RECURSIVE_RUN|RECURSIVE_EXEC|LIFECYCLE)\w+/,
    after: 2,
  },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^error (?:Couldn't find|An unexpected error occurred:|Your lockfile needs|Incorrect|Received malformed|Integrity check|Package \S+ (?:refers|not))/,
    after: 1,
  },
  {
    kind: "tool",
    weight: WEIGHTS.consequence,
    line: /^error Command failed with exit code \d+|ELIFECYCLE|ERR_PNPM_RECURSIVE_/,
    before: 3,
  },
];

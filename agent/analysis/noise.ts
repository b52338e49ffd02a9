/** Lines that tools put around what matters: counts, the tool's own frames of a stack, hints for every case. */
const NOISE =
  /^ℹ |^FAIL$|^\s+at .*\(?node:|^\s+at .*node_modules|^npm (?:ERR!|error)(?:$| A complete log| network (?:$|In most|This is|If you))|^-{5,}$|^={5,}$|^exit status \d+$/;

/** Whether a line that stands beside a finding says nothing about it. */
export function isNoise(text: string): boolean {
  return NOISE.test(text);
}

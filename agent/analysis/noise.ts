/** Lines that tools put around what matters: counts, the tool's own frames of a stack, hints for every case. */
const NOISE =
  /^ℹ |^FAIL$|^\s+at .*\(?node:|^\s+at .*node_modules|^npm (?:ERR!|error)(?:$| A complete log| network (?:$|In most|This is|If you))|^-{5,}$|^={5,}$|^exit status \d+$|^\s+(?:Jest (?:encountered an unexpected token|failed to parse a file)|Out of the box Jest|By default "node_modules"|Here's what you can do:|You'll find more details|For information about custom|Details:$| ?• )|^\[ERROR\]\s*(?:$|-> \[Help|\[Help|Please refer|To see the full|Re-run Maven|For more info)/;

/** Whether a line that stands beside a finding says nothing about it. */
export function isNoise(text: string): boolean {
  return NOISE.test(text);
}

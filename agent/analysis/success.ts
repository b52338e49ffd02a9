import { WEIGHTS, type Weight } from "./sign.ts";

/**
 * How tools close a whole run that went well. What only looked like an error before was printed by something that
 * went well then: a test that checks how errors are handled, a try that was repeated.
 */
const SUCCESS = new RegExp(
  [
    String.raw`^\[INFO\] BUILD SUCCESS|^BUILD SUCCESSFUL\b|^BUILD SUCCEEDED|\*\* BUILD SUCCEEDED`,
    String.raw`^Tests:\s+(?:\d+ (?:skipped|todo), )*\d+ passed,|^\s+Tests\s+\d+ passed(?: \| \d+ (?:skipped|todo))* \(\d+\)|^\s+\d+ passing\b`,
    String.raw`^=+ (?:\d+ \w+, )*\d+ passed\b(?!.*\b(?:failed|error)).*=+$|^\d+ passed(?:, \d+ (?:skipped|warnings?|deselected|xfailed|xpassed))* in `,
    String.raw`^\d+ (?:examples?|runs|scenarios?|tests?|specs?)\b(?:, [1-9]\d* (?:assertions|pending|skipped|passed))*, 0 failures(?:, 0 errors)?`,
    String.raw`^OK(?: \((?:\d+ tests?|skipped|expected|unexpected).*\))?$|^test result: ok\.|^100% tests passed|^Result: PASS`,
    "^# fail 0$",
    String.raw`^(?:Successfully (?:built|tagged|installed) |Apply complete!|webpack [\d.]+ compiled (?:successfully|with \d+ warnings?) in |✓ built in |added \d+ packages)`,
    String.raw`^#\d+ exporting to image|^#\d+ naming to `,
  ].join("|"),
);

/** `go test` about one package of several. */
const SUCCESS_OF_PART = /^ok\s+\S+\s+(?:[\d.]+s|\(cached\))/;

/** Up to which weight the findings before a line explain no failure, where the line says that a tool has ended well. */
export function absolvedWeight(text: string): Weight | undefined {
  if (SUCCESS.test(text)) return WEIGHTS.program;
  return SUCCESS_OF_PART.test(text) ? WEIGHTS.unknown : undefined;
}

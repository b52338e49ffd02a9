/**
 * The id of a run that the command submits: `20261121-131522-9f3ac1`. It sorts by time, can be typed, and names the
 * execution, so it has only characters that Step Functions allows there (at most 80).
 *
 * @param milliseconds time of the submission since the epoch; shown in UTC
 * @param random three bytes, so that two runs of one second differ
 */
export function createRunId(milliseconds: number, random: Uint8Array): string {
  const [date = "", time = ""] = new Date(milliseconds).toISOString().split("T");
  const suffix = Buffer.from(random).toString("hex");
  return `${date.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${suffix}`;
}

import { expect, test } from "vitest";
import { formatDuration } from "../../../cli/text/duration.ts";

test.each([
  [0, "0.0s"],
  [-5, "0.0s"],
  [449, "0.4s"],
  [59_949, "59.9s"],
  [59_960, "1m 00s"],
  [125_000, "2m 05s"],
  [3_600_000, "1h 00m"],
  [7_384_000, "2h 03m"],
])("%i ms reads %s", (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

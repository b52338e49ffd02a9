import { expect, test } from "vitest";
import { whyFailed } from "../../../cli/run/why-failed.ts";

test.each([
  ['action "unit test" failed with exit code 7', "exit code 7"],
  ['action "unit test" failed: pipeline.yaml:8:5: no.', "pipeline.yaml:8:5: no."],
  [
    'action "unit test" timed out: The action used up its running time of 1 s.',
    "The action used up its running time of 1 s.",
  ],
  ['action "another" failed with exit code 7', 'action "another" failed with exit code 7'],
  ['action "unit test" failed', 'action "unit test" failed'],
  ["The run was cancelled.", "The run was cancelled."],
])("%s", (message, why) => expect(whyFailed("unit test", message)).toBe(why));

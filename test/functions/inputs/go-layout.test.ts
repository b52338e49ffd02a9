import { expect, test } from "vitest";
import { formatGoLayout } from "../../../functions/inputs/go-layout.ts";

/** What `time.Date(2026, 1, 1, 9, 4, 5, 70e6, time.UTC).Format(layout)` writes, by the documentation of Go. */
test.each([
  ["ANSIC", "Thu Jan  1 09:04:05 2026"],
  ["UnixDate", "Thu Jan  1 09:04:05 UTC 2026"],
  ["RubyDate", "Thu Jan 01 09:04:05 +0000 2026"],
  ["RFC822", "01 Jan 26 09:04 UTC"],
  ["RFC850", "Thursday, 01-Jan-26 09:04:05 UTC"],
  ["RFC1123Z", "Thu, 01 Jan 2026 09:04:05 +0000"],
  ["RFC3339", "2026-01-01T09:04:05Z"],
  ["RFC3339Nano", "2026-01-01T09:04:05.07Z"],
  ["Kitchen", "9:04AM"],
  ["StampMilli", "Jan  1 09:04:05.070"],
  ["2006/1/2 3:4:5 pm", "2026/1/1 9:4:5 am"],
  ["January 2, 06 -07:00", "January 1, 26 +00:00"],
  ["release-20060102", "release-20260101"],
])("%s writes %s", (layout, written) => {
  expect(formatGoLayout(layout, Date.UTC(2026, 0, 1, 9, 4, 5, 70))).toBe(written);
});

import { expect, test } from "vitest";
import { formatBytes } from "../../../cli/text/bytes.ts";

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1.0 KiB"],
  [1_048_524, "1023.9 KiB"],
  [1_048_525, "1.0 MiB"],
  [10_485_760, "10.0 MiB"],
])("%i bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { writeSourceFile } from "../../../cli/fix/write-source-file.ts";
import { UsageError } from "../../../cli/usage-error.ts";

test("a file that has gone in the meantime is wrong usage, and is not made", () => {
  const write = () => writeSourceFile("absent/shop.yaml", "version: 1.1\n", tmpdir());
  expect(write).toThrow(UsageError);
  expect(write).toThrow('"absent/shop.yaml" cannot be written (ENOENT).');
});

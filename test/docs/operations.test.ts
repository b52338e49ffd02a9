import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { CONFIGURATION_KEYS } from "../../cdk/configuration.ts";

const DOCUMENT = readFileSync(fileURLToPath(new URL("../../docs/operations.md", import.meta.url)), "utf8");

test("docs/operations.md lists every key of the deployment's configuration and no other", () => {
  const [, section = ""] = DOCUMENT.split("## Deploy\n");
  const [own = ""] = section.split("\n## ");
  const listed = [...own.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key);
  expect(listed).toEqual(CONFIGURATION_KEYS);
});

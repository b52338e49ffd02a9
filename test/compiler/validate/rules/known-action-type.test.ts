import { expect, test } from "vitest";
import { checkSource, expectMarked } from "../../diagnostics/marked-source.ts";
import { SHOP_CONTEXT } from "../../diagnostics/shop-context.ts";

const text = `version: 1.1
stages:
- stage:
  - custom-scrip:
    ~~~~~~~~~~~~ validate/unknown-action Did you mean "custom-script"?
  - kubernetes: {alias: k}
    ~~~~~~~~~~ validate/unknown-action
`;

test("an unknown type is an error that names near ones", () => {
  expectMarked(text);
});

test("an installation without types says so", () => {
  expectMarked(
    `version: 1.1
stages:
- stage:
  - kubernetes: {alias: k}
  # ~~~~~~~~~~ validate/unknown-action Known types are none; "--actions <directory>" adds your own.
`,
    { ...SHOP_CONTEXT, actionTypes: new Map() },
  );
});

test("under --unknown-actions warn it is a warning", () => {
  const { diagnostics } = checkSource(
    { name: "p.yaml", text: text.replace(/^ *~.*\n/gm, "") },
    { ...SHOP_CONTEXT, unknownActions: "warn" },
  );
  expect(diagnostics.map(({ severity }) => severity)).toEqual(["warning", "warning"]);
});

import { describe, expect, test } from "vitest";
import { main } from "../../cli/program.ts";
import { recordedIo } from "./io.ts";

async function explain(code: string): Promise<{ code: number; out: string; err: string }> {
  const io = recordedIo();
  const exitCode = await main(["explain", code], io);
  return { code: exitCode, out: io.out(), err: io.err() };
}

describe("sluice explain", () => {
  test("says what a code means, shows it, and how to mend it", async () => {
    const { code, err, out } = await explain("validate/unknown-action");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(`validate/unknown-action
error: There is no action type "{type}".

The word behind the "-" names an action type: what is run. The types are the built-in ones ("sluice
actions" lists them) and those of the directories given with --actions.

wrong
  version: "1.1"
  stages:
  - stage:
    - custom-scrip:
        commands: make

  pipeline.yaml:4:5: error: There is no action type "custom-scrip". [validate/unknown-action]
    3 | - stage:
    4 |   - custom-scrip:
      |     ^^^^^^^^^^^^
    help: Did you mean "custom-script"?

right
  version: "1.1"
  stages:
  - stage:
    - custom-script:
        commands: make

sluice fix: Writes the type that is meant, where only one is near.
`);
  });

  test("a code that no file shows says why", async () => {
    expect((await explain("parse/not-text")).out).toContain("\n\nNo example: The character cannot be printed.\n");
  });

  test("a code may be given with its brackets, or without its phase", async () => {
    const { out } = await explain("validate/self-reference");
    expect((await explain("[validate/self-reference]")).out).toBe(out);
    expect((await explain("self-reference")).out).toBe(out);
  });

  test("tabs of an example can be seen", async () => {
    expect((await explain("parse/tab-indentation")).out).toContain("\n  → - custom-script:\n");
  });

  test.each([
    ["a near one is named", "validate/unknow-action", 'Did you mean "validate/unknown-action"'],
    ["else it says where codes stand", "E1234", "A code stands in brackets behind a diagnostic"],
  ])("an unknown code is wrong usage: %s", async (_, written, help) => {
    const { code, err, out } = await explain(written);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`There is no diagnostic "${written}".`);
    expect(err).toContain(help);
  });
});

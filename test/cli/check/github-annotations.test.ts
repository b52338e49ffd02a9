import { expect, test } from "vitest";
import { githubAnnotations } from "../../../cli/check/github-annotations.ts";

test("one workflow command per diagnostic, with columns that include the last one", () => {
  const text = githubAnnotations("ci/a,b.yaml", [
    {
      code: "validate/unknown-action",
      severity: "error",
      message: '"biuld" is 100% unknown.',
      line: 3,
      column: 5,
      endLine: 3,
      endColumn: 10,
      help: 'Did you mean "build"?',
    },
  ]);
  expect(text).toBe(
    '::error file=ci/a%2Cb.yaml,line=3,col=5,endLine=3,endColumn=9,title=validate/unknown-action::"biuld" is 100%25 unknown.%0ADid you mean "build"?\n',
  );
});

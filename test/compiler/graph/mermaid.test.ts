import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diagramToMermaid, type PipelineDiagram } from "../../../compiler/index.ts";

const action = { key: "build", alias: "build", type: "custom-script", executor: "local", line: 1, column: 1 };
const box = (more: object): PipelineDiagram => ({
  name: "shop",
  actions: [{ ...action, stage: 1, disabled: false, ...more }],
  edges: [],
});
const lineOf = (more: object) => diagramToMermaid(box(more)).split("\n")[2]?.trim();

describe("boxes", () => {
  test.each([
    ["an action", {}, 'a1["build<br/>custom-script"]'],
    ["an if", { if: "${{ 1 == 1 }}" }, 'a1{{"build<br/>custom-script<br/>if 1 #61;#61; 1"}}'],
    [
      "an if of two references, whose braces stay",
      { if: "${{ a }} != ${{ b }}" },
      'a1{{"build<br/>custom-script<br/>if #36;#123;#123; a #125;#125; #33;#61; #36;#123;#123; b #125;#125;"}}',
    ],
    ["an if without braces", { if: "true" }, 'a1{{"build<br/>custom-script<br/>if true"}}'],
    [
      "a loop",
      { loop: { until: "ready", maxTimes: 15 } },
      'a1["build<br/>custom-script<br/>again until ready, at most 15 times"]',
    ],
    [
      "a loop without limit",
      { loop: { until: "ready", maxTimes: -1 } },
      'a1["build<br/>custom-script<br/>again until ready, without limit"]',
    ],
    ["a retry", { retry: { maxTimes: 1 } }, 'a1["build<br/>custom-script<br/>again after a failure, once"]'],
    ["a wait", { type: "wait", wait: { seconds: 5 } }, 'a1(["build<br/>wait 5 s"])'],
    ["a wait that is known in the run", { type: "wait", wait: { seconds: null } }, 'a1(["build<br/>wait #8230; s"])'],
    ["a disabled action", { disabled: true }, 'a1["build<br/>custom-script<br/>disabled"]'],
  ])("%s", (_, more, expected) => expect(lineOf(more)).toBe(expected));

  test("a long text is cut", () => {
    expect(lineOf({ alias: "x".repeat(300) })).toBe(`a1["${"x".repeat(59)}#8230;<br/>custom-script"]`);
  });
});

test("frames, arrows and their styles", () => {
  const diagram: PipelineDiagram = {
    name: "shop",
    actions: ["build", "test", "deploy"].map((alias, index) => ({
      ...action,
      key: alias,
      alias,
      stage: index + 1,
      disabled: alias === "test",
    })),
    edges: [
      { kind: "next", from: 1, to: 2 },
      { kind: "next", from: 2, to: 3 },
      { kind: "failure", from: 1, to: 3 },
      { kind: "value", from: "build", to: "deploy", names: ["version", "commit"] },
      { kind: "file", from: "build", to: "deploy", names: ["build"] },
    ],
  };
  expect(diagramToMermaid(diagram)).toBe(`flowchart TD
  subgraph s1["stage 1"]
    a1["build<br/>custom-script"]
  end
  subgraph s2["stage 2"]
    a2["test<br/>custom-script<br/>disabled"]
  end
  subgraph s3["stage 3"]
    a3["deploy<br/>custom-script"]
  end
  s1 ==> s2
  s2 ==> s3
  s1 -->|"on failure"| s3
  a1 -->|"version, commit"| a3
  a1 -.->|"build#47;"| a3
  linkStyle 2 stroke:red
  classDef disabled stroke-dasharray:4
  class a2 disabled
`);
});

/** What a label may hold: nothing that ends its quotes, starts markup, a directive, Markdown or an entity of the user's. */
const LABEL = String.raw`(?:[\p{L}\p{N} ,]|(?<=[\p{L}\p{N}])[._-](?=[\p{L}\p{N}])|#\d+;|<br\/>)*`;
const LINES = [
  "flowchart TD",
  String.raw`  subgraph s\d+\["stage \d+"\]`,
  String.raw`    a\d+(?:\["${LABEL}"\]|\{\{"${LABEL}"\}\}|\(\["${LABEL}"\]\))`,
  "  end",
  String.raw`  s\d+ ==> s\d+`,
  String.raw`  s\d+ -->\|"on failure"\| s\d+`,
  String.raw`  a\d+ -\.?->\|"${LABEL}"\| a\d+`,
  String.raw`  linkStyle [\d,]+ stroke:red`,
  "  classDef disabled stroke-dasharray:4",
  String.raw`  class [a\d,]+ disabled`,
].map((line) => new RegExp(`^${line}$`, "u"));

function expectIntact(alias: string): void {
  const diagram: PipelineDiagram = {
    ...box({ alias, type: alias, if: alias, loop: { until: alias, maxTimes: 2 }, wait: { seconds: 1 } }),
    edges: [{ kind: "file", from: "build", to: "build", names: [alias] }],
  };
  const lines = diagramToMermaid(diagram).trimEnd().split("\n");
  for (const line of lines)
    expect(
      LINES.some((shape) => shape.test(line)),
      line,
    ).toBe(true);
  expect(lines).toHaveLength(5);
}

describe("a name cannot break the diagram", () => {
  test.each([
    'x"] --> evil["',
    "end",
    "`code` **bold** _thin_",
    "<script>alert(1)</script><br/>",
    "#quot; #35; &quot;",
    "%%{init: {}}%% %% comment",
    "style a:b#x; classDef c:d#e;",
    "1. first",
    "- item",
    '部署 🚀 | click a1 "javascript:x"',
    "two\nlines\r\u2028three",
    "\u202egnp.exe \u0000",
    "",
    " ",
  ])("%j", expectIntact);

  test("any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 80 }), expectIntact), { numRuns: 500 });
  });
});

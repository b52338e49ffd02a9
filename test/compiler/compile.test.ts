import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compile,
  countTransitions,
  lintStateMachine,
  type Outcome,
  type State,
  type StateMachineDefinition,
} from "../../compiler/index.ts";
import { SHOP_CONTEXT } from "./compile-context.ts";
import { compileText, diagnosticsOf, pipelineText } from "./compile-text.ts";

describe("compile", () => {
  test("one run shows the mistakes of reading, validation and shell together", () => {
    const text = `version: "1.1"
nmae: shop
stages:
- stage:
  - custom-script: {alias: build, commands: make}
- stage:
  - custom-script: {alias: deploy, executor: nowhere, commands: "eval \${{ outputs.build.command }}"}
`;
    const codes = diagnosticsOf(text).map(([code]) => code);
    expect(codes).toContain("validate/unknown-executor");
    expect(codes).toContain("lower/reference-as-code");
    expect(codes.length).toBeGreaterThanOrEqual(3);
  });

  test("a reference that cannot stand safely is marked, with the safe form", () => {
    const text = `version: "1.1"
stages:
- stage:
  - custom-script: {alias: build, commands: make}
- stage:
  - custom-script: {alias: deploy, commands: 'sh -c "deploy \${{ outputs.build.version }}"'}
`;
    const { diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
    const found = diagnostics.find(({ code }) => code === "lower/reference-as-code");
    expect(found && text.slice(found.span.start, found.span.end)).toBe("${{ outputs.build.version }}");
    expect(found?.help).toContain(`sh -c 'make "$1"' sh \${{ outputs.build.version }}`);
  });

  test("no compilation where there is an error, no YAML, or an action type that is not known", () => {
    expect(compile({ name: "p", text: "a: [" }, SHOP_CONTEXT).compilation).toBeUndefined();
    const text = `version: "1.1"\nstages:\n- stage:\n  - teleport: {}\n`;
    const result = compile({ name: "p", text }, { ...SHOP_CONTEXT, unknownActions: "warn" });
    expect(result.diagnostics.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(result.pipeline).toBeDefined();
    expect(result.compilation).toBeUndefined();
  });

  test("an unknown type that is disabled does not keep the rest from compiling", () => {
    const text = `version: "1.1"\nstages:\n- stage:\n  - teleport: {disable: true}\n  - custom-script: {commands: make}\n`;
    const result = compile({ name: "p", text }, { ...SHOP_CONTEXT, unknownActions: "warn" });
    expect(result.compilation?.plan.order.map(({ disabled }) => disabled)).toEqual([true, false]);
  });

  test("any text: diagnostics, never an exception", () => {
    const word = fc.constantFrom(
      "version: ",
      '"1.1"',
      "\n",
      "  ",
      "- ",
      "stages:",
      "stage:",
      "custom-script:",
      "wait:",
      "{",
      "}",
      "alias: ",
      "a",
      "commands: ",
      "${{ outputs.a.k }}",
      "if: ",
      "loop: ",
      "'",
      '"',
      "$((",
      "<<EOF\n",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 40 }), (words) => {
        expect(compile({ name: "pipeline.yaml", text: words.join("") }, SHOP_CONTEXT).diagnostics).toBeInstanceOf(
          Array,
        );
      }),
      { numRuns: 300 },
    );
  });
});

interface ScopeLike {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}

/** Action keys in the order in which a run enters them, siblings in one list; every branch of a Parallel counts. */
function entered(scope: ScopeLike): readonly (readonly string[])[] {
  const stages: (readonly string[])[] = [];
  for (let name: string | undefined = scope.StartAt; name !== undefined; ) {
    const state: State | undefined = scope.States[name];
    if (state?.Type === "Parallel") stages.push(state.Branches.flatMap((branch) => entered(branch).flat()));
    const key = state?.Type === "Task" ? state.Arguments.Payload["action"] : undefined;
    if (typeof key === "string") stages.push([key]);
    name = state?.Type === "Succeed" ? undefined : state?.Next;
  }
  return stages;
}

const aliases = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom("build", "Build", "../x", "a/b", "构建 一号", "end of run", "stage 1", "__proto__", "constructor"),
    fc
      .string({ minLength: 1, maxLength: 120 })
      .map((text) => text.replace(/[?!\\]/g, "x").trim())
      .filter((text) => text !== "" && !text.includes("${") && !text.includes("((")),
  ),
  { minLength: 1, maxLength: 9 },
);
const pipelines = aliases.chain((names) =>
  fc
    .array(fc.record({ suffix: fc.constantFrom("", "", "?", "!"), starts: fc.boolean() }), {
      minLength: names.length,
      maxLength: names.length,
    })
    .map((shapes) => {
      const stages: string[][] = [];
      for (const [index, name] of names.entries()) {
        const { starts = true, suffix = "" } = shapes[index] ?? {};
        if (starts || stages.length === 0) stages.push([]);
        stages.at(-1)?.push(`${name}${suffix}`);
      }
      return stages;
    }),
);

test("any pipeline: ASL that the linter accepts, deterministic, every enabled action once, in the order of the stages", () => {
  fc.assert(
    fc.property(
      pipelines,
      fc.infiniteStream(fc.constantFrom("succeeded", "failed", "skipped", "timedOut")),
      (stages, ends) => {
        const text = pipelineText(stages);
        const { machine, plan, report } = compileText(text);
        const definition: StateMachineDefinition = machine.definition;
        expect(lintStateMachine(definition)).toEqual([]);
        expect(compileText(text).machine.body).toBe(machine.body);
        const enabled = plan.order.filter(({ disabled }) => !disabled);
        const numbers = [...new Set(enabled.map(({ stage }) => stage))];
        expect(entered(definition)).toEqual(
          numbers.map((number) => enabled.filter(({ stage }) => stage === number).map(({ key }) => key)),
        );
        expect(report.transitions.success).toBe(
          Math.max(
            1,
            enabled.length +
              numbers.filter((number) => enabled.filter(({ stage }) => stage === number).length > 1).length +
              (machine.body.includes('"Catch"') ? 1 : 0),
          ),
        );
        const outcome: Outcome = Object.fromEntries(enabled.map(({ key }) => [key, { end: ends.next().value }]));
        const billed = countTransitions(definition, outcome);
        expect(billed).toBeGreaterThanOrEqual(report.transitions.least);
        expect(billed).toBeLessThanOrEqual(report.transitions.most);
      },
    ),
    { numRuns: 200 },
  );
});

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import jsonata from "jsonata";
import { describe, expect, test } from "vitest";
import {
  type Compilation,
  canonicalJson,
  compile,
  countTransitions,
  formatDiagnostics,
  lintStateMachine,
  type Outcome,
} from "../../compiler/index.ts";
import { validatorErrors } from "./asl/validator-errors.ts";
import { SHOP_CONTEXT } from "./compile-context.ts";

/** `<theme>/<sentence>/{pipeline.yaml, asl.json, transitions.json}`; UPDATE_GOLDENS=1 writes `asl.json`. */
const ROOT = new URL("../fixtures/compile/", import.meta.url);
const FIXTURES = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("pipeline.yaml"))
  .map((path) => path.slice(0, -"/pipeline.yaml".length))
  .sort();

/** By hand: what the author of the fixture says that an outcome is billed. Actions are named by alias there. */
type Transitions = readonly { readonly when: string; readonly outcome: Outcome; readonly billed: number }[];

function compileFixture(fixture: string): Compilation {
  const text = readFileSync(new URL(`${fixture}/pipeline.yaml`, ROOT), "utf8");
  const { compilation, diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
  if (!compilation) throw new Error(formatDiagnostics(diagnostics));
  return compilation;
}

test("there are fixtures", () => {
  expect(FIXTURES.length).toBeGreaterThanOrEqual(20);
});

describe.each(FIXTURES)("%s", (fixture) => {
  const { machine, plan, report } = compileFixture(fixture);

  test("is the golden machine", () => {
    const golden = new URL(`${fixture}/asl.json`, ROOT);
    if (process.env["UPDATE_GOLDENS"] === "1") {
      writeFileSync(golden, `${JSON.stringify(machine.definition, null, 2)}\n`);
    }
    expect(existsSync(golden), "run with UPDATE_GOLDENS=1").toBe(true);
    expect(JSON.stringify(machine.definition, null, 2)).toBe(readFileSync(golden, "utf8").trimEnd());
    expect(machine.body).toBe(canonicalJson(machine.definition));
  });

  test("is a machine that Step Functions accepts", () => {
    expect(lintStateMachine(machine.definition)).toEqual([]);
    expect(validatorErrors(machine.definition)).toEqual([]);
    for (const [, code = ""] of machine.body.matchAll(/\{%(.*?)%\}/g)) expect(() => jsonata(code)).not.toThrow();
  });

  test("holds no user text", () => {
    for (const text of userTexts(plan)) expect(machine.body).not.toContain(JSON.stringify(text).slice(1, -1));
  });

  const transitions: Transitions = JSON.parse(readFileSync(new URL(`${fixture}/transitions.json`, ROOT), "utf8"));
  test.each(transitions)("is billed $billed when $when", ({ outcome, billed }) => {
    const keys = new Map(plan.order.map(({ alias, key }) => [alias, key]));
    const byKey = Object.fromEntries(Object.entries(outcome).map(([alias, end]) => [keys.get(alias) ?? "", end]));
    expect(Object.keys(byKey)).not.toContain("");
    expect(countTransitions(machine.definition, byKey)).toBe(billed);
    expect(billed).toBeGreaterThanOrEqual(report.transitions.least);
    expect(billed).toBeLessThanOrEqual(report.transitions.most);
  });
});

/** Everything that its author wrote for values: not aliases and names, which become keys and names of states. */
function userTexts({ actions }: Compilation["plan"]): readonly string[] {
  const written = actions.flatMap(
    ({ condition, description, envs, image, labels, loop, params, script, typeScript }) => [
      ...[
        condition?.text,
        description,
        typeof image === "string" ? image : undefined,
        loop?.break?.text,
        script?.text,
        typeScript,
      ],
      ...stringsIn([params.map(({ value }) => value), envs, labels]),
    ],
  );
  return written.filter((text) => text !== undefined).filter((text) => text.length > 5);
}

/** Words of the plan's own, and keys of actions. */
const STRUCTURE: ReadonlySet<string> = new Set(["kind", "action", "name"]);

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => (STRUCTURE.has(key) ? [] : stringsIn(member)));
}

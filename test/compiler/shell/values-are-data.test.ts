import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile, formatDiagnostics } from "../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";
import { arbitraryScript, PLAIN_WORD, withPlainWord } from "./generated/arbitrary-script.ts";
import { BASH_LEAVES } from "./generated/bash-contexts.ts";
import { HOSTILE_VALUES, type HostileValue, LARGE_VALUE } from "./generated/hostile-values.ts";
import type { Piece } from "./generated/piece.ts";
import { LEAVES } from "./generated/posix-contexts.ts";
import { type PreparedScript, type Ran, runScripts } from "./generated/run-scripts.ts";
import { findShells, type InstalledShell } from "./generated/shells.ts";
import { BASH_WRAPPERS, WRAPPERS } from "./generated/wrappers.ts";

/** Scripts for each shell; `SLUICE_SCRIPTS=20000 SLUICE_SCRIPTS_SEED=7` takes more and others. */
const SCRIPTS = Number(process.env["SLUICE_SCRIPTS"] ?? 2000);
const SEED = Number(process.env["SLUICE_SCRIPTS_SEED"] ?? Date.now() % 2 ** 31);
/** One script in so many gets 600 KB, which takes some tens of milliseconds to go through a shell. */
const LARGE_EVERY = 100;
/** Scripts that one process runs, one after the other. */
const BATCH = 100;

const { shells, missing } = findShells();

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "sluice-values-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Case {
  readonly piece: Piece;
  readonly given: HostileValue;
}

interface Outcome {
  readonly failures: readonly string[];
  /** Scripts that the shell cannot run at all, also with a plain word in the place of each reference. */
  readonly beyondShell: number;
}

function casesFor(shell: InstalledShell): readonly Case[] {
  const scripts = fc.sample(arbitraryScript(shell.shell), { numRuns: SCRIPTS, seed: SEED });
  return scripts.map((piece, index) => ({ piece, given: chooseValue(piece, index) }));
}

function chooseValue({ takes }: Piece, index: number): HostileValue {
  if (takes === "any" && index % LARGE_EVERY === 0) return LARGE_VALUE;
  const fitting = takes === "a file's name" ? HOSTILE_VALUES.filter(({ value }) => isFileName(value)) : HOSTILE_VALUES;
  return fitting[index % fitting.length] ?? LARGE_VALUE;
}

function isFileName(value: string): boolean {
  return !value.includes("/") && Buffer.byteLength(value) < 200;
}

/** Compiles the scripts as commands of a pipeline's actions, so that references are found as they are in a file. */
function prepare(cases: readonly Case[], { shell }: InstalledShell): readonly PreparedScript[] {
  const actions = cases.map(({ piece }, index) => ({
    "custom-script": { alias: `script ${index}`, shell, commands: piece.text },
  }));
  const repo = { "custom-script": { alias: "repo", commands: "echo action meta: note=1" } };
  const params = [{ name: "note", default: "" }];
  const pipeline = { version: "1.1", params, stages: [{ stage: [repo] }, { stage: actions }] };
  const { compilation, diagnostics } = compile({ name: "pipeline.yaml", text: JSON.stringify(pipeline) }, SHOP_CONTEXT);
  if (!compilation) throw new Error(`seed ${SEED}: ${formatDiagnostics(diagnostics)}`);
  return cases.map(({ given, piece }, index) => {
    const { text, variables } = compilation.plan.actions[index + 1]?.script ?? { text: piece.text, variables: [] };
    return { text, variables: variables.map(({ name }) => name), value: given.value };
  });
}

async function runAll(shell: InstalledShell): Promise<Outcome> {
  const cases = casesFor(shell);
  const failures: { readonly size: number; readonly text: string }[] = [];
  let beyondShell = 0;
  for (let first = 0; first < cases.length; first += BATCH) {
    const batch = cases.slice(first, first + BATCH);
    const scripts = prepare(batch, shell);
    const ran = await runScripts(shell, scripts, join(directory, `${shell.name}-${first}`));
    for (const [index, { given, piece }] of batch.entries()) {
      const [script, result] = [scripts[index], ran[index]];
      if (!script || !result) throw new Error("A script was not run.");
      if (result.stdout === piece.prints(given.value) && result.pwned.length === 0) continue;
      const plain = { text: withPlainWord(piece.text), variables: [], value: "" };
      const [control] = await runScripts(shell, [plain], join(directory, `${shell.name}-control`));
      if (result.pwned.length === 0 && control?.stdout !== piece.prints(PLAIN_WORD)) beyondShell++;
      else failures.push({ size: piece.text.length, text: explain({ given, piece }, script, result) });
    }
  }
  const smallestFirst = failures.sort((left, right) => left.size - right.size);
  return { failures: smallestFirst.map(({ text }) => text), beyondShell };
}

function explain({ given, piece }: Case, script: PreparedScript, ran: Ran): string {
  const short = (text: string) => JSON.stringify(text.slice(0, 500));
  return [
    `seed ${SEED}: ${piece.contexts.join(" > ")}, value ${given.name}`,
    `--- script\n${piece.text}--- rewritten\n${script.text}`,
    `--- expected\n${short(piece.prints(given.value))}\n--- printed\n${short(ran.stdout)}`,
    `--- on stderr\n${ran.stderr.slice(0, 500)}--- made by the value: ${JSON.stringify(ran.pwned)}`,
  ].join("\n");
}

describe.concurrent(`${SCRIPTS} scripts for each shell, seed ${SEED}, not on this machine: ${missing.join(", ") || "none"}`, () => {
  test.each(shells)(
    "$name ($version): every value arrives byte for byte, and none is run",
    async (shell) => {
      const { beyondShell, failures } = await runAll(shell);
      expect(failures.length, failures.slice(0, 3).join("\n\n")).toBe(0);
      expect(beyondShell).toBeLessThanOrEqual(SCRIPTS / 100);
    },
    600_000,
  );
});

test("a POSIX shell and bash are on this machine", () => {
  const names = shells.map(({ name, version }) => `${name} (${version})`).join(", ");
  process.stderr.write(
    `values are data: ${SCRIPTS} scripts each through ${names}, seed ${SEED}; not here: ${missing.join(", ") || "none"}\n`,
  );
  expect(new Set(shells.map(({ shell }) => shell))).toEqual(new Set(["sh", "bash"]));
});

// Fewer scripts than usual are asked for by hand, and need not meet everything.
test.each(SCRIPTS < 2000 ? [] : shells)("$name meets every context and every value", (shell) => {
  const cases = casesFor(shell);
  const isBash = shell.shell === "bash";
  const contexts = [...LEAVES, ...WRAPPERS, ...(isBash ? [...BASH_LEAVES, ...BASH_WRAPPERS] : [])];
  expect(new Set(cases.flatMap(({ piece }) => piece.contexts))).toEqual(new Set(contexts.map(({ name }) => name)));
  expect(new Set(cases.map(({ given }) => given))).toEqual(new Set([LARGE_VALUE, ...HOSTILE_VALUES]));
});

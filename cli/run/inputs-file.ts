import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import { whyUnreadable } from "../error-code.ts";
import { UsageError } from "../usage-error.ts";

/** What a file of inputs may hold. */
const SECTIONS = ["params", "envs", "configs", "secrets"] as const;

/** A section of the file. */
export type InputSection = (typeof SECTIONS)[number];

/** Texts by name, for each section. */
export type FileInputs = { readonly [section in InputSection]: ReadonlyMap<string, string> };

const HELP = `Write maps of texts: ${SECTIONS.map((section) => `"${section}"`).join(", ")}.`;

/**
 * Reads `--inputs FILE`: YAML or JSON with `params`, `envs`, `configs` and `secrets`, each a map of names to texts.
 * Every scalar is the text that was written (`1.10` stays `1.10`), as on the command line. Anything else is a
 * `UsageError` with its place; no message holds a value.
 */
export function readInputsFile(path: string, cwd: string): FileInputs {
  const lines = new LineCounter();
  const refuse = (node: Pick<Node, "range"> | undefined | null, problem: string): never => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    throw new UsageError(`--inputs ${path}:${line}:${col}: ${problem}`, HELP);
  };
  const document = parseDocument(readText(path, cwd), { schema: "failsafe", lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) refuse({ range: [broken.pos[0], broken.pos[1], broken.pos[1]] }, `${broken.message}.`);
  const read = new Map<string, ReadonlyMap<string, string>>();
  for (const [section, content] of entries(document.contents, refuse)) {
    if (!SECTIONS.some((known) => known === section.text)) refuse(section.node, `There is no "${section.text}" here.`);
    const values = entries(content, refuse).map(([name, value]): [string, string] => {
      if (isScalar(value) && typeof value.value === "string") return [name.text, value.value];
      return refuse(value ?? name.node, `"${name.text}" is no text.`);
    });
    read.set(section.text, new Map(values));
  }
  const of = (section: InputSection) => read.get(section) ?? new Map<string, string>();
  return { params: of("params"), envs: of("envs"), configs: of("configs"), secrets: of("secrets") };
}

/** A key with its place. */
interface Key {
  readonly text: string;
  readonly node: Node;
}

function entries(
  node: unknown,
  refuse: (node: Pick<Node, "range"> | undefined, problem: string) => never,
): readonly (readonly [Key, Node | null])[] {
  // An empty file, and a section without anything.
  if (node === null || (isScalar(node) && node.value === "")) return [];
  if (!isMap<Node, Node | null>(node)) return refuse(isNode(node) ? node : undefined, "This is no map.");
  return node.items.map(({ key, value }) => {
    if (isScalar(key) && typeof key.value === "string") return [{ text: key.value, node: key }, value];
    return refuse(key, "This key is no text.");
  });
}

function readText(path: string, cwd: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(resolve(cwd, path)));
  } catch (error) {
    const why = error instanceof TypeError ? "is not UTF-8" : `cannot be read: ${whyUnreadable(error)}`;
    throw new UsageError(`--inputs: "${path}" ${why}.`, "Check the path.");
  }
}

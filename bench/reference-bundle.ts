import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildResult, build } from "esbuild";
import {
  BUNDLE_OPTIONS,
  type FunctionSource,
  inputsOf,
  leaveOut,
  type Metafile,
  ROOT,
  sdkCommands,
} from "../scripts/function-bundle.ts";

/** The libraries that this package itself publishes; functions import them through these files. */
const OWN_LIBRARIES = ["compiler/index.ts", "actions/index.ts"];

/**
 * The least that could make the calls of a function: exactly its commands of the SDK, and of libraries (also
 * `sluice/compiler` and `sluice/actions`) exactly what its own files name, bundled with the same options. What the
 * function's bundle has beyond are the files of `functions/`.
 */
export async function referenceBundle(
  { kinds }: FunctionSource,
  metafile: Metafile,
  outdir: string,
): Promise<BuildResult> {
  const inputs = inputsOf(metafile);
  const sources = inputs
    .filter((path) => path.startsWith("functions/"))
    .map((path) => readFileSync(join(ROOT, path), "utf8"));
  const packages = new Set(inputs.flatMap((path) => packageOf(path) ?? []));
  const commands = new Set(sdkCommands(metafile).map(({ command }) => command));
  const used = [...packages, ...OWN_LIBRARIES]
    .map((name) => ({ name, members: namesFrom(name, sources, commands) }))
    .filter(({ members }) => members.length > 0);
  const lines = used.map(
    ({ name }, at) =>
      `import * as library${at} from ${JSON.stringify(OWN_LIBRARIES.includes(name) ? `./${name}` : name)};`,
  );
  const members = used.flatMap(({ members }, at) => members.map((member) => `library${at}.${member}`));
  return build({
    ...BUNDLE_OPTIONS,
    outdir,
    write: false,
    entryNames: "index",
    plugins: [leaveOut({ kinds, clients: packages })],
    stdin: { contents: [...lines, `export const used = [${members.join(", ")}];`].join("\n"), resolveDir: ROOT },
  });
}

/** The package that a file of a bundle belongs to. */
function packageOf(path: string): string | undefined {
  return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/** What the files take from a library: named imports, and calls of a namespace. Commands only where they are sent. */
function namesFrom(name: string, sources: readonly string[], commands: ReadonlySet<string>): readonly string[] {
  const names = new Set<string>();
  for (const source of sources) {
    for (const [, defaultName, named = "", namespace] of source.matchAll(importOf(name))) {
      if (defaultName !== undefined) names.add("default");
      for (const each of named.split(",").map((part) => part.trim())) {
        if (each !== "" && !each.startsWith("type ")) names.add(each.replace(/ as .*/, ""));
      }
      if (namespace === undefined) continue;
      for (const [, member = ""] of source.matchAll(new RegExp(`\\b${namespace}\\.(\\w+(?:\\.\\w+)?)\\(`, "g"))) {
        names.add(member);
      }
    }
  }
  return [...names].filter((each) => !/Command$/.test(each) || commands.has(each));
}

/** An import statement: default, names in braces, namespace. Not `import type`. */
function importOf(name: string): RegExp {
  const from = OWN_LIBRARIES.includes(name) ? `(?:\\.\\./)+${name}` : name;
  return new RegExp(`^import (?!type )(?:(\\w+)(?:, )?)?(?:\\{([^}]*)\\})?(?:\\* as (\\w+))? ?from "${from}";`, "gm");
}

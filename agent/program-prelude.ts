import type { Assignment } from "./protocol.ts";

/** What sets the variables of a program before it starts. */
export interface ProgramPrelude {
  readonly text: string;
  /** Behind the interpreter and its options. */
  readonly arguments: readonly string[];
}

/** Paths below `scripts/`. */
interface ProgramFiles {
  readonly prelude: string;
  /** One JSON object of texts. */
  readonly variables: string;
  readonly commands: string;
}

/**
 * The prelude of a program. In both languages the commands stay a file of their own, compiled as they are, so that
 * errors name the author's own lines and a first statement such as `from __future__ import …` or `import` stays first.
 */
export function programPrelude(language: NonNullable<Assignment["language"]>, files: ProgramFiles): ProgramPrelude {
  // A text of JSON is one of both languages, too.
  const [variables, commands] = [JSON.stringify(files.variables), JSON.stringify(files.commands)];
  switch (language) {
    case "node":
      return {
        text: `"use strict";
const values = JSON.parse(require("node:fs").readFileSync(${variables}, "utf8"));
for (const [name, value] of Object.entries(values)) Object.defineProperty(globalThis, name, { value });
`,
        arguments: ["--require", files.prelude, files.commands],
      };
    case "python":
      return {
        text: `import io, json, sys
__file__ = sys.argv[0] = ${commands}
with io.open(${variables}, encoding="utf-8") as _:
    globals().update(json.load(_))
with io.open(__file__, "rb") as _:
    _ = compile(_.read(), __file__, "exec", 0, True)
del io, json, sys
exec(_)
`,
        arguments: [files.prelude],
      };
  }
}

import { createDiagnosticCollector } from "../../../compiler/diagnostics/collector.ts";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.ts";
import { parseExpressionField } from "../../../compiler/expression/parse-field.ts";
import type { ReferenceContext } from "../../../compiler/expression/references/reference-context.ts";
import { renderTemplate } from "../../../compiler/expression/render.ts";
import type { Scope } from "../../../compiler/expression/scope.ts";
import { EXPRESSION_NAMES, type Expression, type ExpressionName } from "../../../compiler/model/expression.ts";
import type { Json } from "../../../compiler/model/value.ts";

const aliases = new Set(["build", "git-checkout", "unit test", "v1.2"]);

/** A context for text that begins at offset 0 of its file. */
export function textContext(text: string, language: ReferenceContext["language"] = "expression"): ReferenceContext {
  return {
    names: { aliases, namespaces: new Set([...aliases, "dist"]), params: new Set(["target"]) },
    collector: createDiagnosticCollector({ name: "pipeline.yaml", text }),
    language,
    spanOf: (start, end) => ({ start, end }),
  };
}

/** Parses with the names of `loop.break`, or with those given. */
export function parseText(
  text: string,
  names: readonly ExpressionName[] = EXPRESSION_NAMES,
): {
  readonly expression: Expression | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const context = textContext(text);
  const expression = parseExpressionField(text, context, names);
  return { expression, diagnostics: context.collector.diagnostics };
}

/** A scope of `outputs.build.k`, `configs.k`, `params.k` … by their dotted names. */
export function scopeOf(values: { readonly [name: string]: Json }): Scope {
  const scope: Scope = {
    name: (name) => values[name],
    resolve(reference) {
      const name = nameOf();
      const value = name === undefined ? undefined : values[name];
      return value === undefined ? { kind: "missing", reason: `there is no ${name}` } : { kind: "value", value };

      function nameOf(): string | undefined {
        switch (reference.kind) {
          case "output":
            return `outputs.${reference.action}.${reference.output}`;
          case "dir":
            return `dirs.${reference.namespace}`;
          case "param":
            return `params.${reference.name}`;
          case "random":
            return `random.${reference.type}`;
          case "base64-decode":
            return undefined;
          case "config": {
            const key = renderTemplate(reference.key, scope);
            return key.ok ? `configs.${key.value}` : undefined;
          }
        }
      }
    },
  };
  return scope;
}

/** Everything that diagnostics say of a text: place, message, remedy and fix. */
export function wordsFor(text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, fixes = [], help, message, span }) => {
    const edits = fixes.flatMap((fix) => fix.edits.map(({ newText }) => ` [${fix.title}: ${newText}]`));
    return `${code} "${text.slice(span.start, span.end)}": ${message} ${help}${edits.join("")}`;
  });
}

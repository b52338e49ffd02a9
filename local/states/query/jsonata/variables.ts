/**
 * The names of all variables and functions in a JSONata syntax tree, also of those that the expression defines itself:
 * only what an expression may refer to is looked up for it.
 */
export function variableNamesOf(ast: unknown): Set<string> {
  const names = new Set<string>();
  const seen = new Set<object>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null || seen.has(node)) return;
    seen.add(node);
    if ("type" in node && node.type === "variable" && "value" in node && typeof node.value === "string") {
      names.add(node.value);
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(ast);
  // `$` and `$$`: the context and the root, which are no variables.
  names.delete("");
  names.delete("$");
  return names;
}

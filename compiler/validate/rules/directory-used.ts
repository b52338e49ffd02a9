import { directoriesByPath } from "../directories-by-path.ts";
import type { Rule } from "../rule-context.ts";

/**
 * What was checked out is for later actions, which get it by referring to it. Newcomers expect it to be the working
 * directory. Nothing is said where anything of the checkout is referred to, where one goes there by path (which is told
 * there), or where one of the later actions has a type that is not known.
 */
export const directoryUsed: Rule = (context) => {
  const used = new Set([...directoriesByPath(context)].map(({ name }) => name));
  for (const { reference } of context.references) {
    if (reference.kind === "dir") used.add(reference.namespace);
    if (reference.kind === "output") used.add(reference.action);
  }
  for (const { action, stage, type } of context.actions) {
    const isCheckout = type?.params.some(({ format }) => format === "repository");
    if (!isCheckout || action.disabled) continue;
    if ([action.alias, ...action.namespaces].some(({ value }) => used.has(value))) continue;
    const later = context.actions.filter((other) => other.stage > stage && !other.action.disabled);
    if (!later.some((other) => other.action.commands) || later.some((other) => !other.type)) continue;
    const { span, value } = action.alias;
    context.collector.report("validate/directory-not-used", span, { directory: value });
  }
};

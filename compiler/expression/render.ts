import type { Reference, Template } from "../model/reference.ts";
import type { Json } from "../model/value.ts";
import type { Place, PlanValue } from "../plan/plan.ts";
import type { Span } from "../source/span.ts";
import { formatNumber } from "./format-number.ts";
import { applyModifier } from "./modifiers.ts";
import { resolveReference } from "./resolve-reference.ts";
import type { Scope } from "./scope.ts";

/** The text of a template, or why there is none. */
export type RenderedTemplate =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string; readonly span: Span };

/** A value without references, or why there is none. */
export type RenderedValue =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string; readonly place: Place };

/**
 * Joins literal text and references to one text; modifiers are applied. Not ok when a reference has no value. Use it also
 * for the key of a config reference.
 */
export function renderTemplate(template: Template, scope: Scope): RenderedTemplate {
  let value = "";
  for (const part of template.parts) {
    if (typeof part === "string") {
      value += part;
      continue;
    }
    const resolved = resolveReference(part, scope);
    if (resolved.kind === "missing") return { ok: false, message: asSentence(resolved.reason), span: part.span };
    value += applyModifier(textOf(resolved.value), part.modifier);
  }
  return { ok: true, value };
}

/**
 * Puts values in the place of references. A template of exactly one reference keeps the type of what it refers to; with
 * a modifier it is that value's text *without* the added quotes, because Erda reads the quoted text as YAML again
 * (reference/erda.md 1.7). Any other template is text; lists and maps stand in it as JSON. Missing is an error.
 */
export function renderValue(value: PlanValue, scope: Scope): RenderedValue {
  switch (value.kind) {
    case "literal":
      return { ok: true, value: value.value };
    case "template":
      return renderParts(value.parts, value.place, scope);
    case "list": {
      const items: Json[] = [];
      for (const item of value.items) {
        const rendered = renderValue(item, scope);
        if (!rendered.ok) return rendered;
        items.push(rendered.value);
      }
      return { ok: true, value: items };
    }
    case "map": {
      const entries: [string, Json][] = [];
      for (const entry of value.entries) {
        const rendered = renderValue(entry.value, scope);
        if (!rendered.ok) return rendered;
        entries.push([entry.key, rendered.value]);
      }
      return { ok: true, value: Object.fromEntries(entries) };
    }
  }
}

/**
 * Renders a value as text, as it stands in a script: like `renderValue`, but a modifier's quotes stay also where the
 * reference stands alone, because nobody reads the text as YAML again.
 */
export function renderText(value: PlanValue, scope: Scope): RenderedValue {
  if (value.kind === "template") {
    const rendered = renderTemplate({ parts: value.parts, span: { start: 0, end: 0 } }, scope);
    return rendered.ok ? rendered : { ok: false, message: rendered.message, place: value.place };
  }
  const rendered = renderValue(value, scope);
  return rendered.ok ? { ok: true, value: textOf(rendered.value) } : rendered;
}

function renderParts(parts: readonly (string | Reference)[], place: Place, scope: Scope): RenderedValue {
  const [only, ...more] = parts;
  if (only !== undefined && typeof only !== "string" && more.length === 0) {
    const resolved = resolveReference(only, scope);
    if (resolved.kind === "missing") return { ok: false, message: asSentence(resolved.reason), place };
    return { ok: true, value: only.modifier ? textOf(resolved.value) : resolved.value };
  }
  const rendered = renderTemplate({ parts, span: { start: 0, end: 0 } }, scope);
  return rendered.ok ? rendered : { ok: false, message: rendered.message, place };
}

/** A value inside a text: numbers without exponent, `null` as nothing, lists and maps as JSON. */
export function textOf(value: Json): string {
  if (value === null) return "";
  if (typeof value === "number") return formatNumber(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Reasons come from scopes; messages are sentences: a capital letter first, a period last. */
export function asSentence(reason: string): string {
  const upper = reason.charAt(0).toUpperCase() + reason.slice(1);
  return upper.endsWith(".") ? upper : `${upper}.`;
}

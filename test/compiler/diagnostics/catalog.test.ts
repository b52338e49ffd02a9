import { describe, expect, test } from "vitest";
import { CATALOG } from "../../../compiler/diagnostics/catalog/index.ts";
import type { CatalogEntry } from "../../../compiler/diagnostics/catalog-entry.ts";

const entries: readonly (readonly [string, CatalogEntry<string>])[] = Object.entries(CATALOG);

describe.each(entries)("%s", (code, { help, message }) => {
  const params = Object.fromEntries([...message.keys, ...(help?.keys ?? [])].map((key) => [key, `<${key}>`]));

  test("has a phase and a kebab name", () => {
    expect(code).toMatch(/^(parse|read|expression|validate|lower|asl)\/[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test("is one sentence that ends with a period", () => {
    const text = message.render(params);
    expect(text).toMatch(/^[A-Z"<0-9].*\.$/);
    expect(text).not.toContain("undefined");
  });

  test("its remedy is made of sentences", () => {
    if (help) expect(help.render(params)).toMatch(/[.?]$/);
  });
});

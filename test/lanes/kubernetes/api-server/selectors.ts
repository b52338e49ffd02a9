import type { KubernetesObject } from "./objects.ts";

/** Whether an object is selected: `a=b,c!=d,e` of labels, `metadata.name=x` of fields. */
export function isSelected(object: KubernetesObject, labelSelector: string, fieldSelector: string): boolean {
  return (
    terms(labelSelector).every((term) => holds(term, object.metadata.labels?.[term.name])) &&
    terms(fieldSelector).every((term) => holds(term, field(object, term.name)))
  );
}

interface Term {
  readonly name: string;
  readonly operator: "=" | "!=" | "exists";
  readonly value: string;
}

function terms(selector: string): Term[] {
  return selector
    .split(",")
    .filter((text) => text !== "")
    .map((text) => {
      const [, name = text, sign = "", value = ""] = /^([^!=]+)(==|=|!=)(.*)$/.exec(text) ?? [];
      return { name, value, operator: sign === "" ? "exists" : sign === "!=" ? "!=" : "=" };
    });
}

function holds({ operator, value }: Term, found: string | undefined): boolean {
  if (operator === "exists") {
    return found !== undefined;
  }
  return operator === "=" ? found === value : found !== value;
}

function field(object: KubernetesObject, path: string): string | undefined {
  let value: unknown = object;
  for (const part of path.split(".")) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  }
  return value === undefined ? undefined : String(value);
}

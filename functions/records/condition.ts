/** A condition of a write, as a tree; `functions/records/table.ts` writes it in DynamoDB's expression language. */
export type Condition =
  | { readonly kind: "absent" | "present"; readonly name: string }
  | {
      readonly kind: "compare";
      readonly operator: "=" | "<" | "<=";
      readonly name: string;
      readonly value: unknown;
    }
  | { readonly kind: "oneOf"; readonly name: string; readonly values: readonly unknown[] }
  | { readonly kind: "all" | "any"; readonly conditions: readonly Condition[] };

/** The item has no such attribute; of a key: there is no such item. */
export const absent = (name: string): Condition => ({ kind: "absent", name });

/** The item has such an attribute. */
export const present = (name: string): Condition => ({ kind: "present", name });

/** The attribute has this value. */
export const equals = (name: string, value: unknown): Condition => ({ kind: "compare", operator: "=", name, value });

/** The attribute is less than this. */
export const below = (name: string, value: unknown): Condition => ({ kind: "compare", operator: "<", name, value });

/** The attribute is this or less. */
export const atMost = (name: string, value: unknown): Condition => ({ kind: "compare", operator: "<=", name, value });

/** The attribute has one of these values. */
export const oneOf = (name: string, values: readonly unknown[]): Condition => ({ kind: "oneOf", name, values });

/** Every one holds. */
export const all = (...conditions: readonly Condition[]): Condition => ({ kind: "all", conditions });

/** At least one holds. */
export const any = (...conditions: readonly Condition[]): Condition => ({ kind: "any", conditions });

/** Gives placeholders to the names and values of one request. */
export interface Placeholders {
  name(name: string): string;
  value(value: unknown): string;
}

/** The condition in DynamoDB's expression language. */
export function writeCondition(condition: Condition, placeholders: Placeholders): string {
  switch (condition.kind) {
    case "absent":
      return `attribute_not_exists(${placeholders.name(condition.name)})`;
    case "present":
      return `attribute_exists(${placeholders.name(condition.name)})`;
    case "compare":
      return `${placeholders.name(condition.name)} ${condition.operator} ${placeholders.value(condition.value)}`;
    case "oneOf":
      return `${placeholders.name(condition.name)} IN (${condition.values.map((value) => placeholders.value(value)).join(", ")})`;
    case "all":
    case "any":
      return condition.conditions
        .map((part) => `(${writeCondition(part, placeholders)})`)
        .join(condition.kind === "all" ? " AND " : " OR ");
  }
}

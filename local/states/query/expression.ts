import type { Json, JsonObject } from "../document.ts";

/** What an expression can see. Nothing of it is built before an expression asks for it. */
export interface Scope {
  /** The reserved variable `$states`: input, context, and result or errorOutput where there is one. */
  states(): JsonObject;
  /** A variable of the state machine, or undefined. */
  variable(name: string): Json | undefined;
}

/** A query compiled once per definition. It holds no state: many executions evaluate it at the same time. */
export interface Expression {
  /** The text between `{%` and `%}`. */
  readonly source: string;
  /** The field that it stands in, as AWS prints it: `Arguments/Payload/token`. */
  readonly location: string;
  /** Answers at once where it can. Throws or rejects with a QueryError. */
  evaluate(scope: Scope): Json | Promise<Json>;
}

/** Where expressions get time and chance from. */
export interface QueryEnvironment {
  /** Milliseconds since the epoch. */
  now(): number;
  random(count: number): Uint8Array;
}

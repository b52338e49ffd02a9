import { InternalCompilerError } from "./internal-compiler-error.ts";

/** The default branch of an exhaustive `switch`: a new member of the union becomes a type error here. */
/* v8 ignore next -- @preserve */
export function assertNever(value: never): never {
  throw new InternalCompilerError(`Unexpected value ${JSON.stringify(value)}.`);
}

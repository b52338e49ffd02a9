import { PreparationError } from "./preparation-error.ts";

/**
 * Writes `value` as one POSIX shell word: any byte but NUL comes back as it was. Only `'…'` and `\'` are used, because
 * `$'…'` is unknown to dash and busybox.
 */
export function shellQuote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** `NAME='value'`, prefixed by `export ` where wanted. Throws `PreparationError` for what no shell can hold. */
export function shellAssignment(name: string, value: string, prefix: "" | "export " = ""): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new PreparationError(`"${name}" is not a name of a shell variable.`);
  }
  if (value.includes("\0")) {
    throw new PreparationError(`The value of "${name}" holds a NUL byte, which no shell variable can hold.`);
  }
  return `${prefix}${name}=${shellQuote(value)}`;
}

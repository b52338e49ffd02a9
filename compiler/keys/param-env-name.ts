/**
 * Environment variable of a param: `ACTION_`, upper case, anything but letters, digits and `_` becomes `_`.
 * Source: reference/erda.md 1.18.
 */
export function paramEnvName(param: string): string {
  return `ACTION_${param.toUpperCase().replace(/[^A-Z0-9_]/g, "_")}`;
}

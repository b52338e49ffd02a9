/** What an object holds under a name that a user gave: nothing that every object has, such as `constructor`. */
export function ownValue<Value>(
  values: { readonly [name: string]: Value } | undefined,
  name: string,
): Value | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Whether an error has this name; AWS SDK errors carry the service's error code as their name. */
export function hasName(error: unknown, name: string): boolean {
  return typeof error === "object" && error !== null && "name" in error && error.name === name;
}

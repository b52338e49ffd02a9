/**
 * Puts what stands for them in the place of a body's placeholders, as `DefinitionSubstitutions` of CloudFormation do.
 * Throws where nothing stands for one.
 */
export function substitute(body: string, placeholders: ReadonlyMap<string, string>): string {
  return body.replace(/\$\{[A-Za-z0-9]+\}/g, (placeholder) => {
    const value = placeholders.get(placeholder);
    if (value === undefined) {
      throw new Error(`Nothing stands for ${placeholder} in the state machine.`);
    }
    return value;
  });
}

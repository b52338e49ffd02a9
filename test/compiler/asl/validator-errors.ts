import aslValidator from "asl-validator";

/** What asl-validator 4 finds wrong. It writes into what it is given, so it gets a copy, and it throws on some faults. */
export function validatorErrors(definition: object): readonly string[] {
  try {
    const { errors, isValid } = aslValidator(structuredClone(definition));
    return isValid ? [] : errors.map(({ Message }) => Message);
  } catch (error) {
    return [String(error)];
  }
}

/** asl-validator 4 comes without types. */
declare module "asl-validator" {
  interface Result {
    readonly isValid: boolean;
    readonly errors: readonly { readonly "Error code": string; readonly Message: string }[];
  }
  /** Checks a definition, written in JSONata or JSONPath. Throws on some that it cannot walk through. */
  function aslValidator(definition: object): Result;
  export = aslValidator;
}

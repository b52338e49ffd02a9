/** The attempt cannot be laid out as assigned; its message goes to the author of the pipeline, masked. */
export class PreparationError extends Error {
  override readonly name = "PreparationError";
}

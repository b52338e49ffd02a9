/** Why a pattern is none. Thrown inside this folder only; `compilePattern` turns it into a reason. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

/** A broken invariant of the compiler: never thrown because of what a user wrote. The CLI exits 70. */
export class InternalCompilerError extends Error {
  override readonly name = "InternalCompilerError";
}

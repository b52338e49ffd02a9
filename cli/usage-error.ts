/**
 * The command line asks for something that cannot be: exit code 2. The message is one sentence that names the
 * argument; `help` says what to do instead. Never holds a secret's value.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

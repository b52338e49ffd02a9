/** A receiver did not take a notification. The message names no URL: the URLs of chats are secrets. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  /** How long the receiver wants to be left alone. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: ErrorOptions & { readonly retryAfterSeconds?: number | undefined } = {}) {
    super(message, options);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

import { RetryableExecutorError, TerminalExecutorError } from "../executor-error.ts";
import { type CredentialProvider, signStsGet, urlOf } from "./sign.ts";

/** How a role's session is called in CloudTrail. */
const SESSION_NAME = "sluice";
const SESSION_SECONDS = 3600;
/** Credentials are renewed this long before they expire, so that none expires under way. */
const RENEW_BEFORE_MILLISECONDS = 300_000;
const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Credentials of a role, renewed before they expire. It is one call, for which a function need not carry the whole
 * client of STS. Source: API reference of STS, AssumeRole.
 */
export function assumedRole(
  region: string,
  roleArn: string,
  own: CredentialProvider,
  { send, now }: { readonly send: typeof fetch; readonly now: () => number },
): CredentialProvider {
  let known: ReturnType<CredentialProvider> | undefined;
  const assume: CredentialProvider = async () => {
    const query = {
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: roleArn,
      RoleSessionName: SESSION_NAME,
      DurationSeconds: String(SESSION_SECONDS),
    };
    const request = await signStsGet(region, own, query, {}, { signingDate: new Date(now()) });
    const { host: _host, ...headers } = request.headers;
    const response = await send(urlOf(request), { headers, signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    const text = await response.text();
    const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
    if (!response.ok) {
      const message = `STS AssumeRole of ${roleArn}: ${field("Code") ?? response.status}: ${field("Message") ?? ""}`;
      throw response.status === 429 || response.status >= 500 || field("Code") === "Throttling"
        ? new RetryableExecutorError(message)
        : new TerminalExecutorError(message);
    }
    const [accessKeyId, secretAccessKey, sessionToken, expiration] = [
      field("AccessKeyId"),
      field("SecretAccessKey"),
      field("SessionToken"),
      field("Expiration"),
    ];
    if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) {
      throw new RetryableExecutorError(`STS AssumeRole of ${roleArn} answered no credentials.`);
    }
    const end = expiration === undefined ? now() + SESSION_SECONDS * 1000 : Date.parse(expiration);
    return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(end) };
  };
  return async () => {
    const before = await known?.catch(() => undefined);
    if (before?.expiration === undefined || before.expiration.getTime() - RENEW_BEFORE_MILLISECONDS <= now()) {
      known = assume();
    }
    return known ?? assume();
  };
}

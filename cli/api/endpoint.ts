import { resolve } from "node:path";
import type { Io } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import { isServed, readDevFile } from "./dev-file.ts";

/** Flags of every command that talks to an installation. */
export interface EndpointOptions {
  readonly endpoint?: string;
  readonly stateDir: string;
}

/** What requests are signed with. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An installation, and how requests to it are signed. */
export interface Endpoint {
  /** Without a slash at its end. */
  readonly url: string;
  readonly region: string;
  readonly key: () => Promise<SigningKey>;
  /** It is the `sluice dev` of the state directory. */
  readonly isLocal: boolean;
}

const HELP =
  "Give --endpoint URL or set SLUICE_ENDPOINT (the stack's output RunsApiUrl), or start an installation here with: sluice dev";

/**
 * The installation that a command talks to: `--endpoint`, else `SLUICE_ENDPOINT`, else the `sluice dev` of the state
 * directory. Throws `UsageError` where there is none, and where nothing tells its region.
 */
export function findEndpoint(options: EndpointOptions, io: Pick<Io, "env" | "cwd">): Endpoint {
  const dev = readDevFile(resolve(io.cwd, options.stateDir));
  const given = (options.endpoint ?? io.env["SLUICE_ENDPOINT"] ?? "").replace(/\/+$/, "");
  if (dev !== undefined && (given === "" || given === dev.endpoint)) {
    if (given === "" && !isServed(dev)) {
      throw new UsageError("The sluice dev of this directory has ended without saying so.", HELP);
    }
    const { endpoint: url, region, accessKeyId, secretAccessKey } = dev;
    return { url, region, key: async () => ({ accessKeyId, secretAccessKey }), isLocal: true };
  }
  if (given === "") throw new UsageError("No installation is named, and no sluice dev runs here.", HELP);
  const { host, protocol } = parseUrl(given);
  if (protocol !== "https:" && !/^(127\.|localhost|\[::1\])/.test(host)) {
    throw new UsageError(
      `The endpoint "${given}" is not encrypted.`,
      "Only an installation on this machine is reached by http; begin the URL with https.",
    );
  }
  return { url: given, region: regionOf(host, io.env), key: () => findKey(io.env), isLocal: false };
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`The endpoint "${text}" is no URL.`, "Write for example https://abc123.execute-api….");
  }
  return url;
}

/** `<id>.execute-api.<region>.amazonaws.com`; a domain of one's own tells no region. */
function regionOf(host: string, env: Io["env"]): string {
  const region = /\.execute-api\.([a-z0-9-]+)\./.exec(host)?.[1] ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"];
  if (!region) {
    throw new UsageError(`The name "${host}" does not tell its region.`, "Set AWS_REGION.");
  }
  return region;
}

/** As any AWS tool finds it: the environment, profiles, SSO, roles of the machine. */
async function findKey(env: Io["env"]): Promise<SigningKey> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env;
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, ...(token && { sessionToken: token }) };
  }
  const { defaultProvider } = await import("@aws-sdk/credential-provider-node");
  const profile = env["AWS_PROFILE"];
  try {
    return await defaultProvider({ ...(profile && { profile }) })();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `No AWS credentials were found (${reason}).`,
      "Sign in with your AWS tools, for example: aws sso login; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    );
  }
}

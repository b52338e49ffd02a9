import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../free-port.ts";
import { startListening } from "../listening-program.ts";

const SERVER = fileURLToPath(new URL("./server.py", import.meta.url));

/** Where everything is that MiniStack has; MiniStack takes an access key for an account. */
export const PLACE = { region: "us-east-1", accountId: "123456789012" } as const;
const CREDENTIALS = { accessKeyId: PLACE.accountId, secretAccessKey: "ministack" } as const;

/** MiniStack in a process of its own. */
export interface MiniStack {
  readonly port: number;
  /** What any client of the SDK is made with. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: typeof CREDENTIALS;
    readonly forcePathStyle: true;
  };
  /** What a program outside is told, so that its clients of the SDK come here. */
  readonly environment: Readonly<Record<string, string>>;
  log(): string;
  stop(): Promise<void>;
}

/** How MiniStack is started. */
export interface MiniStackOptions {
  /** Without anything that `server.py` adds. Default false. */
  readonly stock?: boolean;
  /** Variables that deployed functions see, too. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts MiniStack on a free port. Needs SLUICE_LANE_PYTHON, which `scripts/lanes/ministack.sh` sets. */
export async function startMiniStack(options: MiniStackOptions = {}): Promise<MiniStack> {
  const python = process.env["SLUICE_LANE_PYTHON"];
  if (python === undefined) throw new Error("SLUICE_LANE_PYTHON is not set: run this with npm run test:ministack.");
  const directory = await mkdtemp(join(tmpdir(), "sluice-ministack-"));
  const port = await freePort();
  const program = await startListening(python, [SERVER, ...(options.stock === true ? ["--stock"] : [])], {
    PATH: process.env["PATH"],
    HOME: directory,
    TMPDIR: directory,
    S3_DATA_DIR: join(directory, "s3"),
    ...(process.env["DOCKER_HOST"] !== undefined && { DOCKER_HOST: process.env["DOCKER_HOST"] }),
    GATEWAY_PORT: String(port),
    BIND_HOST: "127.0.0.1",
    MINISTACK_ACCOUNT_ID: PLACE.accountId,
    MINISTACK_REGION: PLACE.region,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    SFTP_ENABLED: "0",
    IOT_MTLS_ENABLED: "0",
    // Its own reaper would remove containers before anybody has asked for their exit code.
    ECS_REAP_INTERVAL_SECONDS: "3600",
    LAMBDA_STATE_TRANSITION_SECONDS: "0",
    ...options.environment,
  });
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    port,
    client: { endpoint, region: PLACE.region, credentials: CREDENTIALS, forcePathStyle: true },
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: PLACE.region,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      CDK_DEFAULT_ACCOUNT: PLACE.accountId,
      CDK_DEFAULT_REGION: PLACE.region,
    },
    log: program.log,
    async stop() {
      await program.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

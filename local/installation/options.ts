import type { ActionExecutor } from "../../actions/index.ts";
import type { Compilation, CompileContext, ExecutorDeclaration, Json } from "../../compiler/index.ts";
import type {
  NewConfig,
  NotificationOptions,
  NotificationSecret,
  RuntimeClients,
  RunView,
} from "../../functions/index.ts";
import type { Clock } from "../clock.ts";
import type { BusEvent } from "../events/event.ts";
import type { LogLine } from "../processes/index.ts";
import type { Credentials } from "../wire/signature.ts";
import type { SavedFiles } from "./save-files.ts";

/** How containers are run, where an executor is of the kind `ecs`. */
export interface ContainerOptions {
  /** Default: built from this package when the engine does not have it. */
  readonly agentImage?: string;
  /** Told what takes long. */
  readonly onNotice?: (text: string) => void;
}

/** A notification with its secret, which on AWS stands in Parameter Store before the installation. */
export interface LocalNotification {
  readonly notification: NotificationOptions;
  readonly secret: NotificationSecret;
}

/** What an installation is started with. */
export interface InstallationOptions {
  /** Absolute path. Logs, work directories and objects are kept below it; nothing secret is. */
  readonly stateDirectory: string;
  /**
   * Executors that machines may name. On a laptop there are the kinds `process` and `ecs`, whose tasks are containers of
   * podman or docker.
   */
  readonly executors: readonly ExecutorDeclaration[];
  readonly containers?: ContainerOptions;
  /** Makes an executor of the kind `eks`, whose cluster is not of this machine. Default: there are none. */
  readonly kubernetes?: (name: string) => ActionExecutor;
  /** Configs and secrets. They live in this process alone: what is too large for its memory's Parameter Store is encrypted. */
  readonly configs: readonly NewConfig[];
  /** What pipelines are compiled against that are submitted as text. Default: the API for submissions is not served. */
  readonly compileContext?: CompileContext;
  /**
   * Whether the `cron` of deployed pipelines starts runs. Default false: whoever runs one pipeline once wants no other run
   * of it.
   */
  readonly schedules?: boolean;
  /** Who is told of events, each with its URL and key, which live in this process alone. Default: nobody. */
  readonly notifications?: readonly LocalNotification[];
  /** Port of the endpoint. Default: a free one. */
  readonly port?: number;
  /** Called with every line of every attempt's log; already masked. */
  readonly onLogLine?: (line: LogLine) => void;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** What a run is submitted with. */
export interface Submission {
  /** Key of a pipeline that was deployed. */
  readonly pipeline: string;
  readonly params?: Readonly<Record<string, Json>>;
  readonly envs?: Readonly<Record<string, string>>;
  /** Default: a new one. The same id again submits nothing. */
  readonly runId?: string;
}

/** A whole Sluice on this machine. */
export interface Installation {
  /** Publishes the plan and makes the machine, as a deployment to AWS does; again with the same content it changes nothing. */
  deploy(compilation: Compilation): Promise<{ readonly stateMachineArn: string }>;
  submit(submission: Submission): Promise<{ readonly runId: string; readonly executionArn: string }>;
  /** Stops the execution, and waits until the run's records are settled and no process of it is left. */
  cancel(runId: string): Promise<void>;
  /** @throws when nobody knows the run */
  readRun(runId: string): Promise<RunView>;
  /** Resolves when the run has ended. Rejects when the installation stops before. */
  waitForEnd(runId: string): Promise<RunView>;
  /** Absolute path of the log of an attempt (counted from 1). */
  logFile(runId: string, actionKey: string, attempt: number): string;
  /** Puts copies of the files that the run's actions have left below the state directory; answers where. */
  saveFiles(run: RunView): Promise<SavedFiles>;
  /** Calls `listener` with every event of Sluice's own bus; answers what ends that. */
  onEvent(listener: (event: BusEvent) => void): () => void;
  /** Notifications that could not be delivered after all tries, as JSON, the oldest first. */
  readonly deadLetters: readonly string[];
  /** Base URL of AWS's wire protocols, on the loopback interface. Requests must be signed with `credentials`. */
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly region: string;
  readonly accountId: string;
  /** SDK clients that reach this installation without a socket. */
  readonly clients: RuntimeClients;
  /** Name of the table, for who wants to look into it. */
  readonly tableName: string;
  /** Ends everything: no process, server or timer is left, and Node can exit by itself. Idempotent. */
  stop(): Promise<void>;
}

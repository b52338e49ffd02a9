import { fileURLToPath } from "node:url";
import type { RemovalPolicy } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import type { Role } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../../actions/index.ts";
import type { CompileContext } from "../../compiler/index.ts";
import { AGENT_API_ROUTE } from "../../functions/agent-api/contract.ts";
import { RUNTIME_ENVIRONMENT } from "../../functions/contract.ts";
import { RUNS_API_ROUTES } from "../../functions/runs-api/contract.ts";
import { DEFAULT_EXECUTORS, type ExecutorSettings } from "../executor-settings.ts";
import type { NotificationSettings } from "../notification-settings.ts";
import { type AlarmReceivers, Alarms } from "./alarms.ts";
import { ContainerCluster } from "./container-cluster.ts";
import { ContainerNetwork, type ContainerNetworkProps } from "./container-network.ts";
import { DeadLetters } from "./dead-letters.ts";
import { EventRules } from "./event-rules.ts";
import { type ApiAccess, FunctionApi } from "./function-api.ts";
import { InstallationExecutors } from "./installation-executors.ts";
import { installationPermissions } from "./installation-permissions.ts";
import { KubernetesAccess } from "./kubernetes-access.ts";
import { Notifications } from "./notifications.ts";
import { ObjectBucket } from "./object-bucket.ts";
import { RunTable } from "./run-table.ts";
import { Schedules } from "./schedules.ts";
import { SubmittedMachines } from "./submitted-machines.ts";
import type { SystemFunction } from "./system-function.ts";
import { SystemFunctions } from "./system-functions.ts";

/** Names become parts of state machines' names, which leave 39 characters beside the longest pipeline key. */
const INSTALLATION_NAME = /^[a-z][a-z0-9-]{1,25}$/;

/** Name of the executor that actions get which name none, where there is one of this name. */
const DEFAULT_EXECUTOR = "ecs";

/**
 * Requests a second over all agents. An agent sends about one in 30 seconds and a handful at start and end, so this
 * carries some thousands of attempts at once, and a container that goes wild costs cents and not dollars.
 */
const AGENT_REQUESTS = { requestsPerSecond: 200, requestBurst: 400 };
/** People and their programs: a submission compiles a file. */
const USER_REQUESTS = { requestsPerSecond: 50, requestBurst: 100 };

/** What an installation may be told; all of it has a default. */
export interface SluiceSystemProps extends Omit<ContainerNetworkProps, "encryptionKey"> {
  /**
   * Name of the installation: of its event bus, and the prefix of its state machines and parameters. Two
   * installations in one account need two names.
   * @default "sluice"
   */
  readonly name?: string | undefined;
  /**
   * Directories of action types beside the built-in ones; one of the same name takes a built-in one's place.
   * @default - only the built-in action types
   */
  readonly actions?: readonly string[] | undefined;
  /**
   * Where actions run, by name: the keys of `actions/executors/<kind>/contract.ts`. One of the kind `ecs` that names no
   * `cluster` runs in the stack's own; what it leaves out is what the stack has.
   * @default - `ecs`: Fargate in the stack's own cluster
   */
  readonly executors?: { readonly [name: string]: ExecutorSettings } | undefined;
  /**
   * Executor of actions that name none.
   * @default - `ecs`, or the only one
   */
  readonly defaultExecutor?: string | undefined;
  /**
   * From where the APIs can be called: from the internet, or from the network only.
   * @default - from the internet, unless the network is isolated
   */
  readonly api?: "http" | "private" | undefined;
  /**
   * Who is told of runs and actions.
   * @default - nobody
   */
  readonly notifications?: readonly NotificationSettings[] | undefined;
  /**
   * Whom alarms tell; `false`: there are none.
   * @default - alarms that tell nobody: they are seen in CloudWatch
   */
  readonly alarms?: AlarmReceivers | false | undefined;
  /**
   * Image of the agent, the sidecar of every action, by its address.
   * @default - built from this package at deployment, which takes a container engine beside the CDK CLI
   */
  readonly agentImage?: string | undefined;
  /**
   * Image of actions that name none and whose type names none.
   * @default - none: such an action fails with a message that says so
   */
  readonly defaultImage?: string | undefined;
  /**
   * Key of the customer's own for the table, the bucket, queues, logs, functions and the state machines.
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: IKey | undefined;
  /**
   * What becomes of the table, the buckets and the logs of actions when the stack is deleted.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy | undefined;
}

/**
 * One installation of Sluice in an account and region: what all of its pipelines share. Nothing of it runs while no
 * pipeline does, but for the sweep once a minute.
 *
 * @example
 * const sluice = new SluiceSystem(this, "Sluice");
 * new SluicePipeline(this, "Release", { file: "pipeline.yaml", system: sluice });
 */
export class SluiceSystem extends Construct {
  readonly name: string;
  readonly encryptionKey: IKey | undefined;
  /** What the compiler must know about this installation. */
  readonly compileContext: CompileContext;
  /** What the commands of actions may do in AWS: nothing, until it is granted something. */
  readonly taskRole: Role;
  /** The function that puts plans into the bucket. */
  readonly uploader: SystemFunction;
  /** Where people and programs submit runs: its URL, and what policies of callers name. */
  readonly runsApi: FunctionApi;
  /** What stays when the stack is deleted, unless `removalPolicy` says otherwise: kind and name. */
  readonly kept: { readonly [kind: string]: string };
  /** The executors, and which clusters of which regions they use. */
  readonly executors: InstallationExecutors;
  readonly #functions: SystemFunctions;
  readonly #pipelines = new Map<string, Construct>();

  constructor(scope: Construct, id: string, props: SluiceSystemProps = {}) {
    super(scope, id);
    this.name = props.name ?? "sluice";
    if (!INSTALLATION_NAME.test(this.name)) {
      throw new Error(`"${this.name}" is no name of an installation; it must match ${INSTALLATION_NAME.source}.`);
    }
    const { encryptionKey } = props;
    this.encryptionKey = encryptionKey;
    const machinePrefix = `${this.name}-`;
    const configPrefix = `/${this.name}`;
    const { table } = new RunTable(this, "Runs", props);
    const { bucket } = new ObjectBucket(this, "Objects", props);
    const bus = new EventBus(this, "Bus", { eventBusName: this.name, description: "What becomes of runs and actions" });
    const network = new ContainerNetwork(this, "Network", props);
    const containers = new ContainerCluster(this, "Containers", { ...props, network });
    this.taskRole = containers.taskRole;
    this.executors = new InstallationExecutors(this, "Executors", {
      executors: props.executors ?? DEFAULT_EXECUTORS,
      containers,
      configPrefix,
      isIsolated: props.isolated ?? false,
    });
    this.compileContext = compileContext(props.actions ?? [], this.executors, props.defaultExecutor);
    const { queue: deadLetters } = new DeadLetters(this, "DeadLetters", props);
    const access = apiAccess(props, network);
    const agentApi = new FunctionApi(this, "AgentApi", {
      ...AGENT_REQUESTS,
      name: `${this.name}-agents`,
      description: "Sluice: what agents report to",
      access,
      routes: [AGENT_API_ROUTE],
      authorization: {
        inFunction:
          "An agent has no AWS credentials: the function itself checks the single-use nonce and then the attempt's secret, which the table holds hashed.",
      },
      encryptionKey,
    });
    this.runsApi = new FunctionApi(this, "RunsApi", {
      ...USER_REQUESTS,
      name: `${this.name}-runs`,
      description: "Sluice: where people and programs submit runs",
      access,
      routes: RUNS_API_ROUTES,
      authorization: "iam",
      encryptionKey,
    });
    const schedules = new Schedules(this, "Schedules", { name: this.name, encryptionKey });
    const machines = new SubmittedMachines(this, "Machines", { machinePrefix, encryptionKey });
    const notifications = new Notifications(this, "Notifications", {
      notifications: props.notifications ?? [],
      bus,
      encryptionKey,
    });
    this.#functions = new SystemFunctions(this, "Functions", {
      environment: {
        [RUNTIME_ENVIRONMENT.tableName]: table.tableName,
        [RUNTIME_ENVIRONMENT.bucketName]: bucket.bucketName,
        [RUNTIME_ENVIRONMENT.busName]: bus.eventBusName,
        [RUNTIME_ENVIRONMENT.configPrefix]: configPrefix,
      },
      agentApiUrl: agentApi.url,
      kinds: this.executors.kinds,
      defaultExecutor: this.compileContext.defaultExecutor,
      actionTypes: this.compileContext.actionTypes,
      schedules,
      machines,
      permit: installationPermissions(this, {
        tableArn: table.tableArn,
        bucketArn: bucket.bucketArn,
        busArn: bus.eventBusArn,
        ecsClusters: this.executors.clusters("ecs"),
        eksClusters: this.executors.clusters("eks"),
        taskRoleArns: this.executors.passedRoleArns,
        eksRoleArns: this.executors.assumedRoleArns,
        attemptLogArns: this.executors.logGroupArns,
        machineRoleArn: machines.role.roleArn,
        scheduleRoleArn: schedules.role.roleArn,
        scheduleGroupName: schedules.groupName,
        notificationTopicArns: notifications.topicArns,
        notificationQueueArn: notifications.queue.queueArn,
        machinePrefix,
        configPrefix,
      }),
      deadLetters,
      encryptionKey,
      network: network.functions,
    });
    this.uploader = this.#functions.get("UploadPlan");
    agentApi.answerWith(this.#functions.get("AgentApi").lambda);
    this.runsApi.answerWith(this.#functions.get("RunsApi").lambda);
    notifications.deliverWith(this.#functions.get("Notify"));
    new KubernetesAccess(this, "Kubernetes", { executors: this.executors, functions: this.#functions });
    new EventRules(this, "Rules", {
      functions: this.#functions,
      clusterArns: this.executors.clusters("ecs").map(({ arn }) => arn),
      machinePrefix,
      deadLetters,
    });
    if (props.alarms !== false) {
      new Alarms(this, "Alarms", {
        name: this.name,
        receivers: props.alarms ?? { emails: [] },
        functions: this.#functions,
        table,
        agentApi,
        runsApi: this.runsApi,
        deadLetters,
        scheduleDeadLetters: schedules.deadLetters,
        notificationDeadLetters: notifications.deadLetters,
        notificationQueue: notifications.queue,
        encryptionKey,
      });
    }
    this.kept = { table: table.tableName, bucket: bucket.bucketName, logs: containers.logGroup.logGroupName };
  }

  /** ARN of the function behind a placeholder of a definition: `${ExecuteActionEcs}`. Throws where there is none. */
  functionArn(placeholder: string): string {
    const found = this.#functions.byPlaceholder.get(placeholder);
    if (found === undefined) throw new Error(`The installation has no function for "${placeholder}".`);
    return found.lambda.functionArn;
  }

  /** Takes a pipeline key for a pipeline. Throws where another has it: both would have the same state machine. */
  claim(pipelineKey: string, pipeline: Construct): void {
    const other = this.#pipelines.get(pipelineKey);
    if (other !== undefined) {
      throw new Error(
        `${pipeline.node.path} and ${other.node.path} are both called "${pipelineKey}". Give one of the files another "name".`,
      );
    }
    this.#pipelines.set(pipelineKey, pipeline);
  }
}

/** From where both APIs can be called. Throws where the tasks could not reach them. */
function apiAccess({ api, isolated = false }: SluiceSystemProps, network: ContainerNetwork): ApiAccess {
  const kind = api ?? (isolated ? "private" : "http");
  if (kind === "private") return { kind, vpc: network.vpc, endpoint: network.endpoints?.executeApi };
  if (isolated) {
    throw new Error(
      'The network has no way out, and so no way to an API in the internet. Leave "api" out, or let it be "private".',
    );
  }
  return { kind };
}

function compileContext(
  directories: readonly string[],
  { declarations }: InstallationExecutors,
  chosen: string | undefined,
): CompileContext {
  const { types, problems } = loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS), ...directories]);
  if (problems.length > 0) {
    throw new Error(problems.map(({ file, message }) => `${file}: ${message}`).join("\n"));
  }
  const [first = DEFAULT_EXECUTOR, ...others] = declarations.keys();
  const defaultExecutor = chosen ?? (others.length === 0 ? first : DEFAULT_EXECUTOR);
  if (!declarations.has(defaultExecutor)) {
    const names = [...declarations.keys()].map((name) => `"${name}"`).join(", ");
    throw new Error(
      `"${defaultExecutor}" is no executor of this installation: it has ${names}. Set "defaultExecutor".`,
    );
  }
  return {
    actionTypes: types,
    kinds: EXECUTOR_KINDS,
    executors: new Map([...declarations].map(([name, { kind }]) => [name, { name, kind }])),
    defaultExecutor,
  };
}

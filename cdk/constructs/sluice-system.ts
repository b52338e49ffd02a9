import { fileURLToPath } from "node:url";
import type { RemovalPolicy } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import type { Role } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { ECS_KIND } from "../../actions/executors/ecs/contract.ts";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../../actions/index.ts";
import type { CompileContext } from "../../compiler/index.ts";
import { RUNTIME_ENVIRONMENT } from "../../functions/contract.ts";
import { AgentApi } from "./agent-api.ts";
import { ContainerCluster, type ContainerClusterProps } from "./container-cluster.ts";
import { DeadLetters } from "./dead-letters.ts";
import { EventRules } from "./event-rules.ts";
import { installationPermissions } from "./installation-permissions.ts";
import { ObjectBucket } from "./object-bucket.ts";
import { RunTable } from "./run-table.ts";
import type { SystemFunction } from "./system-function.ts";
import { SystemFunctions } from "./system-functions.ts";

/** Names become parts of state machines' names, which leave 39 characters beside the longest pipeline key. */
const INSTALLATION_NAME = /^[a-z][a-z0-9-]{1,25}$/;

/** Name of the executor that actions get which name none. */
const DEFAULT_EXECUTOR = "ecs";

/** What an installation may be told; all of it has a default. */
export interface SluiceSystemProps extends ContainerClusterProps {
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
   * Key of the customer's own for the table, the bucket, the environment of functions and the state machines.
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: IKey | undefined;
  /**
   * What becomes of the table and the buckets when the stack is deleted.
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
  readonly #functions: SystemFunctions;
  readonly #pipelines = new Map<string, Construct>();

  constructor(scope: Construct, id: string, props: SluiceSystemProps = {}) {
    super(scope, id);
    this.name = props.name ?? "sluice";
    if (!INSTALLATION_NAME.test(this.name)) {
      throw new Error(`"${this.name}" is no name of an installation; it must match ${INSTALLATION_NAME.source}.`);
    }
    this.encryptionKey = props.encryptionKey;
    this.compileContext = compileContext(props.actions ?? []);
    const machinePrefix = `${this.name}-`;
    const configPrefix = `/${this.name}`;
    const { table } = new RunTable(this, "Runs", props);
    const { bucket } = new ObjectBucket(this, "Objects", props);
    const bus = new EventBus(this, "Bus", { eventBusName: this.name, description: "What becomes of runs and actions" });
    const containers = new ContainerCluster(this, "Containers", props);
    const { queue: deadLetters } = new DeadLetters(this, "DeadLetters");
    const agentApi = new AgentApi(this, "AgentApi");
    this.taskRole = containers.taskRole;
    this.#functions = new SystemFunctions(this, "Functions", {
      environment: {
        [RUNTIME_ENVIRONMENT.tableName]: table.tableName,
        [RUNTIME_ENVIRONMENT.bucketName]: bucket.bucketName,
        [RUNTIME_ENVIRONMENT.busName]: bus.eventBusName,
        [RUNTIME_ENVIRONMENT.configPrefix]: configPrefix,
      },
      ecsEnvironment: { [RUNTIME_ENVIRONMENT.ecsExecutor]: DEFAULT_EXECUTOR, ...containers.environment },
      agentApiUrl: agentApi.url,
      bucketName: bucket.bucketName,
      permit: installationPermissions(this, {
        tableArn: table.tableArn,
        bucketArn: bucket.bucketArn,
        busArn: bus.eventBusArn,
        clusterArn: containers.cluster.clusterArn,
        clusterName: containers.cluster.clusterName,
        taskRoleArns: [containers.taskRole.roleArn, containers.taskExecutionRole.roleArn],
        machinePrefix,
        configPrefix,
      }),
      deadLetters,
      encryptionKey: props.encryptionKey,
    });
    this.uploader = this.#functions.uploadPlan;
    agentApi.answerWith(this.#functions.agentApi.lambda);
    new EventRules(this, "Rules", {
      functions: this.#functions,
      clusterArn: containers.cluster.clusterArn,
      machinePrefix,
      deadLetters,
    });
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

function compileContext(directories: readonly string[]): CompileContext {
  const { types, problems } = loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS), ...directories]);
  if (problems.length > 0) {
    throw new Error(problems.map(({ file, message }) => `${file}: ${message}`).join("\n"));
  }
  return {
    actionTypes: types,
    kinds: EXECUTOR_KINDS,
    executors: new Map([[DEFAULT_EXECUTOR, { name: DEFAULT_EXECUTOR, kind: ECS_KIND.kind }]]),
    defaultExecutor: DEFAULT_EXECUTOR,
  };
}

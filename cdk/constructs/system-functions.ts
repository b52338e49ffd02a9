import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Duration } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Permission } from "../../actions/executors/contract.ts";
import { type ActionType, RECORD_RUN_PLACEHOLDER } from "../../compiler/index.ts";
import { RUNTIME_ENVIRONMENT } from "../../functions/contract.ts";
import { MACHINES_ENVIRONMENT } from "../../functions/machines/contract.ts";
import { ACTION_TYPES_FILE } from "../../functions/runs-api/contract.ts";
import {
  EXECUTE_ACTION,
  EXECUTOR_CALLS,
  type ExecutorKind,
  type FunctionDeclaration,
  type FunctionId,
  SYSTEM_FUNCTIONS,
} from "../function-declarations.ts";
import { bundleDirectory } from "./bundles.ts";
import type { FunctionNetwork } from "./container-network.ts";
import type { Grant } from "./grant.ts";
import type { Schedules } from "./schedules.ts";
import { scratchDirectory } from "./scratch.ts";
import type { SubmittedMachines } from "./submitted-machines.ts";
import { SystemFunction } from "./system-function.ts";

/** What the functions are connected to. */
export interface SystemFunctionsProps {
  /** What tells every function its installation. */
  readonly environment: { readonly [name: string]: string };
  /** Base URL of the agent API. */
  readonly agentApiUrl: string;
  /** Kinds of the installation's executors. */
  readonly kinds: ReadonlySet<string>;
  /** Name of the executor of actions that name none. */
  readonly defaultExecutor: string;
  /** What submitted pipelines are compiled against. */
  readonly actionTypes: ReadonlyMap<string, ActionType>;
  readonly schedules: Schedules;
  readonly machines: SubmittedMachines;
  /** Grants for what the contracts declare. */
  readonly permit: (permissions: readonly Permission[]) => readonly Grant[];
  readonly deadLetters: IQueue;
  readonly encryptionKey: IKey | undefined;
  readonly network: FunctionNetwork | undefined;
}

/** The functions of the system; `execute-action` once per executor kind, each with that kind's permissions only. */
export class SystemFunctions extends Construct {
  /** Every function, by its id. */
  readonly all: ReadonlyMap<string, SystemFunction>;
  /** What a definition may call, by placeholder: `${ExecuteActionEcs}`. */
  readonly byPlaceholder: ReadonlyMap<string, SystemFunction>;
  readonly #props: SystemFunctionsProps;
  readonly #kinds: readonly ExecutorKind[];

  constructor(scope: Construct, id: string, props: SystemFunctionsProps) {
    super(scope, id);
    this.#props = props;
    this.#kinds = (["ecs", "eks"] as const).filter((kind) => props.kinds.has(kind));
    const all = new Map<string, SystemFunction>();
    this.all = all;
    const callable = EXECUTE_ACTION.filter(({ kind }) => kind === "wait" || props.kinds.has(kind));
    for (const { kind, ...declaration } of callable) {
      all.set(declaration.id, this.#create(declaration, kind === "wait" ? [] : [kind]));
    }
    for (const declaration of SYSTEM_FUNCTIONS) {
      const { kinds = this.#kinds }: FunctionDeclaration = declaration;
      all.set(
        declaration.id,
        this.#create(
          declaration,
          this.#kinds.filter((kind) => kinds.includes(kind)),
        ),
      );
    }
    this.byPlaceholder = new Map([
      ...callable.map(({ id, placeholder }): [string, SystemFunction] => [placeholder, this.get(id)]),
      [RECORD_RUN_PLACEHOLDER, this.get("RecordRun")],
    ]);
    const target = this.get("StartScheduledRun");
    props.schedules.call(target);
    props.machines.call([...this.byPlaceholder.values()].map(({ lambda }) => lambda.functionArn));
    this.#tell("RunsApi", {
      [RUNTIME_ENVIRONMENT.defaultExecutor]: props.defaultExecutor,
      ...props.machines.environment(
        new Map([...this.byPlaceholder].map(([placeholder, { lambda }]) => [placeholder, lambda.functionArn])),
      ),
      ...props.schedules.environment(target),
    });
    this.#tell("UploadPlan", props.schedules.environment(target));
    this.#tell("StartScheduledRun", { [MACHINES_ENVIRONMENT.arnPrefix]: props.machines.arnPrefix });
  }

  /** A function by its id. Throws where the installation has none of it. */
  get(id: FunctionId): SystemFunction {
    const found = this.all.get(id);
    if (found === undefined) throw new Error(`The installation has no function "${id}".`);
    return found;
  }

  #create(declaration: FunctionDeclaration, kinds: readonly ExecutorKind[]): SystemFunction {
    const { environment, agentApiUrl, permit, deadLetters, encryptionKey, network, actionTypes } = this.#props;
    const { id, executors } = declaration;
    const calls = executors === undefined ? [] : kinds.flatMap((kind) => EXECUTOR_CALLS[kind][executors]);
    return new SystemFunction(this, id, {
      source: id === "RunsApi" ? { directory: withActionTypes(declaration.source, actionTypes) } : declaration.source,
      description: declaration.description,
      timeout: Duration.seconds(declaration.timeoutSeconds),
      ...(declaration.memoryMb === undefined ? {} : { memoryMb: declaration.memoryMb }),
      environment: {
        ...environment,
        ...(calls.length === 0 ? {} : { [RUNTIME_ENVIRONMENT.executorKinds]: kinds.join(",") }),
        ...(executors === "start" && kinds.length > 0 ? { [RUNTIME_ENVIRONMENT.agentApiUrl]: agentApiUrl } : {}),
      },
      grants: permit(distinct([...declaration.permissions, ...calls])),
      ...(declaration.isCalledByEvents ? { deadLetters } : {}),
      encryptionKey,
      network,
    });
  }

  #tell(id: FunctionId, variables: { readonly [name: string]: string }): void {
    for (const [name, value] of Object.entries(variables)) this.get(id).lambda.addEnvironment(name, value);
  }
}

/** What several contracts ask for is granted once. */
function distinct(permissions: readonly Permission[]): readonly Permission[] {
  return [...new Map(permissions.map((permission) => [JSON.stringify(permission), permission])).values()];
}

/** The bundle of a function in which the compiler runs, with the action types of the installation beside it. */
function withActionTypes(source: string, actionTypes: ReadonlyMap<string, ActionType>): string {
  const directory = scratchDirectory();
  cpSync(bundleDirectory(`functions/${source}`), directory, { recursive: true });
  writeFileSync(join(directory, ACTION_TYPES_FILE), JSON.stringify([...actionTypes.values()]));
  return directory;
}

import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Annotations, Fn } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  CfnStateMachineVersion,
  CustomerManagedEncryptionConfiguration,
  DefinitionBody,
  LogLevel,
  StateMachine,
} from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Compilation } from "../../compiler/index.ts";
import { compilePipeline } from "./compile-pipeline.ts";
import { acknowledgeWildcard, grant } from "./grant.ts";
import { PlanUpload } from "./plan-upload.ts";
import { scratchDirectory } from "./scratch.ts";
import type { SluiceSystem } from "./sluice-system.ts";
import { systemLogs } from "./system-logs.ts";

/** A pipeline file and where it runs. */
export interface SluicePipelineProps {
  /** Path of the `pipeline.yaml`, from the working directory. */
  readonly file: string;
  /** The installation that runs it. */
  readonly system: SluiceSystem;
  /**
   * Whether keys that the compiler does not know are errors.
   * @default false: they are warnings
   */
  readonly strict?: boolean | undefined;
}

/**
 * A pipeline kept in a repository. The file is compiled at synth (a mistake in it fails `cdk synth` with its line), its
 * plan goes to the installation's bucket, and its control flow becomes a state machine. Starting an execution with
 * `{}` runs the current plan.
 *
 * @example
 * const sluice = new SluiceSystem(this, "Sluice");
 * new SluicePipeline(this, "Release", { file: "pipeline.yaml", system: sluice });
 */
export class SluicePipeline extends Construct {
  readonly stateMachine: StateMachine;
  /** What the compiler made of the file. */
  readonly compilation: Compilation;

  constructor(scope: Construct, id: string, props: SluicePipelineProps) {
    super(scope, id);
    const { system } = props;
    const { compilation, warnings } = compilePipeline(resolve(props.file), {
      ...system.compileContext,
      ...(props.strict === undefined ? {} : { strict: props.strict }),
    });
    if (warnings !== undefined) Annotations.of(this).addWarningV2("sluice:diagnostics", warnings);
    this.compilation = compilation;
    system.claim(compilation.plan.pipeline, this);
    this.stateMachine = this.#createMachine(system, compilation);
    new PlanUpload(this, "Plan", {
      uploader: system.uploader,
      plan: compilation.plan,
      planHash: compilation.planHash,
      machine: this.#versionName(compilation),
    });
  }

  #createMachine(system: SluiceSystem, { machine, plan }: Compilation): StateMachine {
    // The name is stable, unlike on a laptop: in CloudFormation a name with the definition's hash would replace the
    // machine, which ends the runs that are under way, and keeping the old one makes going back to it impossible.
    const stateMachineName = `${system.name}-${plan.pipeline}`;
    const called = placeholders(machine.body).map((name): [string, string] => [
      name.slice("${".length, -"}".length),
      system.functionArn(name),
    ]);
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("states.amazonaws.com"),
      description: `Calls the functions that the pipeline "${plan.pipeline}" names`,
    });
    if (called.length > 0) {
      grant(role, { actions: ["lambda:InvokeFunction"], resources: called.map(([, arn]) => arn) });
    }
    const logs = systemLogs(this, "Logs", {
      // The prefix keeps log delivery's resource policy short (5,120 characters for all machines of an account).
      logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
      encryptionKey: system.encryptionKey,
    });
    const stateMachine = new StateMachine(this, "Machine", {
      stateMachineName,
      definitionBody: DefinitionBody.fromFile(writeDefinition(machine.body)),
      definitionSubstitutions: Object.fromEntries(called),
      role,
      tracingEnabled: true,
      // Inputs hold task tokens and what users gave as params: they are not copied into the log.
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
      ...(system.encryptionKey === undefined
        ? {}
        : { encryptionConfiguration: new CustomerManagedEncryptionConfiguration(system.encryptionKey) }),
    });
    acknowledgeWildcard(role, "*", "The calls by which logs are delivered, and X-Ray's, know no resources.");
    return stateMachine;
  }

  /** `<name>:<version>`. A submitted run names the version, so that it gets the machine that fits its plan. */
  #versionName({ machine }: Compilation): string {
    const version = new CfnStateMachineVersion(this, "Version", {
      stateMachineArn: this.stateMachine.stateMachineArn,
      stateMachineRevisionId: this.stateMachine.stateMachineRevisionId,
      description: machine.hash,
    });
    return Fn.join(":", [Fn.select(6, Fn.split(":", version.attrArn)), Fn.select(7, Fn.split(":", version.attrArn))]);
  }
}

/** What stands in a definition for functions: `${ExecuteActionEcs}`. */
function placeholders(body: string): string[] {
  return [...new Set(body.match(/\$\{\w+\}/g))].sort();
}

/** CDK takes a definition from a file only; its content, not its path, names the asset. */
function writeDefinition(body: string): string {
  const file = join(scratchDirectory(), "state-machine.asl.json");
  writeFileSync(file, body);
  return file;
}

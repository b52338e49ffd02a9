import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Subnet, Vpc } from "aws-cdk-lib/aws-ec2";
import { type IKey, Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Configuration } from "../configuration.ts";
import { Encryption } from "../constructs/encryption.ts";
import { SluicePipeline } from "../constructs/sluice-pipeline.ts";
import { SluiceSystem, type SluiceSystemProps } from "../constructs/sluice-system.ts";

/** A stack's own properties, and what `context.sluice` of `cdk.json` may say. */
export interface SluiceStackProps extends StackProps, Partial<Configuration> {}

/** One installation with the pipelines that its repository keeps. */
export class SluiceStack extends Stack {
  readonly system: SluiceSystem;

  constructor(scope: Construct, id: string, props: SluiceStackProps = {}) {
    super(scope, id, { description: "Sluice: pipelines on AWS Step Functions", ...props });
    const removalPolicy = props.retain === false ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    const encryptionKey = this.#encryptionKey(props, removalPolicy);
    this.system = new SluiceSystem(this, "Sluice", {
      name: props.name,
      actions: props.actions,
      executors: props.executors,
      defaultExecutor: props.defaultExecutor,
      api: props.api,
      notifications: props.notifications,
      alarms: props.alarms,
      agentImage: props.agentImage,
      defaultImage: props.defaultImage,
      removalPolicy,
      encryptionKey,
      ...this.#network(props.network),
    });
    for (const [name, file] of Object.entries(props.pipelines ?? {})) {
      const pipeline = new SluicePipeline(this, name, { file, system: this.system });
      new CfnOutput(pipeline, "StateMachineArn", { value: pipeline.stateMachine.stateMachineArn });
    }
    this.#tell("RunsApiUrl", this.system.runsApi.url, "Where runs are submitted: sluice submit --endpoint URL");
    this.#tell(
      "RunsApiArn",
      `${this.system.runsApi.executeArn}/*`,
      "What policies of callers allow execute-api:Invoke on",
    );
    if (removalPolicy === RemovalPolicy.RETAIN) {
      const kept = {
        ...this.system.kept,
        ...(props.encryptionKey === "create" ? { key: `alias/${this.system.name}` } : {}),
      };
      const names = Object.entries(kept).map(([kind, name]) => `${kind} ${name}`);
      this.#tell(
        "KeptWhenDestroyed",
        names.join(", "),
        "What stays when this stack is deleted: docs/operations.md#destroy",
      );
    }
  }

  #tell(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }

  #encryptionKey({ name = "sluice", encryptionKey }: SluiceStackProps, removalPolicy: RemovalPolicy): IKey | undefined {
    if (encryptionKey === undefined) return undefined;
    if (encryptionKey !== "create") return Key.fromKeyArn(this, "Key", encryptionKey);
    return new Encryption(this, "Encryption", { name, removalPolicy }).key;
  }

  #network(network: Configuration["network"] = { kind: "public" }): Partial<SluiceSystemProps> {
    switch (network.kind) {
      case "public":
        return {};
      case "private":
        return { isolated: true };
      case "imported": {
        const { vpcId, subnetIds, isolated, functions } = network;
        return {
          vpc: Vpc.fromLookup(this, "Vpc", { vpcId }),
          isolated,
          functionsInNetwork: functions || isolated,
          subnets:
            subnetIds === undefined
              ? undefined
              : { subnets: subnetIds.map((subnetId, at) => Subnet.fromSubnetId(this, `Subnet${at + 1}`, subnetId)) },
        };
      }
    }
  }
}

import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Vpc } from "aws-cdk-lib/aws-ec2";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Configuration } from "../configuration.ts";
import { SluicePipeline } from "../constructs/sluice-pipeline.ts";
import { SluiceSystem } from "../constructs/sluice-system.ts";

/** A stack's own properties, and what `context.sluice` of `cdk.json` may say. */
export interface SluiceStackProps extends StackProps, Partial<Configuration> {}

/** One installation with the pipelines that its repository keeps. */
export class SluiceStack extends Stack {
  readonly system: SluiceSystem;

  constructor(scope: Construct, id: string, props: SluiceStackProps = {}) {
    super(scope, id, { description: "Sluice: pipelines on AWS Step Functions", ...props });
    const { vpcId, encryptionKeyArn } = props;
    this.system = new SluiceSystem(this, "Sluice", {
      name: props.name,
      actions: props.actions,
      agentImage: props.agentImage,
      defaultImage: props.defaultImage,
      removalPolicy: props.retain === false ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      vpc: vpcId === undefined ? undefined : Vpc.fromLookup(this, "Vpc", { vpcId }),
      encryptionKey: encryptionKeyArn === undefined ? undefined : Key.fromKeyArn(this, "Key", encryptionKeyArn),
    });
    for (const [name, file] of Object.entries(props.pipelines ?? {})) {
      const pipeline = new SluicePipeline(this, name, { file, system: this.system });
      new CfnOutput(pipeline, "StateMachineArn", { value: pipeline.stateMachine.stateMachineArn });
    }
  }
}

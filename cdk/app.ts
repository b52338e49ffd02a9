import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { readConfiguration } from "./configuration.ts";
import { addRegionStacks } from "./stacks/region-stack.ts";
import { SluiceStack } from "./stacks/sluice-stack.ts";

const app = new App();
const configuration = readConfiguration(app.node.tryGetContext("sluice"));
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
const stack = new SluiceStack(app, configuration.name, {
  ...configuration,
  ...(account === undefined || region === undefined ? {} : { env: { account, region } }),
});
addRegionStacks(app, stack, stack.system);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { writeSuppressionsToCloudFormation: true }));
app.synth();

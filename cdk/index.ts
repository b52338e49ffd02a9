/** What a CDK application imports: `import { SluicePipeline, SluiceSystem } from "sluice/cdk"`. */

export type { Configuration } from "./configuration.ts";
export { SluicePipeline, type SluicePipelineProps } from "./constructs/sluice-pipeline.ts";
export { SluiceSystem, type SluiceSystemProps } from "./constructs/sluice-system.ts";
export { SluiceStack, type SluiceStackProps } from "./stacks/sluice-stack.ts";

/** What a CDK application imports: `import { SluicePipeline, SluiceSystem } from "sluice/cdk"`. */

export type { Configuration } from "./configuration.ts";
export { SluicePipeline, type SluicePipelineProps } from "./constructs/sluice-pipeline.ts";
export { SluiceSystem, type SluiceSystemProps } from "./constructs/sluice-system.ts";
export type { ExecutorSettings } from "./executor-settings.ts";
export type { NotificationSettings } from "./notification-settings.ts";
export { addRegionStacks, SluiceRegionStack, type SluiceRegionStackProps } from "./stacks/region-stack.ts";
export { SluiceStack, type SluiceStackProps } from "./stacks/sluice-stack.ts";

export { AgentImageError, ensureAgentImage } from "./agent-image.ts";
export { createLocalContainers, type LocalContainers } from "./containers.ts";
export { findEngine, NoContainerEngineError } from "./engine/find-engine.ts";

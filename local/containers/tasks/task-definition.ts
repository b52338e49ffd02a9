import { z } from "zod";

const keyValue = z.strictObject({ name: z.string().min(1), value: z.string().default("") });
const texts = z.array(z.string());

/** Source: AWS, "Amazon ECS task definition parameters", container dependency. */
const dependency = z.strictObject({
  containerName: z.string(),
  condition: z.enum(["START", "COMPLETE", "SUCCESS", "HEALTHY"]),
});

const healthCheck = z.strictObject({
  /** `["CMD-SHELL", "text"]` or `["CMD", …]`. */
  command: texts.min(1),
  interval: z.int().min(5).max(300).default(30),
  timeout: z.int().min(2).max(60).default(5),
  retries: z.int().min(1).max(10).default(3),
  startPeriod: z.int().min(0).max(300).default(0),
});

const containerDefinition = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9_-]{1,255}$/),
  image: z.string().min(1),
  essential: z.boolean().default(true),
  entryPoint: texts.optional(),
  command: texts.optional(),
  environment: z.array(keyValue).default([]),
  cpu: z.int().min(0).optional(),
  /** MiB, at most so many. */
  memory: z.int().min(6).optional(),
  /** MiB, kept for it. */
  memoryReservation: z.int().min(6).optional(),
  mountPoints: z
    .array(
      z.strictObject({ sourceVolume: z.string(), containerPath: z.string(), readOnly: z.boolean().default(false) }),
    )
    .default([]),
  dependsOn: z.array(dependency).default([]),
  startTimeout: z.int().min(2).max(120).optional(),
  /** Seconds between SIGTERM and SIGKILL. */
  stopTimeout: z.int().min(2).max(120).default(30),
  user: z.string().optional(),
  workingDirectory: z.string().optional(),
  readonlyRootFilesystem: z.boolean().default(false),
  linuxParameters: z.strictObject({ initProcessEnabled: z.boolean().default(false) }).optional(),
  logConfiguration: z
    .strictObject({ logDriver: z.literal("awslogs"), options: z.record(z.string(), z.string()).default({}) })
    .optional(),
  healthCheck: healthCheck.optional(),
  // What has no effect here: nobody is reached from outside, and images are what the engine has.
  portMappings: z.array(z.unknown()).optional(),
  versionConsistency: z.string().optional(),
  dockerLabels: z.record(z.string(), z.string()).optional(),
});

/**
 * What RegisterTaskDefinition takes here. Anything else is refused, never ignored. Roles, disk and network mode are taken
 * and have no effect: this machine has no IAM, its own disk, and one network.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export const taskDefinitionInput = z
  .strictObject({
    family: z.string().regex(/^[A-Za-z0-9_-]{1,255}$/),
    containerDefinitions: z.array(containerDefinition).min(1),
    /** Units; 1024 are one processor. */
    cpu: z.string().regex(/^\d+$/).optional(),
    /** MiB for all containers together. */
    memory: z.string().regex(/^\d+$/).optional(),
    volumes: z.array(z.strictObject({ name: z.string().min(1) })).default([]),
    runtimePlatform: z
      .strictObject({
        cpuArchitecture: z.enum(["X86_64", "ARM64"]).optional(),
        operatingSystemFamily: z.literal("LINUX").optional(),
      })
      .optional(),
    requiresCompatibilities: texts.optional(),
    networkMode: z.string().optional(),
    executionRoleArn: z.string().optional(),
    taskRoleArn: z.string().optional(),
    ephemeralStorage: z.strictObject({ sizeInGiB: z.int().min(21).max(200) }).optional(),
    tags: z.array(z.strictObject({ key: z.string(), value: z.string().optional() })).optional(),
  })
  .superRefine(({ containerDefinitions, volumes }, context) => {
    const names = containerDefinitions.map(({ name }) => name);
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    if (new Set(names).size < names.length) refuse("Container names must be unique.");
    if (!containerDefinitions.some(({ essential }) => essential)) refuse("At least one container must be essential.");
    for (const { name, mountPoints, dependsOn } of containerDefinitions) {
      for (const { sourceVolume } of mountPoints) {
        if (!volumes.some((volume) => volume.name === sourceVolume)) {
          refuse(`Unknown volume '${sourceVolume}' of container '${name}'.`);
        }
      }
      for (const { containerName, condition } of dependsOn) {
        const target = containerDefinitions.find((other) => other.name === containerName);
        if (target === undefined || containerName === name) {
          refuse(`Container '${name}' depends on '${containerName}', which is no other container of the task.`);
        } else if (target.essential && (condition === "COMPLETE" || condition === "SUCCESS")) {
          refuse(`Container '${containerName}' is essential, so none can depend on its end (${condition}).`);
        } else if (condition === "HEALTHY" && target.healthCheck === undefined) {
          refuse(`Container '${containerName}' has no health check that '${name}' could depend on.`);
        }
      }
    }
    if (hasCycle(containerDefinitions)) refuse("The dependencies of the containers form a cycle.");
  });

/** A task definition with every default filled in. */
export type TaskDefinition = Readonly<z.infer<typeof taskDefinitionInput>>;

/** One container of a task definition. */
export type ContainerDefinition = TaskDefinition["containerDefinitions"][number];

/** A task definition as it was registered. */
export interface RegisteredDefinition {
  readonly definition: TaskDefinition;
  readonly arn: string;
  readonly revision: number;
}

type Dependent = Pick<z.infer<typeof containerDefinition>, "name" | "dependsOn">;

function hasCycle(containers: readonly Dependent[]): boolean {
  let left = [...containers];
  for (;;) {
    const free = left.filter(({ dependsOn }) =>
      dependsOn.every(({ containerName }) => left.every(({ name }) => name !== containerName)),
    );
    if (free.length === 0) return left.length > 0;
    left = left.filter((container) => !free.includes(container));
  }
}

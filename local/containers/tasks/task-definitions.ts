import type { z } from "zod";
import { ServiceError } from "../../wire/service.ts";
import { type RegisteredDefinition, taskDefinitionInput } from "./task-definition.ts";

/** The task definitions of one region, by family and revision. */
export interface TaskDefinitions {
  /** @throws {ServiceError} for what ECS would refuse, and for what this one does not have */
  register(input: unknown): RegisteredDefinition;
  /** By family (its newest revision), `family:revision` or ARN. */
  find(name: string): RegisteredDefinition | undefined;
  list(family: string | undefined): readonly RegisteredDefinition[];
}

/** No task definition yet. `arnPrefix` is `arn:aws:ecs:<region>:<account>:`. */
export function createTaskDefinitions(arnPrefix: string): TaskDefinitions {
  const families = new Map<string, RegisteredDefinition[]>();
  return {
    register(input) {
      const parsed = taskDefinitionInput.safeParse(input);
      if (!parsed.success) throw invalidInput(parsed.error);
      const { family } = parsed.data;
      const revisions = families.get(family) ?? [];
      const revision = revisions.length + 1;
      const registered = {
        definition: parsed.data,
        arn: `${arnPrefix}task-definition/${family}:${revision}`,
        revision,
      };
      families.set(family, [...revisions, registered]);
      return registered;
    },
    find(name) {
      const [family = "", revision] = name.replace(/^arn:.*:task-definition\//, "").split(":");
      const revisions = families.get(family);
      return revision === undefined ? revisions?.at(-1) : revisions?.[Number(revision) - 1];
    },
    list: (family) => (family === undefined ? [...families.values()].flat() : (families.get(family) ?? [])),
  };
}

/** How DescribeTaskDefinition shows it. */
export function describeDefinition({ definition, arn, revision }: RegisteredDefinition): object {
  const { tags: _, ...shown } = definition;
  return { ...shown, taskDefinitionArn: arn, revision, status: "ACTIVE", compatibilities: ["EC2", "FARGATE"] };
}

/** What is wrong with an input, as ECS names it. */
export function invalidInput(error: z.ZodError): ServiceError {
  const problems = error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  return new ServiceError("ClientException", problems.join("; "));
}

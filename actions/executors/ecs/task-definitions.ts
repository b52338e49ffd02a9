import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { attemptTo } from "./ecs-errors.ts";
import type { TaskDefinition } from "./task-definition.ts";

/** The task definitions of one cluster's region, as far as this sandbox knows them. */
export interface TaskDefinitions {
  /** Makes sure that the family has an active revision. Equal content is registered once. */
  register(definition: TaskDefinition): Promise<void>;
}

/**
 * Registers task definitions once for each content. Calls of this sandbox that come at the same time share one; of two
 * sandboxes that find the family missing at the same time, the one that got a later revision takes it back, since
 * RegisterTaskDefinition knows no client token.
 */
export function createTaskDefinitions(client: Pick<ECSClient, "send">): TaskDefinitions {
  const registered = new Map<string, Promise<void>>();

  const isActive = async (taskDefinition: string): Promise<boolean> => {
    const known = await client
      .send(new DescribeTaskDefinitionCommand({ taskDefinition }))
      // ECS answers a family that it does not know with a ClientException; a real fault comes again from the next call.
      .catch(() => undefined);
    return known?.taskDefinition?.status === "ACTIVE";
  };

  const registerOnce = async (definition: TaskDefinition): Promise<void> => {
    const { family } = definition;
    if (await isActive(family)) {
      return;
    }
    const call = client.send(new RegisterTaskDefinitionCommand(definition));
    const { taskDefinition } = await attemptTo("RegisterTaskDefinition", call);
    const revision = taskDefinition?.revision ?? 1;
    if (revision > 1 && (await isActive(`${family}:1`))) {
      const surplus = { taskDefinition: `${family}:${revision}` };
      await attemptTo("DeregisterTaskDefinition", client.send(new DeregisterTaskDefinitionCommand(surplus)));
    }
  };

  return {
    async register(definition) {
      const { family } = definition;
      const known = registered.get(family) ?? registerOnce(definition);
      registered.set(family, known);
      try {
        await known;
      } catch (error) {
        registered.delete(family);
        throw error;
      }
    },
  };
}

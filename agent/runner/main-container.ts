import { delay } from "../delay.ts";
import { CONTAINERS } from "../protocol.ts";

/**
 * Watches the container `main` in the metadata of its ECS task (`$ECS_CONTAINER_METADATA_URI_V4/task`): resolves with
 * its exit code when it has stopped, also when it never started. Never resolves where there is no such address.
 * Source: AWS, "Amazon ECS task metadata endpoint version 4".
 */
export async function mainContainerStopped(
  metadataUri: string | undefined,
  send: typeof fetch,
  pollMilliseconds: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  while (metadataUri !== undefined) {
    const task: unknown = await send(`${metadataUri}/task`, { signal })
      .then((response) => response.json())
      // An endpoint that does not answer says nothing about the container; it is asked again.
      .catch(() => undefined);
    const main = containers(task).find((container) => container["Name"] === CONTAINERS.main);
    if (main?.["KnownStatus"] === "STOPPED") {
      return typeof main["ExitCode"] === "number" ? main["ExitCode"] : undefined;
    }
    await delay(pollMilliseconds, signal);
  }
  return new Promise(() => undefined);
}

function containers(task: unknown): Record<string, unknown>[] {
  const list = typeof task === "object" && task !== null && "Containers" in task ? task.Containers : undefined;
  return Array.isArray(list) ? list : [];
}

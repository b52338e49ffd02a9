/** How often a condition is looked at: nothing tells this process what another process or a log does. */
const POLL_MILLISECONDS = 5;

/** Waits until `condition` answers true; the test's own timeout is the limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

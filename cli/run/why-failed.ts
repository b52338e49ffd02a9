/**
 * The part of an action's error message that the view does not say itself: messages begin with the action and how it
 * ended (`action "build" failed with exit code 2`), because the AWS console shows them alone.
 */
export function whyFailed(alias: string, message: string): string {
  const subject = `action "${alias}" `;
  if (!message.startsWith(subject)) return message;
  const rest = message.slice(subject.length).replace(/^(?:failed|timed out|was cancelled)(?:: | with |$)/, "");
  return rest === "" ? message : rest;
}

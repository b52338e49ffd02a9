import { z } from "zod";
import { type NotificationDeclaration, notificationDeclarations } from "../functions/notify/contract.ts";

/** A notification as an operator writes it: that to SNS may leave its topic to the stack. */
export const notificationSettings = z.looseObject({
  target: z.looseObject({ kind: z.string(), topicArn: z.string().optional() }),
});

/** A notification as an operator writes it; its keys are those of `functions/notify/contract.ts`. */
export type NotificationSettings = Readonly<z.infer<typeof notificationSettings>>;

/** A topic in the place of one that only CloudFormation knows, so that the rest of a declaration can be checked. */
const SOME_TOPIC = "arn:aws:sns:us-east-1:000000000000:topic-of-the-stack";

/** The declarations with every default filled in. Throws with what is wrong with one of them. */
export function completeNotifications(
  settings: readonly NotificationSettings[],
  topicArn: string | undefined,
): readonly NotificationDeclaration[] {
  const checked = notificationDeclarations.safeParse(
    settings.map((each) =>
      each.target.kind === "sns" && each.target.topicArn === undefined
        ? { ...each, target: { ...each.target, topicArn: SOME_TOPIC } }
        : each,
    ),
  );
  if (!checked.success) throw new Error(`A notification is declared wrongly.\n${z.prettifyError(checked.error)}`);
  return checked.data.map((each) =>
    each.target.kind === "sns" && each.target.topicArn === SOME_TOPIC && topicArn !== undefined
      ? { ...each, target: { ...each.target, topicArn } }
      : each,
  );
}

import { CreateScheduleGroupCommand, GetScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { createScheduler } from "../../../local/schedules/scheduler.ts";
import { answerSchedulerProtocol } from "../../../local/schedules/scheduler-protocol.ts";
import { createInProcessHandler } from "../../../local/wire/in-process-handler.ts";

/** Where the schedules of a test are made. */
export const SCHEDULE_PLACE = {
  group: "sluice",
  roleArn: "arn:aws:iam::123456789012:role/sluice-schedules",
  targetArn: "arn:aws:lambda:eu-central-1:123456789012:function:sluice-start-scheduled-run",
  deadLetterArn: "arn:aws:sqs:eu-central-1:123456789012:sluice-dead-letters",
} as const;

/** EventBridge Scheduler of a laptop whose time nobody moves; counts what is written. */
export class FakeScheduler {
  readonly writes: string[] = [];
  readonly client: SchedulerClient;

  constructor(now: () => number) {
    const scheduler = createScheduler({
      clock: { now, schedule: () => () => {} },
      region: "eu-central-1",
      accountId: "123456789012",
      randomId: () => "execution",
      invoke: () => {},
      onFailure: () => {},
    });
    const { handle, ...handler } = createInProcessHandler((request) => {
      if (request.method !== "GET" && !request.path.startsWith("/schedule-groups")) {
        this.writes.push(`${request.method} ${request.path}`);
      }
      return answerSchedulerProtocol(scheduler, request);
    });
    this.client = new SchedulerClient({
      region: "eu-central-1",
      credentials: { accessKeyId: "AKIDSHOP", secretAccessKey: "shop" },
      requestHandler: { handle, ...handler },
      maxAttempts: 1,
    });
  }

  createGroup(): Promise<unknown> {
    return this.client.send(new CreateScheduleGroupCommand({ Name: SCHEDULE_PLACE.group }));
  }

  /** Expression, zone and state of a schedule; `undefined` where there is none. */
  async describe(name: string): Promise<string | undefined> {
    try {
      const found = await this.client.send(new GetScheduleCommand({ Name: name, GroupName: SCHEDULE_PLACE.group }));
      return `${found.ScheduleExpression} ${found.ScheduleExpressionTimezone} ${found.State}`;
    } catch {
      return undefined;
    }
  }
}

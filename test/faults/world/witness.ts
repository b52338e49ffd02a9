/** One piece of work of an action's scripts. Times are in milliseconds. */
export interface Work {
  readonly attemptId: string;
  readonly action: string;
  readonly from: number;
  to?: number;
}

/** What is seen of a run from outside the functions. */
export class Witness {
  readonly work: Work[] = [];
  /** Outputs that were accepted, by attempt. */
  readonly outputs = new Map<string, Readonly<Record<string, string>>>();
  /** When the success of an action was confirmed to its agent. */
  readonly successes = new Map<string, number>();
  /** The status that was last written to the run's record: seen as it is written, so that nobody must read it. */
  runStatus: "queued" | "running" | "suspended" | "succeeded" | "failed" | "cancelled" | "timedOut" = "queued";

  workStarted(attemptId: string, from: number): void {
    this.work.push({ attemptId, action: actionOf(attemptId), from });
  }

  workEnded(attemptId: string, to: number): void {
    const work = this.work.findLast((one) => one.attemptId === attemptId);
    if (work !== undefined) work.to = to;
  }

  succeeded(attemptId: string, at: number): void {
    this.successes.set(actionOf(attemptId), at);
  }

  /** A call that was carried out. */
  sees(command: object): void {
    const { input } = command as { readonly input?: DynamoDBUpdate };
    if (input?.Key?.["sk"]?.S !== "run") return;
    for (const { S } of Object.values(input.ExpressionAttributeValues ?? {})) {
      if (S === "succeeded" || S === "failed" || S === "cancelled" || S === "timedOut") this.runStatus = S;
    }
  }
}

interface DynamoDBUpdate {
  readonly Key?: Readonly<Record<string, { readonly S?: string }>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S?: string }>>;
}

function actionOf(attemptId: string): string {
  return attemptId.split(".")[1] ?? "";
}

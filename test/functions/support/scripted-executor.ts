import type { ActionExecutor, AttemptReference, AttemptSpecification, AttemptStatus } from "../../../actions/index.ts";

/** An executor that starts nothing but remembers everything. */
export class ScriptedExecutor implements ActionExecutor {
  readonly kind = "process";
  readonly name = "build";
  readonly calls: string[] = [];
  readonly specifications = new Map<string, AttemptSpecification>();
  readonly statuses = new Map<string, AttemptStatus>();
  /** Errors of the next calls, by operation. */
  readonly faults: { [operation in "create" | "start" | "cancel" | "remove"]?: Error[] } = {};
  /** Called when something is started, before the caller hears of it. */
  onStart: (attemptId: string) => Promise<void> = async () => {};

  /** Attempts that were started, each once. */
  get started(): string[] {
    return [...this.specifications.keys()];
  }

  async exist({ attemptId }: AttemptReference) {
    this.calls.push(`exist ${attemptId}`);
    return this.specifications.has(attemptId)
      ? { created: true, started: true, handle: `handle-${attemptId}` }
      : { created: false, started: false };
  }

  async create({ attemptId }: AttemptSpecification) {
    this.calls.push(`create ${attemptId}`);
    this.#fault("create");
  }

  async start(attempt: AttemptSpecification) {
    this.calls.push(`start ${attempt.attemptId}`);
    this.#fault("start");
    if (!this.specifications.has(attempt.attemptId)) {
      this.specifications.set(attempt.attemptId, attempt);
      await this.onStart(attempt.attemptId);
    }
    return `handle-${attempt.attemptId}`;
  }

  async update() {}

  async status({ attemptId }: AttemptReference): Promise<AttemptStatus> {
    return this.statuses.get(attemptId) ?? { phase: this.specifications.has(attemptId) ? "running" : "unknown" };
  }

  async inspect({ attemptId }: AttemptReference) {
    return `attempt ${attemptId}`;
  }

  async cancel({ attemptId }: AttemptReference, reason: string) {
    this.calls.push(`cancel ${attemptId}: ${reason}`);
    this.#fault("cancel");
  }

  async remove({ attemptId }: AttemptReference) {
    this.calls.push(`remove ${attemptId}`);
    this.#fault("remove");
    this.end(attemptId);
  }

  /** What was started has ended. */
  end(attemptId: string): void {
    if (this.specifications.has(attemptId)) this.statuses.set(attemptId, { phase: "ended" });
  }

  #fault(operation: keyof ScriptedExecutor["faults"]): void {
    const fault = this.faults[operation]?.shift();
    if (fault) throw fault;
  }
}

import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { AGENT_ENVIRONMENT } from "../../agent/protocol.ts";
import { attemptPaths, type LogLine } from "../processes/index.ts";
import type { Task, TaskContainer } from "./tasks/task.ts";

/** What stands in the place of CloudWatch Logs: the file of the attempt. */
export interface AttemptLogs {
  /** The task begins: whoever looks for its log finds one, if empty. */
  begin(task: Task): void;
  write(task: Task, container: TaskContainer, chunk: Buffer): void;
  /** The container has ended: a last line without a line feed is one as well. */
  end(task: Task, container: TaskContainer): void;
}

/** Which attempt a task is for, by the environment that the executor gives its agent; `undefined` for another task. */
export function attemptIdOf(task: Task): string | undefined {
  const given = task.overrides.flatMap(({ environment }) => environment);
  return given.find(({ name }) => name === AGENT_ENVIRONMENT.attempt)?.value;
}

/**
 * Writes what containers with the log driver `awslogs` print into the log of their attempt below the state directory,
 * and hands the lines on. What the agent prints is masked; of `main` only what its wrapper itself says gets here.
 */
export function createAttemptLogs(stateDirectory: string, onLogLine?: (line: LogLine) => void): AttemptLogs {
  const open = new Map<string, { readonly decoder: StringDecoder; rest: string }>();

  const pathsOf = (task: Task, container?: TaskContainer) => {
    const attemptId = attemptIdOf(task);
    const isKept = container === undefined || container.definition.logConfiguration !== undefined;
    if (attemptId === undefined || !isKept) return undefined;
    try {
      return attemptPaths(stateDirectory, attemptId);
    } catch {
      // Not one of our attempts, so nobody looks for its log.
      return undefined;
    }
  };
  const hand = (paths: Omit<LogLine, "text">, text: string) => {
    const { runId, actionKey, attempt } = paths;
    onLogLine?.({ runId, actionKey, attempt, text });
  };

  return {
    begin(task) {
      const paths = pathsOf(task);
      if (paths === undefined) return;
      mkdirSync(dirname(paths.log), { recursive: true, mode: 0o700 });
      appendFileSync(paths.log, "", { mode: 0o600 });
    },
    write(task, container, chunk) {
      const paths = pathsOf(task, container);
      if (paths === undefined) return;
      appendFileSync(paths.log, chunk, { mode: 0o600 });
      const state = open.get(container.arn) ?? { decoder: new StringDecoder("utf8"), rest: "" };
      open.set(container.arn, state);
      const lines = (state.rest + state.decoder.write(chunk)).split("\n");
      state.rest = lines.pop() ?? "";
      for (const line of lines) hand(paths, line);
    },
    end(task, container) {
      const state = open.get(container.arn);
      const paths = pathsOf(task, container);
      open.delete(container.arn);
      const rest = state === undefined ? "" : state.rest + state.decoder.end();
      if (rest !== "" && paths !== undefined) hand(paths, rest);
    },
  };
}

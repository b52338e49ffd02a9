import type { FailureAnalysis } from "../protocol.ts";
import type { FailureAnalyser } from "./analyse-failure.ts";
import { didSucceed, type ExitOfScripts } from "./exit-meaning.ts";

/** Reads along while the scripts run, and says at their end why they failed. */
export interface LateAnalyser {
  /** Takes a line, masked. */
  follow(line: string): void;
  /** `undefined` where the scripts succeeded, and where nothing tells why they failed. */
  conclude(end: ExitOfScripts): Promise<FailureAnalysis | undefined>;
}

/** Of a longer log the analysis reads along: what it keeps is less than the log. 64 Ki characters hold some 1,000 lines. */
const KEPT_CHARACTERS = 64 * 1024;

/**
 * The analyser, loaded where it is needed: when the scripts have failed, or when their log is too long to keep. Most
 * actions succeed with a short log, and its patterns are half of what an agent would load at its start.
 */
export function createLateAnalyser(): LateAnalyser {
  let kept: string[] = [];
  let characters = 0;
  let loading: Promise<FailureAnalyser> | undefined;
  let loaded: FailureAnalyser | undefined;
  const load = () => {
    loading ??= import("./analyse-failure.ts").then(({ createFailureAnalyser }) => {
      loaded = createFailureAnalyser();
      kept.forEach(loaded.follow);
      kept = [];
      return loaded;
    });
    return loading;
  };
  return {
    follow(line) {
      if (loaded !== undefined) {
        loaded.follow(line);
        return;
      }
      kept.push(line);
      characters += line.length;
      if (characters > KEPT_CHARACTERS) {
        void load();
      }
    },
    async conclude(end) {
      return didSucceed(end) ? undefined : (await load()).conclude(end);
    },
  };
}

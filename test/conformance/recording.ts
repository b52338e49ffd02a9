import { existsSync, readFileSync } from "node:fs";

/** One recording of the real Step Functions: `corpus/asl/README.md`. */
export interface Recording {
  readonly id: string;
  readonly kind: "pure" | "lambda" | "service";
  readonly queryLanguage: "JSONata" | "JSONPath";
  readonly definition: object;
  /** JSON text. */
  readonly input: string;
  /** What each function does: its name to the file that the origin deployed. */
  readonly lambdas: { readonly [functionName: string]: string };
  readonly events: readonly RecordedEvent[];
}

/** An event as GetExecutionHistory answers it; the origin has replaced what differs from run to run. */
export interface RecordedEvent {
  /** `[0]` where the origin has put the events of a Parallel state in an order of its own. */
  readonly id: number | readonly number[];
  readonly previousEventId: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

/** Where the corpus lies beside a checkout, seen from the repository. */
export const RECORDINGS = new URL("../../../shared/corpus/asl/aws-recordings.json", import.meta.url);

export function hasRecordings(): boolean {
  return existsSync(RECORDINGS);
}

export function readRecordings(file: URL | string): readonly Recording[] {
  return JSON.parse(readFileSync(file, "utf8")) as Recording[];
}

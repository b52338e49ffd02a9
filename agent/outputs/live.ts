import type { ApiClient } from "../api-client.ts";
import type { OutputEntry } from "../protocol.ts";
import type { OutputCollector } from "./collector.ts";

/** Sends outputs while the scripts still run. */
export interface LiveOutputs {
  /** To be called on every change; sends a batch a little later. */
  changed(): void;
  /** Stops sending and answers what belongs into the report of the attempt's end. */
  finish(): Promise<OutputEntry[]>;
}

/** A function call takes 6 MB; what is more goes in several calls. */
const BATCH_BYTES = 1_048_576;

/** Changes are collected for `batchMilliseconds`. A batch that cannot be delivered stands in a later one or in the report. */
export function createLiveOutputs(
  client: ApiClient,
  collector: OutputCollector,
  batchMilliseconds: number,
): LiveOutputs {
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();
  const abort = new AbortController();
  const send = async (signal?: AbortSignal): Promise<void> => {
    const taken = collector.takeChanged();
    for (const batch of batches(taken)) {
      try {
        await client.outputs({ entries: batch }, signal);
      } catch {
        // Heartbeats find out whether the attempt is still wanted; outputs are sent again with the report.
        collector.putBack(batch);
      }
    }
  };
  return {
    changed() {
      timer ??= setTimeout(() => {
        timer = undefined;
        sending = sending.then(() => send(abort.signal));
      }, batchMilliseconds);
    },
    async finish() {
      clearTimeout(timer);
      abort.abort();
      await sending;
      const all = collector.all();
      const [first = [], ...rest] = batches(all);
      if (rest.length > 0) {
        await send();
      }
      return first;
    },
  };
}

function batches(entries: readonly OutputEntry[]): OutputEntry[][] {
  const cut: OutputEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(JSON.stringify(entry));
    const last = cut.at(-1);
    if (last === undefined || bytes + size > BATCH_BYTES) {
      cut.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return cut;
}

import { timestamp } from "../api-server/store.ts";

/** One of the three states of a container, as a status shows it. */
export type ContainerState =
  | { readonly waiting: { readonly reason: string; readonly message?: string } }
  | { readonly running: { readonly startedAt: string } }
  | {
      readonly terminated: {
        readonly exitCode: number;
        readonly reason: string;
        readonly message?: string;
        readonly finishedAt: string;
      };
    };

/** Status of one container. */
export interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly imageID: string;
  state: ContainerState;
  lastState: ContainerState | Record<string, never>;
  ready: boolean;
  started: boolean;
  restartCount: number;
}

export const waiting = (reason: string, message?: string): ContainerState => ({
  waiting: { reason, ...(message !== undefined && { message }) },
});

export const running = (): ContainerState => ({ running: { startedAt: timestamp(Date.now()) } });

export function terminated(exitCode: number, reason: string, message?: string): ContainerState {
  return {
    terminated: { exitCode, reason, finishedAt: timestamp(Date.now()), ...(message !== undefined && { message }) },
  };
}

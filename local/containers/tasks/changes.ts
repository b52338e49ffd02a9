/** Lets code wait for a condition on a state that other code changes. */
export interface Changes {
  /** The state has changed: whoever waits looks again. */
  notify(): void;
  /** Resolves with the first answer that is not `undefined`: at once, or after a change. */
  until<Answer>(ask: () => Answer | undefined): Promise<Answer>;
}

/** Nobody waits yet. */
export function createChanges(): Changes {
  const waiting = new Set<() => void>();
  return {
    notify() {
      for (const look of [...waiting]) look();
    },
    until: (ask) =>
      new Promise((resolve) => {
        const look = () => {
          const answer = ask();
          if (answer === undefined) return;
          waiting.delete(look);
          resolve(answer);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Longest delay in milliseconds that `setTimeout` takes; longer ones are chained. */
const LONGEST_DELAY = 2_147_483_647;

/** Calls `callback` once after `seconds`, however many; answers how to call it off. */
export function after(seconds: number, callback: () => void): () => void {
  const due = performance.now() + seconds * 1000;
  let timer: NodeJS.Timeout;
  const arm = () => {
    const left = due - performance.now();
    timer = left > LONGEST_DELAY ? setTimeout(arm, LONGEST_DELAY) : setTimeout(callback, Math.max(0, left));
  };
  arm();
  return () => clearTimeout(timer);
}

import { type KeyLevel, mapOf, TEXT } from "./key-table.ts";

const STRATEGY_LEVEL: KeyLevel = {
  name: "a loop's strategy",
  keys: [
    {
      key: "max_times",
      type: { kind: "number", whole: true },
      description: "How often the action runs at most; 0 is once, -1 is without limit.",
      example: "10",
      default: "10 without a strategy, else once",
    },
    {
      key: "decline_ratio",
      type: { kind: "number", whole: false },
      description: "Each wait is the one before times this.",
      example: "1.5",
      default: "2 without a strategy, else 1",
    },
    {
      key: "decline_limit_sec",
      type: { kind: "number", whole: false, least: 0, unit: "seconds" },
      description: "Longest wait in seconds.",
      example: "60",
      default: "60 without a strategy, else interval_sec",
    },
    {
      key: "interval_sec",
      type: { kind: "number", whole: false, least: 0, unit: "seconds" },
      description: "First wait in seconds.",
      example: "2",
      default: "2",
    },
  ],
};

/** Keys of `loop`. Source: reference/erda.md 1.7. */
export const LOOP_LEVEL: KeyLevel = {
  name: "a loop",
  keys: [
    {
      key: "break",
      type: TEXT,
      description: "Expression judged after each run of the action; the loop ends when it is true.",
      example: "task_status != 'Timeout'",
      default: "task_status == 'Success'",
    },
    {
      key: "strategy",
      type: mapOf(STRATEGY_LEVEL),
      description: "How often and how fast the action is repeated.",
      example: "{max_times: 10, interval_sec: 5}",
    },
  ],
};

/** Keys of `retry`, which Erda has not; the words are those of `loop.strategy`. */
export const RETRY_LEVEL: KeyLevel = {
  name: "a retry",
  keys: [
    {
      key: "max_times",
      type: { kind: "number", whole: true },
      description: "How often a failed try is repeated at most, at least 1.",
      example: "2",
      default: "1",
    },
    {
      key: "decline_ratio",
      type: { kind: "number", whole: false },
      description: "Each wait is the one before times this.",
      example: "2",
      default: "1",
    },
    {
      key: "decline_limit_sec",
      type: { kind: "number", whole: false, least: 0, unit: "seconds" },
      description: "Longest wait in seconds.",
      example: "30",
      default: "interval_sec, and at least 60 where decline_ratio is above 1",
    },
    {
      key: "interval_sec",
      type: { kind: "number", whole: false, least: 0, unit: "seconds" },
      description: "Wait before the first repetition in seconds.",
      example: "5",
      default: "2",
    },
  ],
};

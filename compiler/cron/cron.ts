import type { Span } from "../source/span.ts";

/** One field of a cron expression, read. */
export interface CronValues {
  /** Ascending, without repetition. */
  readonly values: readonly number[];
  /**
   * Written with `*` or `?`, also with a step behind it. Decides how the day of the month and the day of the week go together: without
   * a star in either, a day needs only one of them (Vixie cron's rule, which Erda has).
   */
  readonly isStar: boolean;
}

/** A cron expression: times by the calendar of a time zone. */
export interface CronTimes {
  readonly kind: "times";
  readonly minute: CronValues;
  readonly hour: CronValues;
  readonly dayOfMonth: CronValues;
  readonly month: CronValues;
  /** 0 is Sunday. */
  readonly dayOfWeek: CronValues;
  readonly year: CronValues;
}

/** `@every`: a fixed rate, whatever the clock on the wall says. */
export interface CronRate {
  readonly kind: "rate";
  /** Whole minutes, at least 1. */
  readonly minutes: number;
}

/** What `cron` says. */
export type Cron = CronTimes | CronRate;

/** What is wrong with a `cron`; spans are offsets into its text. */
export type CronProblem = { readonly span: Span } & (
  | { readonly kind: "field-count"; readonly count: number }
  | {
      readonly kind: "value";
      readonly text: string;
      /** Name of the field, for people. */
      readonly field: string;
      /** Why it is wrong: `is above 59`. */
      readonly why: string;
      /** What the field takes. */
      readonly allowed: string;
      readonly help: string;
      /** What should stand there instead, where that is certain. */
      readonly replacement?: string;
    }
  | { readonly kind: "seconds"; readonly text: string }
  | { readonly kind: "descriptor"; readonly text: string }
  | { readonly kind: "duration"; readonly text: string }
  | { readonly kind: "not-minutes"; readonly text: string; readonly nearest: string }
  | { readonly kind: "zone"; readonly text: string; readonly zone: string }
  | { readonly kind: "never"; readonly days: string }
);

import { error, noEffect } from "../catalog-entry.ts";
import { text } from "../message-template.ts";

/** What is wrong with `cron` and the keys beside it. */
export const READ_CRON_DIAGNOSTICS = {
  "read/cron-field-count": error(
    text`"cron" has ${"count"} fields where it has 5: minute, hour, day of the month, month, day of the week.`,
    text`Write for example "30 2 * * mon-fri"; seconds may stand in front (only 0), and with them a year at the end.`,
  ),
  "read/cron-value": error(text`"${"text"}" ${"why"}: the ${"field"} of "cron" takes ${"allowed"}.`),
  "read/cron-seconds": error(
    text`"cron" cannot start a run at the seconds "${"text"}", because schedules count whole minutes.`,
    text`Write "0", or leave the seconds away.`,
  ),
  "read/cron-descriptor": error(text`"${"text"}" is not a word of "cron".`),
  "read/cron-duration": error(
    text`"${"text"}" is not a duration that "@every" takes.`,
    text`Write hours and minutes: "@every 1h30m".`,
  ),
  "read/cron-whole-minutes": error(
    text`"@every ${"text"}" is not a number of whole minutes, which is all that schedules count.`,
    text`The nearest is "@every ${"nearest"}".`,
  ),
  "read/cron-zone-in-front": error(
    text`"${"text"}" does not stand in "cron" here.`,
    text`Take it away and write "cron_timezone: ${"zone"}" in a line of its own.`,
  ),
  "read/cron-never": noEffect(
    text`"cron" starts no run, because there is no ${"days"}.`,
    text`Write a day that one of the months has.`,
  ),
  "read/unknown-time-zone": error(text`"${"zone"}" is not the name of a time zone.`),
  "read/unknown-overlap": error(text`"${"overlap"}" is not a way to treat overlapping runs.`),
  "read/cron-alone": noEffect(text`"${"key"}" has no effect, because ${"why"}.`),
} as const;

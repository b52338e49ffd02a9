import type { READ_CRON_DIAGNOSTICS } from "../catalog/read-cron.ts";
import { type ExplanationsOf, file } from "./explanation.ts";

/** Why a `cron` cannot be kept. */
export const READ_CRON_EXPLANATIONS: ExplanationsOf<typeof READ_CRON_DIAGNOSTICS> = {
  "read/cron-field-count": {
    why: "The fields are minute, hour, day of the month, month and day of the week. With six the first is the seconds, with seven the last is the year.",
    wrong: file`
      version: "1.1"
      cron: "0 3 * *"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      cron: "0 3 * * *"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "read/cron-value": {
    why: 'A field takes numbers within its range, names of months and days of the week, ranges ("9-17"), steps ("*/15") and lists of them. L, W and # of other dialects are not part of it, and Sunday is 0.',
    wrong: file`
      version: "1.1"
      cron: "0 25 * * *"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      cron: "0 23 * * *"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "read/cron-seconds": {
    why: "Runs are started by EventBridge Scheduler, which knows no seconds. Erda would start this one at each of those seconds.",
    wrong: file`
      version: "1.1"
      cron: "30 0 3 * * *"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      cron: "0 0 3 * * *"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    fix: 'writes "0".',
  },
  "read/cron-descriptor": {
    why: 'The words are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and "@every" with a duration.',
    wrong: file`
      version: "1.1"
      cron: "@nightly"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      cron: "@midnight"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "read/cron-duration": {
    why: 'The duration is written as Go writes it: "90m", "1h30m", "24h". It has no days.',
    wrong: file`
      version: "1.1"
      cron: "@every day"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      cron: "@every 24h"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "read/cron-whole-minutes": {
    why: "A schedule comes at most once a minute, and counts whole minutes.",
    wrong: file`
      version: "1.1"
      cron: "@every 90s"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      cron: "@every 2m"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    fix: "writes the nearest number of minutes.",
  },
  "read/cron-zone-in-front": {
    why: "Some dialects take the time zone in front of the fields. Here it has a key of its own, so that every editor can check it.",
    wrong: file`
      version: "1.1"
      cron: "CRON_TZ=Asia/Shanghai 0 3 * * *"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      cron: "0 3 * * *"
      cron_timezone: Asia/Shanghai
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "read/cron-never": {
    why: "No month of those that are asked for has that day, so that the time never comes. Nobody would notice before the run is missed.",
    wrong: file`
      version: "1.1"
      cron: "0 3 31 apr *"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      cron: "0 3 30 apr *"
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "read/unknown-time-zone": {
    why: 'Time zones are named as in the IANA database, by continent and city. An offset such as "+08:00" is none, since daylight saving time changes it in most places.',
    wrong: file`
      version: "1.1"
      cron: "0 3 * * *"
      cron_timezone: Asia/Shangai
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      cron: "0 3 * * *"
      cron_timezone: Asia/Shanghai
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
  "read/unknown-overlap": {
    why: '"forbid" starts no run while one of the pipeline is under way, "replace" cancels that one, and "allow" starts another.',
    wrong: file`
      version: "1.1"
      cron: "0 3 * * *"
      cron_overlap: skip
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      cron: "0 3 * * *"
      cron_overlap: forbid
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    fix: 'writes "forbid" for "skip" and "replace" for "cancel".',
  },
  "read/cron-alone": {
    why: "The key says something about a time that the pipeline does not have.",
    wrong: file`
      version: "1.1"
      cron_timezone: Asia/Shanghai
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
    right: file`
      version: "1.1"
      cron: "0 3 * * *"
      cron_timezone: Asia/Shanghai
      stages:
      - stage:
        - custom-script:
            commands: make
    `,
  },
};

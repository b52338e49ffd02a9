import { inShop, type Mistake } from "./mistake.ts";

/** Wrong times, and wrong keys beside them. */
export const CRON_MISTAKES: readonly Mistake[] = [
  inShop("a cron of four fields", "read/cron-field-count", { top: 'cron: "▸0 3 * *"' }),
  inShop("an hour that no day has", "read/cron-value", { top: 'cron: "0 ▸25 * * *"' }),
  inShop("Sunday as 7", "read/cron-value", { top: 'cron: "0 3 * * ▸7"' }),
  inShop("the last day of a month", "read/cron-value", { top: "cron: 0 3 ▸L * *" }),
  inShop("days over the end of the week", "read/cron-value", { top: "cron: 0 3 * * ▸fri-mon" }),
  inShop("a param as the time", "read/cron-field-count", { top: "cron: ▸${{ params.target }}" }),
  inShop("seconds", "read/cron-seconds", { top: 'cron: "▸30 0 3 * * *"' }),
  inShop("a word that cron has not", "read/cron-descriptor", { top: 'cron: "▸@nightly"' }),
  inShop("a misspelt word of cron", "read/cron-descriptor", { top: 'cron: "▸@dayly"' }),
  inShop("days as a duration", "read/cron-duration", { top: 'cron: "@every ▸2d"' }),
  inShop("more than once a minute", "read/cron-whole-minutes", { top: 'cron: "@every ▸30s"' }),
  inShop("a time zone in front", "read/cron-zone-in-front", { top: 'cron: "▸CRON_TZ=Asia/Shanghai 0 3 * * *"' }),
  inShop("a day that never comes", "read/cron-never", { top: 'cron: "▸0 3 30 2 *"' }),
  inShop("a misspelt time zone", "read/unknown-time-zone", {
    top: 'cron: "0 3 * * *"\ncron_timezone: ▸Asia/Shangai',
  }),
  inShop("an offset as the time zone", "read/unknown-time-zone", {
    top: 'cron: "0 3 * * *"\ncron_timezone: ▸"+08:00"',
  }),
  inShop("a word of another system for overlaps", "read/unknown-overlap", {
    top: 'cron: "0 3 * * *"\ncron_overlap: ▸Forbid',
  }),
  inShop("an unknown way to treat overlaps", "read/unknown-overlap", {
    top: 'cron: "0 3 * * *"\ncron_overlap: ▸wait',
  }),
  inShop("a time zone without a time", "read/cron-alone", { top: "▸cron_timezone: Asia/Shanghai" }),
  inShop("a time zone of a rate", "read/cron-alone", { top: 'cron: "@every 5m"\n▸cron_timezone: Asia/Shanghai' }),
  inShop("a param that nobody gives", "validate/param-of-scheduled-run", {
    head: 'version: "1.1"\nname: shop\ncron: "0 3 * * *"\nparams: [{name: ▸target, required: true}]\n',
  }),
];

import { expect, test } from "vitest";
import { readTimeZone, timeZoneNames } from "../../../compiler/cron/time-zone.ts";

test.each([
  ["UTC", "UTC"],
  ["utc", "UTC"],
  ["Asia/Shanghai", "Asia/Shanghai"],
  ["asia/shanghai", "Asia/Shanghai"],
  ["Asia/Kolkata", "Asia/Kolkata"],
  ["US/Eastern", "US/Eastern"],
  ["Etc/GMT+8", "Etc/GMT+8"],
])("%s is %s", (written, zone) => {
  expect(readTimeZone(written)).toBe(zone);
});

test.each(["+08:00", "-0500", "08:00", "Asia", "Asia/Shangai", "Berlin", "", " UTC"])("%s is none", (written) => {
  expect(readTimeZone(written)).toBeUndefined();
});

test("zones are suggested by their names", () => {
  expect(timeZoneNames()).toContain("Asia/Shanghai");
  expect(timeZoneNames()[0]).toBe("UTC");
});

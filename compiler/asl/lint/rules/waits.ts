import { codeOf } from "../expressions.ts";
import type { LintRule } from "../rule.ts";

const LONGEST_SECONDS = 99_999_999;

/** A Wait has exactly one of `Seconds` and `Timestamp`; constant seconds are whole and in range. */
export const waits: LintRule = {
  name: "waits",
  check({ states }) {
    return states.flatMap(({ object, path, type }) => {
      if (type !== "Wait") return [];
      const seconds = object["Seconds"];
      if ((seconds === undefined) === (object["Timestamp"] === undefined)) {
        return [{ path, message: "Exactly one of Seconds and Timestamp must be given." }];
      }
      const isFine =
        seconds === undefined ||
        (typeof seconds === "string" && codeOf(seconds) !== undefined) ||
        (typeof seconds === "number" && Number.isInteger(seconds) && seconds >= 0 && seconds <= LONGEST_SECONDS);
      return isFine
        ? []
        : [{ path: `${path}.Seconds`, message: `Seconds must be a whole number from 0 to ${LONGEST_SECONDS}.` }];
    });
  },
};

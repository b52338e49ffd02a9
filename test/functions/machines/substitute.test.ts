import { expect, test } from "vitest";
import { substitute } from "../../../functions/machines/substitute.ts";

const ARNS = new Map([["${RecordRun}", "arn:aws:lambda:eu-west-1:000000000000:function:$&"]]);

test("placeholders become ARNs, letter by letter", () => {
  expect(substitute('{"a":"${RecordRun}","b":"${RecordRun}","c":"{% $states.input %}"}', ARNS)).toBe(
    '{"a":"arn:aws:lambda:eu-west-1:000000000000:function:$&","b":"arn:aws:lambda:eu-west-1:000000000000:function:$&","c":"{% $states.input %}"}',
  );
});

test("a placeholder that nothing stands for is an error", () => {
  expect(() => substitute("${ExecuteActionEks}", ARNS)).toThrow("Nothing stands for ${ExecuteActionEks}");
});

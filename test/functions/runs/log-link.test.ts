import { expect, test } from "vitest";
import { logLink } from "../../../functions/runs/log-link.ts";

const log = { group: "/sluice/attempts", stream: "agent/agent/0123abcd" };

test.each([
  ["eu-west-1", "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1"],
  ["cn-north-1", "https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1"],
  ["us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1"],
])("the page of a log in %s", (region, page) => {
  expect(logLink({ region, ...log })).toBe(
    `${page}#logsV2:log-groups/log-group/$252Fsluice$252Fattempts/log-events/agent$252Fagent$252F0123abcd`,
  );
});

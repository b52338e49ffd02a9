import { expect, test } from "vitest";
import { readMachineSettings } from "../../../functions/machines/settings.ts";

const VARIABLES = {
  SLUICE_MACHINE_ARN_PREFIX: "arn:aws:states:eu-central-1:123456789012:stateMachine:",
  SLUICE_MACHINE_NAME_PREFIX: "sluice-",
  SLUICE_MACHINE_ROLE: "arn:aws:iam::123456789012:role/machines",
  SLUICE_MACHINE_LOG_GROUP: "arn:aws:logs:eu-central-1:123456789012:log-group:machines:*",
  SLUICE_MACHINE_FUNCTIONS: '{"RecordRun":"arn:aws:lambda:eu-central-1:123456789012:function:record"}',
};

test("how machines are made is read from the environment", () => {
  expect(readMachineSettings(VARIABLES)).toEqual({
    arnPrefix: VARIABLES.SLUICE_MACHINE_ARN_PREFIX,
    namePrefix: "sluice-",
    roleArn: VARIABLES.SLUICE_MACHINE_ROLE,
    logGroupArn: VARIABLES.SLUICE_MACHINE_LOG_GROUP,
    functions: new Map([["${RecordRun}", "arn:aws:lambda:eu-central-1:123456789012:function:record"]]),
  });
  expect(readMachineSettings({ ...VARIABLES, SLUICE_MACHINE_KEY: "arn:key" })).toMatchObject({ kmsKeyArn: "arn:key" });
});

test.each(Object.keys(VARIABLES))("%s must be set", (name) => {
  expect(() => readMachineSettings({ ...VARIABLES, [name]: undefined })).toThrow(name);
});

import { expect, test } from "vitest";
import { paramEnvName } from "../../../compiler/keys/param-env-name.ts";

test.each([
  ["uri", "ACTION_URI"],
  ["git.user-name", "ACTION_GIT_USER_NAME"],
  ["构建", "ACTION___"],
])("the param %s is the environment variable %s", (param, env) => {
  expect(paramEnvName(param)).toBe(env);
});

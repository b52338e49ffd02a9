import { expect, test } from "vitest";
import { ensureAgentImage } from "../../../local/containers/index.ts";
import { createFakeEngine } from "./fake-engine.ts";

test("an image that the engine has is not built again", async () => {
  const engine = createFakeEngine();
  const image = await ensureAgentImage(engine, () => expect.fail("nothing is built"));
  expect(image).toMatch(/^localhost\/sluice-agent:[0-9a-f]{16}$/);
  expect(engine.calls).toEqual([]);
});

test("one that it does not have is built, and the person is told before", async () => {
  const calls: string[] = [];
  const engine = { ...createFakeEngine(), hasImage: async () => false, build: async () => void calls.push("built") };
  await ensureAgentImage(engine, () => calls.push("told"));
  expect(calls).toEqual(["told", "built"]);
  const build = async () => Promise.reject(new Error("no such host"));
  await expect(ensureAgentImage({ ...engine, build }, () => undefined)).rejects.toMatchObject({
    name: "AgentImageError",
    message: "The agent's image cannot be built: no such host",
  });
});

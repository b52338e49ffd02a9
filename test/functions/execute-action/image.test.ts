import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Plan } from "../../../compiler/index.ts";
import { action, config, output, param, plan, template, text } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const open = (actions: ReturnType<typeof action>[], rest: Partial<Plan> = {}) =>
  Shop.open(database, plan(actions, rest));

describe("an image with references", () => {
  const image = template("shop/", config("arch"), ":", param("channel"), "-", output("build", "version"));
  if (image.kind !== "template") throw new Error("An image with references is a template.");
  const deploy = action("deploy", 1, { image });
  const params = [{ name: "channel", type: "string", required: false, default: text("beta") }] as const;

  test("is rendered for what starts the attempt", async () => {
    const shop = await open([action("build", 0), deploy], { params });
    shop.parameters.parameters.set("/sluice/configs/arch", { value: "arm64", type: "String" });
    await shop.perform("build", "token-1", { outputs: [{ name: "version", value: "1.4" }] });
    await shop.enter("deploy", "token-2");
    expect(shop.executor.specifications.get(shop.attempt("deploy"))).toMatchObject({ image: "shop/arm64:beta-1.4" });
  });

  test("holds no secret: everybody who sees the task could read it", async () => {
    const shop = await open([action("build", 0), deploy], { params });
    shop.parameters.parameters.set("/sluice/configs/arch", { value: "hunter2hunter2", type: "SecureString" });
    await shop.perform("build", "token-1", { outputs: [{ name: "version", value: "1.4" }] });
    await shop.enter("deploy", "token-2");
    expect(shop.executor.specifications.has(shop.attempt("deploy"))).toBe(false);
    expect(shop.states.answers.at(-1)).toMatchObject({ cause: expect.stringContaining("a secret cannot be part") });
    expect(JSON.stringify([await shop.items(), shop.bus.events, shop.logs])).not.toContain("hunter2");
  });

  test("that lost a config between two calls ends the attempt, not the function", async () => {
    const shop = await open([action("build", 0), deploy], { params });
    shop.parameters.parameters.set("/sluice/configs/arch", { value: "arm64", type: "String" });
    await shop.perform("build", "token-1", { outputs: [{ name: "version", value: "1.4" }] });
    const { create } = shop.executor;
    shop.executor.create = () => Promise.reject(new Error("the function ends here"));
    await shop.enter("deploy", "token-2").catch(() => undefined);
    shop.executor.create = create;
    shop.parameters.parameters.clear();
    await shop.enter("deploy", "token-2");
    expect(shop.executor.specifications.has(shop.attempt("deploy"))).toBe(false);
  });

  test("fails the action with its place before anything is started, where a value is missing", async () => {
    const shop = await open([action("build", 0), deploy], { params });
    shop.parameters.parameters.set("/sluice/configs/arch", { value: "arm64", type: "String" });
    await shop.perform("build", "token-1", {});
    await shop.enter("deploy", "token-2");
    expect(shop.executor.specifications.has(shop.attempt("deploy"))).toBe(false);
    expect(shop.states.answers.at(-1)).toMatchObject({
      cause: expect.stringMatching(/pipeline\.yaml:\d+:\d+: image: Action "build" put out no "version"\./),
    });
  });
});

import { describe, expect, test } from "vitest";
import { createCommand } from "../../../../local/containers/engine/container-arguments.ts";
import type { ContainerSpecification } from "../../../../local/containers/engine/engine.ts";

const OVEN: ContainerSpecification = {
  name: "oven",
  image: "shop/oven:1",
  environment: {},
  volumes: [],
  readOnlyRoot: false,
  init: false,
};
const argsOf = (change: Partial<ContainerSpecification>, engine = "podman") =>
  createCommand(engine, "me", { ...OVEN, ...change }).args;

test("a container of which nothing is asked", () => {
  expect(argsOf({})).toEqual([
    "create",
    "--name=oven",
    "--label=sluice.owner=me",
    "--pull=never",
    "--network=host",
    "--log-driver=k8s-file",
    "shop/oven:1",
  ]);
  expect(argsOf({}, "docker")).toContain("--log-driver=json-file");
});

test.each([
  [{ entryPoint: ["/bin/bake", "-v"], command: ["bread"] }, ["--entrypoint=/bin/bake", "shop/oven:1", "-v", "bread"]],
  [{ command: ["bread"] }, ["shop/oven:1", "bread"]],
  [{ memoryMb: 64 }, ["--memory=64m", "--memory-swap=64m"]],
  [{ cpuShares: 512 }, ["--cpu-shares=512"]],
  [{ user: "1000:1000", workingDirectory: "/work" }, ["--user=1000:1000", "--workdir=/work"]],
  [{ readOnlyRoot: true, init: true }, ["--read-only", "--init"]],
  [{ platform: "linux/arm64" }, ["--platform=linux/arm64"]],
  [
    {
      volumes: [
        { name: "tray", path: "/tray", readOnly: false },
        { name: "recipes", path: "/recipes", readOnly: true },
      ],
    },
    ["--volume=tray:/tray", "--volume=recipes:/recipes:ro"],
  ],
] satisfies [Partial<ContainerSpecification>, string[]][])("%j", (change, expected) => {
  expect(argsOf(change)).toEqual(expect.arrayContaining(expected));
});

describe("the environment", () => {
  test("is given by the command's own, so that nobody reads values from the list of processes", () => {
    const { args, environment } = createCommand("podman", "me", { ...OVEN, environment: { NONCE: "one-time" } });
    expect(environment).toEqual({ NONCE: "one-time" });
    expect(args).toContain("--env=NONCE");
    expect(args.join(" ")).not.toContain("one-time");
  });

  test.each(["PATH", "HOME", "DOCKER_HOST", "CONTAINERS_CONF", "CONTAINER_HOST", "HTTPS_PROXY", "XDG_RUNTIME_DIR"])(
    "%s, which the command itself reads, does not reach it",
    (name) => {
      const { args, environment } = createCommand("podman", "me", { ...OVEN, environment: { [name]: "/oven" } });
      expect(environment).toEqual({});
      expect(args).toContain(`--env=${name}=/oven`);
    },
  );
});

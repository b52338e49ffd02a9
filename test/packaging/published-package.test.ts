import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);

/** Building, packing and installing takes 20 seconds here; a slow machine with a cold cache gets ten times that. */
const INSTALL_TIMEOUT_MS = 240_000;

const INHERITED = /^(INIT_CWD|npm_(command|config_local_prefix|execpath|lifecycle_.*|node_execpath|package_.*))$/;

const PIPELINE = `version: 1.1
name: shop
stages:
  - stage:
      - custom-script:
          alias: build
          commands:
            - 'echo "action meta: version=1.0.7"'
  - stage:
      - echo:
          alias: tell
          params:
            text: built \${{ outputs.build.version }}
outputs:
  - name: version
    ref: \${{ outputs.build.version }}
`;

const APP = `
import { App, Stack } from "aws-cdk-lib";
import { SluicePipeline, SluiceSystem } from "sluice/cdk";

const app = new App({ outdir: "cdk.out" });
const stack = new Stack(app, "ShopCi");
const system = new SluiceSystem(stack, "Sluice");
new SluicePipeline(stack, "Release", { file: "pipeline.yaml", system });
app.synth();
`;

const TYPES = `
import { App, Stack } from "aws-cdk-lib";
import { SluicePipeline, SluiceSystem } from "sluice/cdk";
import { compile, type Diagnostic } from "sluice/compiler";
import { loadActionTypes } from "sluice/actions";

const stack = new Stack(new App(), "ShopCi");
const system: SluiceSystem = new SluiceSystem(stack, "Sluice", { name: "shop-ci" });
export const pipeline: SluicePipeline = new SluicePipeline(stack, "Release", { file: "pipeline.yaml", system });
export const diagnostics: readonly Diagnostic[] = compile({ name: "x", text: "" }, system.compileContext).diagnostics;
export const loaded = loadActionTypes([]);
// @ts-expect-error a file is required
new SluicePipeline(stack, "Nothing", { system });
`;

describe(
  "the package as npm publishes it",
  () => {
    let folder = "";

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "sluice-consumer-"));
      await npm(".", "pack", "--silent", "--pack-destination", folder);
      const [tarball = ""] = readdirSync(folder);
      write("package.json", JSON.stringify({ name: "shop", private: true, type: "module" }));
      write("pipeline.yaml", PIPELINE);
      await npm(folder, "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", `./${tarball}`);
    }, INSTALL_TIMEOUT_MS);

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test("holds what is needed and nothing else", () => {
      const installed = join(folder, "node_modules", "sluice");

      expect(readdirSync(installed).sort()).toEqual(
        expect.arrayContaining(["LICENSE", "README.md", "bin", "dist", "package.json"]),
      );
      expect(readdirSync(installed)).not.toContain("test");
      expect(readdirSync(join(installed, "dist")).sort()).toEqual(
        ["actions", "agent", "cdk", "cli", "compiler", "functions", "local"].sort(),
      );
      expect(readdirSync(join(installed, "dist"), { recursive: true, encoding: "utf8" })).not.toContainEqual(
        expect.stringMatching(/(?<!\.d)\.ts$/),
      );
    });

    test("runs a pipeline", async () => {
      const { stdout } = await npm(folder, "exec", "--no", "--", "sluice", "run", "pipeline.yaml", "--format", "json");

      expect(JSON.parse(stdout)).toMatchObject({
        status: "succeeded",
        outputs: { version: "1.0.7" },
        actions: [{ name: "build" }, { name: "tell", outputs: { text: "built 1.0.7" } }],
      });
    });

    describe("in somebody's CDK application", () => {
      beforeAll(() => {
        // The same aws-cdk-lib as here, without another download.
        for (const name of ["aws-cdk-lib", "constructs"]) {
          symlinkSync(resolve("node_modules", name), join(folder, "node_modules", name));
        }
      });

      test("makes its constructs available, with no bundler and no container engine", async () => {
        write("app.js", APP);

        await run(process.execPath, ["app.js"], { cwd: folder });

        const template = JSON.parse(readFileSync(join(folder, "cdk.out", "ShopCi.template.json"), "utf8"));
        const resources: { Type: string; Properties: { DefinitionS3Location: { Key: string } } }[] = Object.values(
          template.Resources,
        );
        const machine = resources.find(({ Type }) => Type === "AWS::StepFunctions::StateMachine");
        const key = machine?.Properties.DefinitionS3Location.Key;
        const definition = JSON.parse(readFileSync(join(folder, "cdk.out", `asset.${key}`), "utf8"));
        expect(Object.keys(definition.States)).toEqual(["build", "tell"]);
      });

      test("can be required by an application in CommonJS", async () => {
        const script = 'console.log(Object.keys(require("sluice/cdk")).sort().join(" "))';

        const { stdout } = await run(process.execPath, ["-e", script], { cwd: folder });

        expect(stdout.trim()).toBe("SluicePipeline SluiceRegionStack SluiceStack SluiceSystem addRegionStacks");
      });

      test("is typed", async () => {
        write("app.ts", TYPES);
        write(
          "tsconfig.json",
          JSON.stringify({
            compilerOptions: {
              strict: true,
              noEmit: true,
              module: "NodeNext",
              target: "ES2024",
              skipLibCheck: true,
              types: [],
            },
            files: ["app.ts"],
          }),
        );

        await run(resolve("node_modules/.bin/tsc"), ["-p", "."], { cwd: folder });
      });
    });

    function write(name: string, text: string): void {
      writeFileSync(join(folder, name), text);
    }
  },
  INSTALL_TIMEOUT_MS,
);

/** Runs npm as a user would: with the user's settings, without what the npm that runs these tests tells its children. */
function npm(cwd: string, ...args: string[]): Promise<{ stdout: string }> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !INHERITED.test(name)));
  return run("npm", args, { cwd, env, maxBuffer: 16 * 1024 * 1024 }).catch((error) => {
    throw new Error(`npm ${args.join(" ")}: ${error.stdout}${error.stderr}`);
  });
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { afterAll } from "vitest";
import { bundleDirectory } from "../../cdk/constructs/bundles.ts";
import { removeScratchDirectories, scratchDirectory } from "../../cdk/constructs/scratch.ts";
import { SluiceStack, type SluiceStackProps } from "../../cdk/index.ts";

export interface TemplateResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation takes; tests look into it.
  readonly Properties: any;
  readonly Metadata?: {
    readonly "aws:cdk:path"?: string;
    readonly cdk_nag?: { readonly rules_to_suppress: unknown[] };
  };
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

export interface Synthesized {
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** Resources of a type, by their path in the stack: `Sluice/Runs/Table`. */
  ofType(type: string): ReadonlyMap<string, TemplateResource>;
  /** The text of a file asset. */
  asset(key: string): string;
  readonly outputs: { readonly [name: string]: unknown };
  /** The template's text, and the names of all assets, which are the hashes of what is in them. */
  readonly text: string;
  readonly assets: readonly string[];
}

export const SHOP = "test/fixtures/cdk/shop.yaml";

afterAll(removeScratchDirectories);
// The functions are bundled while the file is loaded, and not within the time of its first test.
bundleDirectory("functions");

const PATH_METADATA = { "aws:cdk:enable-path-metadata": true };

/** The stack of an installation with the given configuration, synthesized in this process. */
export function synthesize(props: SluiceStackProps = { pipelines: { Shop: SHOP } }): Synthesized {
  return readAssembly(assemble(props, PATH_METADATA));
}

/** The same as `cdk synth` does it: with the flags of `cdk.json`, cdk-nag and CDK's own checks. Throws on findings. */
export function synthesizeChecked(props: SluiceStackProps = { pipelines: { Shop: SHOP } }): Synthesized {
  const { context } = JSON.parse(readFileSync("cdk.json", "utf8"));
  return readAssembly(
    assemble(props, { ...context, ...PATH_METADATA }, (app) =>
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { writeSuppressionsToCloudFormation: true })),
    ),
  );
}

function assemble(props: SluiceStackProps, context: Record<string, unknown>, prepare?: (app: App) => void): string {
  const app = new App({ outdir: scratchDirectory(), context, analyticsReporting: false });
  new SluiceStack(app, "sluice", props);
  prepare?.(app);
  return app.synth().directory;
}

function readAssembly(directory: string): Synthesized {
  const text = readFileSync(join(directory, "sluice.template.json"), "utf8");
  const template: { Resources: Record<string, TemplateResource>; Outputs: Record<string, unknown> } = JSON.parse(text);
  const resources = new Map(Object.entries(template.Resources));
  return {
    resources,
    ofType: (type) =>
      new Map(
        [...resources.values()]
          .filter((resource) => resource.Type === type)
          .map((resource) => [pathOf(resource), resource]),
      ),
    asset: (key) => readFileSync(join(directory, `asset.${key}`), "utf8"),
    outputs: template.Outputs,
    text,
    assets: readdirSync(directory).filter((name) => name.startsWith("asset.")),
  };
}

/** Path of a resource in its stack, without what CDK adds to name the CloudFormation resource itself. */
function pathOf(resource: TemplateResource): string {
  return (resource.Metadata?.["aws:cdk:path"] ?? "").replace(/^sluice\//, "").replace(/\/(Resource|Default)$/, "");
}

/** A value of the template as text: `<Sluice/Runs/Table.Arn>/index/living`. */
export function readable(value: unknown, resources: ReadonlyMap<string, TemplateResource>): string {
  const nameOf = (logicalId: string): string => {
    const resource = resources.get(logicalId);
    return resource === undefined ? logicalId : pathOf(resource);
  };
  const text = (part: unknown): string => {
    if (typeof part === "string") return part.replaceAll(/\$\{([^}]+)\}/g, "<$1>");
    if (Array.isArray(part)) return part.map(text).join("");
    const [[name, content] = ["", undefined]] = Object.entries(part as object);
    if (name === "Ref") return `<${nameOf(content)}>`;
    if (name === "Fn::GetAtt") return `<${nameOf(content[0])}.${content[1]}>`;
    if (name === "Fn::Join") return content[1].map(text).join(content[0]);
    if (name === "Fn::Sub") return text(content);
    return JSON.stringify(part);
  };
  return text(value);
}

import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, type BuildResult, build, type Plugin } from "esbuild";

/** Directory of the repository. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What is bundled: a function of the system as `cdk/function-declarations.ts` declares it. */
export interface FunctionSource {
  /** Name of the bundle. */
  readonly source: string;
  /** Folder of the handler below `functions/`. Default: the bundle's name. */
  readonly folder?: string;
  /** Kinds of executors that it works with: the others are not in its bundle. */
  readonly kinds: readonly string[];
}

/** How everything that runs in the cloud is bundled. */
export const BUNDLE_OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  // The ES modules of the SDK: of its CommonJS, nothing could be left out.
  mainFields: ["module", "main"],
  // What is loaded by `import()` is a file of its own, and what both need another: the rest can be left out as well.
  splitting: true,
  outExtension: { ".js": ".mjs" },
  // Names stay, so that a stack trace can be read without a source map.
  minifyWhitespace: true,
  minifySyntax: true,
  keepNames: true,
  legalComments: "none",
  logLevel: "warning",
  // CommonJS inside the bundle calls `require` for Node's own modules; an ES module has none.
  banner: {
    js: 'import { createRequire as sluiceCreateRequire } from "node:module"; const require = sluiceCreateRequire(import.meta.url);',
  },
  metafile: true,
} as const satisfies BuildOptions;

/** The runtime of Lambda: what makes the clients and the executors of all functions. */
const RUNTIME_FILE = "functions/runtime-from-environment.ts";
const EXECUTORS_FILE = "actions/executors/create-executor.ts";

/** A bundle in memory. */
export type FunctionBundle = BuildResult<{ readonly write: false; readonly metafile: true }>;

/**
 * Bundles a function in memory: its handler, and of the runtime only the clients whose commands it sends. Which these are
 * a first bundle tells; in the second, a client that nothing is sent with is one that refuses to send.
 */
export async function bundleFunction(source: FunctionSource, outdir: string): Promise<FunctionBundle> {
  const { metafile } = await bundleWithoutClients(source, outdir);
  return bundleWith(source, outdir, new Set(sdkCommands(metafile).map(({ client }) => client)));
}

/** The bundle of a function without the runtime's clients, which bring commands that they send themselves. */
export function bundleWithoutClients(source: FunctionSource, outdir: string): Promise<FunctionBundle> {
  return bundleWith(source, outdir, new Set());
}

function bundleWith(
  { source, folder = source, kinds }: FunctionSource,
  outdir: string,
  clients: ReadonlySet<string>,
): Promise<FunctionBundle> {
  return build({
    ...BUNDLE_OPTIONS,
    outdir,
    write: false,
    stdin: {
      contents: [`export { handler } from "./functions/${folder}/handler.ts";`, ...preloads(folder)].join("\n"),
      resolveDir: ROOT,
      sourcefile: `${source}.ts`,
      loader: "ts",
    },
    entryNames: "index",
    plugins: [leaveOut({ kinds, clients })],
  });
}

/**
 * What a handler loads lazily, for the sake of the laptop. Lambda gets it while it starts the sandbox, when it gives most
 * of the processor, and not at the first call.
 */
function preloads(folder: string): readonly string[] {
  const own = `functions/${folder}/runtime-from-environment.ts`;
  if (existsSync(ROOT + own)) return [`export * as runtime from "./${own}";`];
  const isLazy = readFileSync(`${ROOT}functions/${folder}/handler.ts`, "utf8").includes("lazyHandler");
  return isLazy ? [`export * as runtime from "./${RUNTIME_FILE}";`] : [];
}

/** A command of the AWS SDK: `{ client: "@aws-sdk/client-s3", command: "GetObjectCommand" }`. */
export interface SdkCommand {
  readonly client: string;
  readonly command: string;
}

/** What of esbuild's metafile is read. */
export interface Metafile {
  readonly outputs: {
    readonly [path: string]: {
      readonly bytes: number;
      readonly inputs: { readonly [path: string]: { readonly bytesInOutput: number } };
    };
  };
}

/** Every file that has left something in a bundle. */
export function inputsOf(metafile: Metafile): readonly string[] {
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
}

/** Every command of the SDK that is in a bundle: esbuild leaves out what nothing sends. */
export function sdkCommands(metafile: Metafile): readonly SdkCommand[] {
  return inputsOf(metafile).flatMap((path) => {
    const [, client, command] =
      /node_modules\/(@aws-sdk\/client-[\w-]+)\/dist-es\/commands\/(\w+)\.js$/.exec(path) ?? [];
    return client === undefined || command === undefined ? [] : [{ client, command }];
  });
}

/** Puts something small in the place of what a function does not need. */
export function leaveOut({
  kinds,
  clients,
}: {
  readonly kinds: readonly string[];
  readonly clients: ReadonlySet<string>;
}): Plugin {
  const namespace = "left-out";
  return {
    name: namespace,
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^(@aws-sdk\/client-|\.\/)/ }, ({ path, importer }) => {
        const from = relative(ROOT, importer);
        const isUnused =
          (from === RUNTIME_FILE && isClientLeftOut(path, clients)) ||
          (from === RUNTIME_FILE && path === "./executors/parameter-executors.ts" && kinds.length === 0) ||
          (from === EXECUTORS_FILE && isKindLeftOut(path, kinds));
        return isUnused ? { path, namespace, pluginData: { importer } } : undefined;
      });
      onLoad({ filter: /.*/, namespace }, ({ path, pluginData: { importer } }) => ({
        contents: importedNames(importer, path)
          .map((name) => standIn(name, path))
          .join("\n"),
      }));
    },
  };
}

function isClientLeftOut(path: string, clients: ReadonlySet<string>): boolean {
  return path.startsWith("@aws-sdk/client-") && !clients.has(path);
}

function isKindLeftOut(path: string, kinds: readonly string[]): boolean {
  const [, kind] = /^\.\/([a-z]+)\/\1-executor\.ts$/.exec(path) ?? [];
  return kind !== undefined && !kinds.includes(kind);
}

/** What stands for a name of a module that is left out. Reaching it would be a mistake of ours, which says so. */
function standIn(name: string, path: string): string {
  if (name === "parameterExecutors") return `export const ${name} = () => ({ get: async () => undefined });`;
  const refuse = `throw new Error(${JSON.stringify(`"${name}" of "${path}" is not in this function's bundle.`)});`;
  return /Client$/.test(name)
    ? `export class ${name} { async send() { ${refuse} } }`
    : `export function ${name}() { ${refuse} }`;
}

/** The values, not the types, that a file imports from a module. */
function importedNames(file: string, module: string): readonly string[] {
  const imports = readFileSync(file, "utf8").matchAll(/^import\s*\{([^}]*)\}\s*from\s*"([^"]+)";/gm);
  return [...imports].flatMap(([, names = "", from]) =>
    from === module
      ? names
          .split(",")
          .map((name) => name.trim())
          .filter((name) => name !== "" && !name.startsWith("type "))
      : [],
  );
}

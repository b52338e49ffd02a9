import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CDK = join(ROOT, "node_modules/.bin/cdk");

/** The CDK's own command with the application of this repository, as an operator runs it. */
export class Cdk {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #directory: string;
  readonly #context: string;

  /** `environment` is told to the command; `directory` is for what is synthesized; `configuration` is the operator's. */
  constructor(environment: Readonly<Record<string, string>>, directory: string, configuration: object) {
    this.#environment = environment;
    this.#directory = directory;
    this.#context = `sluice=${JSON.stringify(configuration)}`;
  }

  /** An environment that is named needs no application. */
  bootstrap(): Promise<string> {
    const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = this.#environment;
    return this.#run(this.#directory, "bootstrap", `aws://${account}/${region}`);
  }

  /** Answers what the command printed, and the outputs of the stack. */
  async deploy(): Promise<{ readonly text: string; readonly outputs: Readonly<Record<string, string>> }> {
    const file = join(this.#directory, "outputs.json");
    const text = await this.#runApplication(
      "deploy",
      "--all",
      "--require-approval",
      "never",
      "--progress",
      "events",
      "--outputs-file",
      file,
    );
    const stacks = JSON.parse(await readFile(file, "utf8")) as Record<string, Record<string, string>>;
    return { text, outputs: Object.assign({}, ...Object.values(stacks)) };
  }

  destroy(): Promise<string> {
    return this.#runApplication("destroy", "--all", "--force");
  }

  #runApplication(command: string, ...args: readonly string[]): Promise<string> {
    const output = join(this.#directory, "cdk.out");
    return this.#run(ROOT, command, ...args, "--output", output, "--context", this.#context);
  }

  async #run(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
    const child = spawn(CDK, [command, ...args], {
      cwd,
      env: { ...process.env, ...this.#environment, CI: "true", NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (code !== 0) throw new Error(`cdk ${command} ended with ${code}:\n${text.slice(-6000)}`);
    return text;
  }
}

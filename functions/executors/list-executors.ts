import { GetParametersByPathCommand } from "@aws-sdk/client-ssm";
import { type ExecutorConfiguration, parseExecutorDeclaration } from "../../actions/index.ts";
import { EXECUTOR_FOLDER } from "../contract.ts";
import type { Runtime } from "../runtime.ts";

/** What listing needs of a runtime. */
type ExecutorStore = {
  readonly clients: Pick<Runtime["clients"], "ssm">;
  readonly environment: Pick<Runtime["environment"], "configPrefix">;
};

/**
 * Every executor that the installation declares in Parameter Store, by name: what a pipeline is compiled against
 * (`CompileContext.executors` needs the name and the kind). Throws `TerminalExecutorError` where a declaration is wrong.
 */
export async function listExecutors({
  clients,
  environment,
}: ExecutorStore): Promise<ReadonlyMap<string, ExecutorConfiguration & { readonly name: string }>> {
  // The path of the call has no slash at its end, the names below it have one between.
  const Path = `${environment.configPrefix}/${EXECUTOR_FOLDER}`;
  const found = new Map<string, ExecutorConfiguration & { readonly name: string }>();
  let NextToken: string | undefined;
  do {
    const page = await clients.ssm.send(
      new GetParametersByPathCommand({ Path, ...(NextToken !== undefined && { NextToken }) }),
    );
    for (const { Name = "", Value = "" } of page.Parameters ?? []) {
      const name = Name.slice(Path.length + 1);
      found.set(name, { ...parseExecutorDeclaration(`Parameter "${Name}" (executor "${name}")`, Value), name });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

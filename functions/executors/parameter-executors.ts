import { GetParameterCommand } from "@aws-sdk/client-ssm";
import {
  type ActionExecutor,
  EXECUTOR_NAME,
  type ExecutorConfiguration,
  type Executors,
  parseExecutorDeclaration,
} from "../../actions/index.ts";
import { executorParameterName } from "../contract.ts";
import { hasName } from "../errors/has-name.ts";
import type { RuntimeClients } from "../runtime.ts";

/** What executors are read and made with. */
export interface ParameterExecutorsOptions {
  readonly ssm: RuntimeClients["ssm"];
  /** Prefix of the installation's parameters: `/sluice`. */
  readonly configPrefix: string;
  /** Kinds that the function may work with: it has the permissions of these alone. */
  readonly kinds: ReadonlySet<string>;
  readonly create: (name: string, configuration: ExecutorConfiguration) => ActionExecutor;
}

/**
 * The executors that the installation declares in Parameter Store. Each is read when it is first asked for, and once in
 * the life of the sandbox; what could not be read, does not exist or is wrong is read again the next time.
 */
export function parameterExecutors({ ssm, configPrefix, kinds, create }: ParameterExecutorsOptions): Executors {
  const loaded = new Map<string, Promise<ActionExecutor | undefined>>();

  const load = async (name: string): Promise<ActionExecutor | undefined> => {
    const parameter = executorParameterName(configPrefix, name);
    const text = await readParameter(ssm, parameter);
    if (text === undefined) {
      return undefined;
    }
    const configuration = parseExecutorDeclaration(`Parameter "${parameter}" (executor "${name}")`, text);
    return kinds.has(configuration.kind) ? create(name, configuration) : undefined;
  };

  return {
    async get(name) {
      // The name comes from a record, but what it names is a parameter: nothing but a name may be asked for.
      if (kinds.size === 0 || !EXECUTOR_NAME.test(name)) {
        return undefined;
      }
      const known = loaded.get(name) ?? load(name);
      loaded.set(name, known);
      try {
        const executor = await known;
        if (executor === undefined) {
          loaded.delete(name);
        }
        return executor;
      } catch (error) {
        loaded.delete(name);
        throw error;
      }
    },
  };
}

async function readParameter(ssm: RuntimeClients["ssm"], Name: string): Promise<string | undefined> {
  try {
    return (await ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value;
  } catch (error) {
    if (hasName(error, "ParameterNotFound")) {
      return undefined;
    }
    throw error;
  }
}

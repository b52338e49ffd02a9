import { createHash } from "node:crypto";
import {
  CreateStateMachineCommand,
  type CreateStateMachineCommandInput,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { canonicalJson } from "../../compiler/index.ts";
import { hasName } from "../errors/has-name.ts";
import { type MachineRecord, readMachineRecord, writeMachineRecord } from "../records/machine.ts";
import type { Runtime } from "../runtime.ts";
import { MACHINE_IDLE_DAYS, MACHINE_TAG } from "./contract.ts";
import type { MachineSettings } from "./settings.ts";
import { substitute } from "./substitute.ts";

const DAY_MS = 86_400_000;

/** The machine of this name is being deleted: a moment later it can be made anew. */
export class MachineDeletingError extends Error {
  override readonly name = "MachineDeletingError";
}

/** What machines are made with. */
export interface MachineRuntime extends Runtime {
  readonly machines: MachineSettings;
}

/** What the compiler made of a pipeline: name (with the hash of the body) and body with placeholders. */
export interface CompiledMachine {
  readonly name: string;
  readonly body: string;
}

/**
 * Answers the ARN of the machine of a compiled pipeline, and makes it where there is none. CreateStateMachine and
 * UpdateStateMachine are one a second, so what the table knows is not asked for again: usually this is one read. The
 * use is noted before anything is started on the machine, so that `collect-machines` cannot take it away in between.
 * `isGone`: somebody else has deleted it, whatever the table says. Throws `MachineDeletingError`.
 */
export async function ensureMachine(
  runtime: MachineRuntime,
  compiled: CompiledMachine,
  { isGone = false }: { readonly isGone?: boolean } = {},
): Promise<string> {
  const { machines, clock } = runtime;
  const input = machineInput(machines, compiled);
  const now = clock.now();
  const wanted: Omit<MachineRecord, "deletingAt"> = {
    name: input.name,
    stateMachineArn: machines.arnPrefix + input.name,
    contentHash: createHash("sha256").update(canonicalJson(input)).digest("hex"),
    lastUsedAt: now,
  };
  const known = isGone ? undefined : await readMachineRecord(runtime, wanted.name);
  const isReady = known?.deletingAt === undefined && known?.contentHash === wanted.contentHash;
  // A day is exact enough for thirty, and a busy pipeline's record is not written at each of its runs.
  if (isReady && now - known.lastUsedAt < DAY_MS) {
    return known.stateMachineArn;
  }
  if (!isReady) {
    const isOld = known !== undefined && known.contentHash !== wanted.contentHash;
    await (isOld ? updateMachine : createMachine)(runtime, input);
  }
  if (!(await writeMachineRecord(runtime, wanted, now + MACHINE_IDLE_DAYS * DAY_MS))) {
    throw new MachineDeletingError(`State machine "${wanted.name}" is being deleted.`);
  }
  return wanted.stateMachineArn;
}

type MachineInput = CreateStateMachineCommandInput & { readonly name: string };

function machineInput(settings: MachineSettings, { name, body }: CompiledMachine): MachineInput {
  const { kmsKeyArn, logGroupArn, namePrefix } = settings;
  return {
    name: `${namePrefix}${name}`,
    type: "STANDARD",
    definition: substitute(body, settings.functions),
    roleArn: settings.roleArn,
    tracingConfiguration: { enabled: logGroupArn !== undefined },
    ...(logGroupArn !== undefined && {
      // Inputs hold task tokens and what users gave as params: they are not copied into the log.
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
      },
    }),
    ...(kmsKeyArn !== undefined && {
      encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: kmsKeyArn },
    }),
    tags: [{ key: MACHINE_TAG, value: namePrefix }],
  };
}

/** Creating one again that is just like it does nothing. Source: Step Functions API, CreateStateMachine. */
async function createMachine(runtime: MachineRuntime, input: MachineInput): Promise<void> {
  try {
    await runtime.clients.states.send(new CreateStateMachineCommand(input));
  } catch (error) {
    if (!hasName(error, "StateMachineAlreadyExists")) {
      throw asDeleting(input, error);
    }
    await updateMachine(runtime, input);
  }
}

/** For one that was made with another role, log group or key: another role alone would not make creating it fail. */
async function updateMachine(runtime: MachineRuntime, input: MachineInput): Promise<void> {
  const { name, type: _type, tags: _tags, ...changed } = input;
  const stateMachineArn = runtime.machines.arnPrefix + name;
  try {
    await runtime.clients.states.send(new UpdateStateMachineCommand({ ...changed, stateMachineArn }));
  } catch (error) {
    if (!hasName(error, "StateMachineDoesNotExist")) {
      throw asDeleting(input, error);
    }
    await runtime.clients.states.send(new CreateStateMachineCommand(input));
  }
}

function asDeleting({ name }: MachineInput, error: unknown): unknown {
  return hasName(error, "StateMachineDeleting")
    ? new MachineDeletingError(`State machine "${name}" is being deleted.`, { cause: error })
    : error;
}

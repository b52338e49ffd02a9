import type { StateMachineDefinition } from "../asl/types.ts";
import { canonicalBytes } from "../canonical-json.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import type { LoweredMachine } from "../lower/lowered.ts";
import { sha256Hex } from "../sha256.ts";
import { utf8Text } from "../utf8.ts";
import { emitStage, type NamedState, statesByName } from "./emit-stage.ts";
import { emitEndOfRun } from "./emit-task.ts";

/** A state machine as Step Functions takes it, but for the function ARNs that its `${Placeholders}` stand for. */
export interface EmittedMachine {
  /** `<pipelineKey>-<first 12 hex of hash>`: editing a command makes no new machine. */
  readonly name: string;
  /** SHA-256 of `body`, hex. */
  readonly hash: string;
  readonly definition: StateMachineDefinition;
  /** The definition as canonical JSON. */
  readonly body: string;
  /** UTF-8 bytes of `body`. */
  readonly bytes: number;
}

/** Writes a lowered machine as ASL: equal input gives equal bytes. */
export function emitMachine(machine: LoweredMachine): EmittedMachine {
  const definition = emitDefinition(machine);
  const bytes = canonicalBytes(definition);
  const hash = sha256Hex(bytes);
  const name = `${machine.pipelineKey}-${hash.slice(0, 12)}`;
  return { name, hash, definition, body: utf8Text(bytes), bytes: bytes.length };
}

function emitDefinition(machine: LoweredMachine): StateMachineDefinition {
  const states: NamedState[] = machine.stages.flatMap((_, index) => emitStage(machine, index));
  if (machine.endOfRun !== undefined) states.push([machine.endOfRun, emitEndOfRun(machine.pipelineKey)]);
  if (machine.nothingToDo !== undefined) states.push([machine.nothingToDo, { Type: "Succeed" }]);
  const [first] = states;
  if (!first) throw new InternalCompilerError("A state machine without states.");
  return { QueryLanguage: "JSONata", StartAt: first[0], States: statesByName(states) };
}

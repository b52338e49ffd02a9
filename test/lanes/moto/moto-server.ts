import { fileURLToPath } from "node:url";
import { type ListeningProgram, startListening } from "../listening-program.ts";

const SERVER = fileURLToPath(new URL("./server.py", import.meta.url));

/**
 * Starts moto's server with its state machines executed. Its engine calls services at `servicesPort`.
 * Needs SLUICE_LANE_PYTHON, which `scripts/lanes/moto.sh` sets.
 */
export async function startMoto(servicesPort: number): Promise<ListeningProgram> {
  const python = process.env["SLUICE_LANE_PYTHON"];
  if (python === undefined) throw new Error("SLUICE_LANE_PYTHON is not set: run this with npm run test:moto.");
  const moto = await startListening(python, [SERVER], {
    ...process.env,
    MOTO_PORT: String(servicesPort),
    SLUICE_NODE: process.execPath,
  });
  const answer = await fetch(`http://127.0.0.1:${moto.port}/moto-api/config`, {
    method: "POST",
    body: JSON.stringify({ stepfunctions: { execute_state_machine: true } }),
  });
  if (answer.status !== 201) throw new Error(`moto refused its configuration: ${answer.status} ${await answer.text()}`);
  return moto;
}

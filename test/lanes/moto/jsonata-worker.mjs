/**
 * JSONata for moto's engine: one JSON text of an expression a line on stdin, one answer a line on stdout, as the
 * version of jsonata does it that AWS runs. Started by `server.py`.
 */
import { createInterface } from "node:readline";
import jsonata from "jsonata";

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await evaluate(JSON.parse(line)))}\n`);
}

async function evaluate(expression) {
  try {
    const value = await jsonata(expression).evaluate(undefined);
    return { value: value ?? null };
  } catch (error) {
    return { error: error.message };
  }
}

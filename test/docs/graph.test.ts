import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { main } from "../../cli/program.ts";
import { recordedIo } from "../cli/io.ts";
import { fillRegions } from "./regions.ts";

const DOCUMENT = fileURLToPath(new URL("../../docs/graph.md", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sluice-docs-graph-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function graph(pipeline: string, ...argv: readonly string[]): Promise<string> {
  writeFileSync(join(folder, "pipeline.yaml"), pipeline);
  const io = recordedIo({ cwd: folder });
  expect(await main(["graph", "pipeline.yaml", ...argv], io), io.err()).toBe(0);
  expect(io.err()).toBe("");
  return io.out();
}

/** One action and one edge of each kind: enough to see what there is. */
function excerpt(json: string): string {
  const { actions, edges, name } = JSON.parse(json);
  const shown = new Map<string, object>();
  for (const edge of edges) if (!shown.has(edge.kind)) shown.set(edge.kind, edge);
  const rows = (items: Iterable<object>) => [...items].map((item) => `    ${JSON.stringify(item)},`);
  return [
    "{",
    `  "name": ${JSON.stringify(name)},`,
    '  "actions": [',
    ...rows(
      actions.filter(
        ({ if: condition, loop, retry, wait }: Record<string, unknown>) => condition ?? loop ?? retry ?? wait,
      ),
    ),
    "    …",
    "  ],",
    '  "edges": [',
    ...rows(shown.values()),
    "    …",
    "  ]",
    "}",
  ].join("\n");
}

test("docs/graph.md shows the picture of the pipeline that it shows", async () => {
  const document = readFileSync(DOCUMENT, "utf8");
  const [, pipeline = ""] = /^```yaml\n(.*?)^```$/ms.exec(document) ?? [];
  const filled = fillRegions(document, {
    graph: `\`\`\`mermaid\n${await graph(pipeline)}\`\`\``,
    json: `\`\`\`text\n${excerpt(await graph(pipeline, "--format", "json"))}\n\`\`\``,
  });
  await expect(filled).toMatchFileSnapshot(DOCUMENT);
});

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fillRegions } from "./regions.ts";

const PATH = fileURLToPath(new URL("../../docs/security.md", import.meta.url));
const GOLDEN = fileURLToPath(new URL("../fixtures/cdk/permissions.json", import.meta.url));

interface Statement {
  readonly calls: readonly string[];
  readonly on: readonly string[];
}

/** What every role of a function has, or every one that events call: said once above the table. */
const EVERYWHERE = /^(logs:(CreateLogStream|PutLogEvents)|xray:|sqs:SendMessage)/;

test("docs/security.md has the calls of every role, from the golden list", async () => {
  const roles: { readonly [path: string]: readonly Statement[] } = JSON.parse(readFileSync(GOLDEN, "utf8"));
  const rows = Object.entries(roles).flatMap(([path, statements]) => {
    const [, name] = /^Sluice\/Functions\/(\w+)\/Role$/.exec(path) ?? [];
    const own = statements.filter(({ calls }) => !calls.every((call) => EVERYWHERE.test(call)));
    return name === undefined ? [] : [`| \`${name}\` | ${own.map(describe).join("<br>")} |`];
  });
  const regions = { roles: ["| Function | Calls |", "|---|---|", ...rows].join("\n") };

  await expect(fillRegions(readFileSync(PATH, "utf8"), regions)).toMatchFileSnapshot(PATH);
});

function describe({ calls, on }: Statement): string {
  const [service = ""] = calls[0]?.split(":") ?? [];
  const names = calls.map((call) => call.replace(`${service}:`, "")).join(", ");
  return `${service}: ${names} on ${on.map((resource) => `\`${shorten(resource)}\``).join(", ")}`;
}

/** A resource without what is the same for all of an account. */
function shorten(resource: string): string {
  return resource
    .replace(/^arn:<AWS::Partition>:\w+:(<AWS::Region>)?:(<AWS::AccountId>)?:/, "")
    .replaceAll(/<Sluice\/([\w/]+)\.Arn>/g, "$1")
    .replaceAll(/<([\w/:]+)>/g, "$1");
}

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, test } from "vitest";
import { eventsSchema } from "../../functions/events/schema.ts";
import { NOTIFY_QUEUE, notificationDeclarations } from "../../functions/notify/contract.ts";
import { webhookRequest } from "../../functions/notify/targets/webhook.ts";

const DOCUMENT = readFileSync(fileURLToPath(new URL("../../docs/events.md", import.meta.url)), "utf8");

/** The blocks of a language, in their order. */
const blocksOf = (language: string): readonly string[] =>
  [...DOCUMENT.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, text = ""]) => text);

const folder = mkdtempSync(join(tmpdir(), "sluice-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) process.stderr.write("python3 is not on this machine: only the program of Node.js is run.\n");

const [EVENT = "", NOTIFICATIONS = ""] = blocksOf("json");
const KEY = "k3y";
const NOW = Date.parse("2026-01-15T12:00:05Z");

test("the example is an event by its schema", () => {
  const validate = new Ajv2020({ strictTypes: false, validateFormats: false }).compile(eventsSchema());
  expect(validate(JSON.parse(EVENT))).toBe(true);
});

test("the notifications of the example can be declared", () => {
  expect(notificationDeclarations.parse(JSON.parse(NOTIFICATIONS).notifications)).toMatchObject([
    { name: "releases", events: ["run"], statuses: ["succeeded", "failed", "timedOut", "cancelled"] },
    { name: "failures" },
    { name: "mail" },
  ]);
  expect(NOTIFY_QUEUE.maxReceiveCount).toBe(9);
  expect(DOCUMENT).toContain("nine times in about 36 minutes");
});

describe("the verification of a webhook", () => {
  const event = { region: "eu-central-1", account: "123456789012", ...JSON.parse(EVENT) };
  const { body, headers } = webhookRequest(event, { url: "https://shop.example", key: KEY }, NOW);
  const later = NOW / 1000 + 301;
  const forged = body.replace("failed", "succeeded");

  test("in JavaScript takes what Sluice sends, and nothing else", async () => {
    const file = join(folder, "verify.mjs");
    writeFileSync(file, blocksOf("js").join("\n"));
    const { isFromSluice } = await import(pathToFileURL(file).href);
    expect(isFromSluice(headers, body, KEY, NOW / 1000)).toBe(true);
    expect(isFromSluice(headers, forged, KEY, NOW / 1000)).toBe(false);
    expect(isFromSluice(headers, body, "another", NOW / 1000)).toBe(false);
    expect(isFromSluice(headers, body, KEY, later)).toBe(false);
    expect(isFromSluice({}, body, KEY, NOW / 1000)).toBe(false);
    const changed = { "sluice-signature": headers["sluice-signature"]?.replace(/t=\d/, "t=9") };
    expect(isFromSluice(changed, body, KEY, 9 + NOW / 1000)).toBe(false);
  });

  test.each(hasPython ? ["python3"] : [])("in Python as well (%s)", (python) => {
    const calls = [
      [headers, body, KEY, NOW / 1000],
      [headers, forged, KEY, NOW / 1000],
      [headers, body, "another", NOW / 1000],
      [headers, body, KEY, later],
      [{}, body, KEY, NOW / 1000],
    ];
    const program = `${blocksOf("python").join("\n")}
import json, sys
print(json.dumps([is_from_sluice(h, b.encode(), k, n) for h, b, k, n in json.load(sys.stdin)]))`;
    const answer = execFileSync(python, ["-c", program], { input: JSON.stringify(calls), encoding: "utf8" });
    expect(JSON.parse(answer)).toEqual([true, false, false, false, false]);
  });
});

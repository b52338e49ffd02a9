import { expect, test } from "vitest";
import { startShop } from "../local/shop-installation.ts";

/**
 * What a script that wants more than its own can try from where it is: with everything that it finds in its environment,
 * beside its own directory, and in the process that started it (on AWS that is another container, and hidden).
 */
const SPY = `
const { readFileSync, readdirSync, symlinkSync, rmSync, appendFileSync } = require("node:fs");
const seen = { ...process.env };
for (const id of readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name))) {
  try {
    for (const entry of readFileSync("/proc/" + id + "/environ", "utf8").split("\\0")) {
      const [name] = entry.split("=", 1);
      if (name.startsWith("SLUICE_") && (id === String(process.ppid) || entry.includes(process.env.PIPELINE_ID))) seen[name] ??= entry.slice(name.length + 1);
    }
  } catch {}
}
const own = Object.keys(process.env).filter((name) => /SLUICE_AGENT|SLUICE_ATTEMPT|NONCE|AWS_/.test(name));
const results = { own };
const parents = [];
for (let id = process.ppid; id > 1; ) {
  const stat = readFileSync("/proc/" + id + "/stat", "utf8");
  try {
    const environ = Object.fromEntries(readFileSync("/proc/" + id + "/environ", "utf8").split("\\0").map((entry) => [entry.split("=", 1)[0], entry.slice(entry.indexOf("=") + 1)]));
    if (environ.SLUICE_ATTEMPT_NONCE) { parents.push(environ); break; }
  } catch {}
  id = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}
const agent = parents[0] ?? {};
const api = agent.SLUICE_AGENT_API ?? "http://127.0.0.1:9";
const attempt = agent.SLUICE_ATTEMPT_ID ?? "none";
const status = async (method, path, body, headers = {}) => {
  const response = await fetch(api + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  await response.arrayBuffer();
  return response.status;
};
(async () => {
  const other = attempt.replace(/\\.spy\\./, ".victim.");
  const nonce = agent.SLUICE_ATTEMPT_NONCE ?? "";
  const bearer = (secret) => ({ authorization: "Bearer " + secret });
  results.tried = attempt !== "none" && nonce !== "" && other !== attempt;
  results.statuses = {
    "own nonce again": await status("POST", "/v1/attempts/" + attempt + "/bootstrap", { nonce }),
    "own nonce for another attempt": await status("POST", "/v1/attempts/" + other + "/bootstrap", { nonce }),
    "nonce as secret": await status("POST", "/v1/attempts/" + attempt + "/complete", {}, bearer(nonce)),
    "complete another": await status("POST", "/v1/attempts/" + other + "/complete", {}, bearer(nonce)),
    "no secret": await status("POST", "/v1/attempts/" + attempt + "/restores", { directory: "victim", from: 0 }),
    "a path in the attempt": await status("POST", "/v1/attempts/..%2F" + other + "/heartbeat", {}, bearer(nonce)),
    "the next attempt": await status("POST", "/v1/attempts/" + attempt.replace(/1$/, "2") + "/heartbeat", {}, bearer(nonce)),
    "list the bucket": await status("GET", "/sluice-objects/?list-type=2"),
    "read a plan": await status("GET", "/sluice-objects/pipelines/shop/current.json"),
    "write a plan": await status("PUT", "/sluice-objects/pipelines/shop/current.json", {}),
    "read secrets": await status("POST", "/", { Names: ["/sluice/configs/token"], WithDecryption: true }, { "x-amz-target": "AmazonSSM.GetParameters", "content-type": "application/x-amz-json-1.1" }),
    "read the table": await status("POST", "/", { TableName: "sluice" }, { "x-amz-target": "DynamoDB_20120810.Scan", "content-type": "application/x-amz-json-1.0" }),
    "answer a task": await status("POST", "/", { taskToken: "x", output: "{}" }, { "x-amz-target": "AWSStepFunctions.SendTaskSuccess", "content-type": "application/x-amz-json-1.0" }),
    "submit a run": await status("POST", "/runs", { pipeline: "shop" }),
  };
  // The agent reads METAFILE: a link must not make it show what the agent may read and the script may not.
  rmSync(process.env.METAFILE, { force: true });
  console.log("action meta: results=" + JSON.stringify(results));
  symlinkSync("/proc/self/environ", process.env.UPLOADDIR + "/environ");
  symlinkSync("/proc/self/environ", process.env.METAFILE);
})();
`;

const PIPELINE = `
version: "1.1"
name: shop
stages:
- stage:
  - custom-script:
      alias: victim
      commands: |
        echo "token ((token))"; echo goods >goods
        sleep 4
  - custom-script:
      alias: spy
      commands: |
        cat >spy.cjs <<'EOF'
${SPY.trim()
  .split("\n")
  .map((line) => `        ${line}`)
  .join("\n")}
        EOF
        node spy.cjs
`;

test("a script reaches nothing of another attempt, of the installation or of AWS, with all that it finds", async () => {
  const shop = await startShop({ configs: [{ key: "token", kind: "value", content: "hunter2hunter2", secret: true }] });
  try {
    const run = await shop.installation.waitForEnd(await shop.run("pipeline.yaml", PIPELINE));
    const [victim, spy] = run.actions;
    const results = JSON.parse(String(spy?.outputs["results"]));
    expect(results.own).toEqual([]);
    expect(results.tried).toBe(true);
    expect(
      Object.entries(results.statuses).filter(([, status]) => ![400, 401, 403, 404].includes(Number(status))),
    ).toEqual([]);
    expect(results.statuses["own nonce again"]).toBe(401);
    expect(results.statuses["own nonce for another attempt"]).toBe(401);
    expect(results.statuses["read secrets"]).toBe(403);
    expect(victim?.status).toBe("succeeded");
    // A link in UPLOADDIR is refused, and fails an action that succeeded; of METAFILE nothing is read.
    expect(spy?.error?.message).toContain('"environ" in UPLOADDIR is not stored: it is a link; copy the file instead.');
    expect(Object.keys(spy?.outputs ?? {})).toEqual(["results"]);
  } finally {
    await shop.stop();
  }
});

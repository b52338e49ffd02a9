// Every address that the commands of an action know of, asked for what is not theirs.
const base = process.env.ECS_CONTAINER_METADATA_URI_V4;
const endpoint = new URL(base).origin;

async function show(name, url, init) {
  const response = await fetch(url, init);
  process.stdout.write(`${name} ${response.status} ${await response.text()}\n`);
}
function post(body, headers) {
  return {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

await show("task", `${base}/task`);
await show("container", base);
await show("another", `${endpoint}/v4/${"0".repeat(32)}/task`);
for (const action of ["victim", "thief"]) {
  const api = `${endpoint}/v1/attempts/${process.env.PIPELINE_ID}.${action}.1`;
  await show("bootstrap", `${api}/bootstrap`, post({ nonce: "guess" }));
  await show("heartbeat", `${api}/heartbeat`, post({ phase: "running" }, { authorization: "Bearer guess" }));
}
for (const target of [
  "AmazonEC2ContainerServiceV20141113.DescribeTasks",
  "AmazonSSM.GetParameters",
  "DynamoDB_20120810.Scan",
]) {
  await show("aws", endpoint, post({}, { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" }));
}
process.stdout.write("--- end\n");

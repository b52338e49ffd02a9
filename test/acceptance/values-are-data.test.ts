import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { HOSTILE, LARGE_VALUE } from "../compiler/shell/generated/hostile-values.ts";
import { actionOf, folder, type RunJson, sluice } from "./sluice.ts";

const CONTROLS = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code === 0 ? 0x7f : code));
const VALUES = [
  HOSTILE,
  `${HOSTILE}\\n${HOSTILE}\\n`,
  `${HOSTILE}\n${HOSTILE}\n\n`,
  `-n ${HOSTILE}`,
  "",
  CONTROLS.map((control) => `${HOSTILE}${control}`).join(""),
  LARGE_VALUE.value,
];
/** Other texts, because what equals a secret is masked wherever it stands. */
const SECRETS = VALUES.map((value) => value.replaceAll("pwned", "pwned-too"));

interface Given {
  readonly kind: string;
  readonly index: number;
  readonly reference: string;
  readonly value: string;
}

const GIVEN: readonly Given[] = VALUES.flatMap((value, index) => [
  { kind: "param", index, reference: `\${{ params.v${index} }}`, value },
  { kind: "output", index, reference: `\${{ outputs.source.v${index} }}`, value },
  { kind: "config", index, reference: `((c${index}))`, value },
  { kind: "secret", index, reference: `\${{ configs.s${index} }}`, value: SECRETS[index] ?? "" },
]);
/** An environment variable ends at 128 KiB. */
const IN_PARAMS = GIVEN.filter(({ value }) => value.length < 100_000);

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Commands that show the value in many contexts, and put out what they saw as a hash. */
function observe({ index, kind, reference: r }: Given): string {
  return `# ${r}
show() {
  printf '%s|' ${r} "${r}" '${r}' "$(printf '%s.' ${r})" "\`printf '%s.' '${r}'\`" "\${UNSET:-${r}}"
  case ${r} in "${r}") printf same ;; esac
  if [ '${r}' = ${r} ]; then printf same; fi
  cat <<EOF
${r}
EOF
  cat <<-'EOF'
\t$UNSET ${r}
\tEOF
}
show >seen
echo "${kind}${index}=$(sha256sum <seen | cut -c1-64)" >>"$METAFILE"
`;
}

function observed(value: string): string {
  return `${value}|${value}|${value}|${value}.|${value}.|${value}|samesame${value}\n$UNSET ${value}\n`;
}

const actionsOf = (shell: string) => ({
  "custom-script": { alias: `by ${shell}`, shell, commands: GIVEN.map(observe).join("") },
});
const entries = (name: string, reference: (index: number) => string) =>
  VALUES.map((_, index) => `{ name: "${name}${index}", value: ${reference(index)} }`).join(", ");
const putOut = (metadata: string) =>
  `require("node:fs").writeFileSync(process.env.METAFILE, JSON.stringify({ metadata: [${metadata}] }));`;

const PIPELINE = {
  version: "1.1",
  name: "shop",
  params: VALUES.map((_, index) => ({ name: `v${index}` })),
  outputs: VALUES.map((_, index) => ({ name: `o${index}`, ref: `\${{ outputs.source.v${index} }}` })),
  stages: [
    {
      stage: [
        {
          "custom-script": {
            alias: "source",
            shell: "node",
            commands: putOut(entries("v", (index) => `\${{ params.v${index} }}`)),
          },
        },
        {
          "custom-script": {
            alias: "leak",
            shell: "node",
            commands: putOut(entries("s", (index) => `"\${{ configs.s${index} }}"`)),
          },
        },
      ],
    },
    {
      stage: [
        actionsOf("sh"),
        actionsOf("bash"),
        {
          "custom-script": {
            alias: "by params",
            params: Object.fromEntries(IN_PARAMS.map(({ index, kind, reference }) => [`${kind}.${index}`, reference])),
            commands: IN_PARAMS.map(
              ({ index, kind }) =>
                `echo "${kind}${index}=$(printf %s "$ACTION_${kind.toUpperCase()}_${index}" | sha256sum | cut -c1-64)" >>"$METAFILE"\n`,
            ).join(""),
          },
        },
        {
          "custom-script": {
            alias: "by if",
            if: VALUES.map((_, index) => {
              const [param, output] = [`'\${{ params.v${index} }}'`, `'\${{ outputs.source.v${index} }}'`];
              return `${param} == ${output} && ${output} == '\${{ configs.c${index} }}'`;
            }).join(" && "),
            commands: "true",
          },
        },
      ],
    },
  ],
};

test("values of params, outputs, configs and secrets are data wherever they stand", async () => {
  const named = (letter: string, values: readonly string[]) =>
    Object.fromEntries(values.map((value, index) => [`${letter}${index}`, value]));
  const inputs = { params: named("v", VALUES), configs: named("c", VALUES), secrets: named("s", SECRETS) };
  await using where = await folder({
    "pipeline.yaml": JSON.stringify(PIPELINE),
    "inputs.json": JSON.stringify(inputs),
  });
  const args = ["run", "pipeline.yaml", "--inputs", "inputs.json", "--state-dir", "state", "--format", "json"];
  const { code, stderr, stdout } = await sluice(args, { cwd: where.path });
  expect(code, stderr.slice(0, 5000)).toBe(0);
  const run = JSON.parse(stdout) as RunJson;

  const seen = Object.fromEntries(GIVEN.map(({ index, kind, value }) => [`${kind}${index}`, sha256(observed(value))]));
  expect(actionOf(run, "by sh").outputs).toEqual(seen);
  expect(actionOf(run, "by bash").outputs).toEqual(seen);
  const inParams = IN_PARAMS.map(({ index, kind, value }) => [`${kind}${index}`, sha256(value)]);
  expect(actionOf(run, "by params").outputs).toEqual(Object.fromEntries(inParams));
  expect(actionOf(run, "by if").status).toBe("succeeded");
  expect(actionOf(run, "source").outputs).toEqual(named("v", VALUES));
  expect(run.outputs).toEqual(named("o", VALUES));

  expect(Object.keys(actionOf(run, "leak").outputs)).toEqual(Object.keys(named("s", SECRETS)));
  const files = await readdir(where.path, { recursive: true, withFileTypes: true });
  expect(files.filter(({ name }) => name.startsWith("pwned"))).toEqual([]);
  const texts = files.filter((file) => file.isFile() && file.name !== "inputs.json");
  const contents = await Promise.all(texts.map((file) => readFile(join(file.parentPath, file.name), "latin1")));
  // Where the commands themselves show secrets they stay in the directories of the attempts.
  const shown = contents.filter((_, index) => !/\/work\//.test(texts[index]?.parentPath ?? ""));
  expect([stdout, stderr, ...shown].filter((text) => text.includes("pwned-too"))).toEqual([]);
});

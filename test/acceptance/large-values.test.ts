import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { actionOf, folder, type RunJson, sluice } from "./sluice.ts";

/** 600 KB of everything that a shell, YAML or JSON would take for something else. */
const LARGE = "a'b\"c$(touch pwned)`touch pwned`;touch pwned #{% $states.context %} *\\n\n-\u0001é".repeat(8_000);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const PIPELINE = `version: "1.1"
name: shop
params:
- name: notes
- name: nothing
stages:
- stage:
  - custom-script:
      alias: build
      commands:
      - printf %s \${{ params.notes }} >notes
      - printf %s \${{ configs.motd }} >motd
      - printf %s \${{ configs.key }} >key
      - printf %s.\${{ params.nothing }}.\${{ configs.none }}. x >none
      - 'for name in notes motd key none; do echo "$name=$(sha256sum <$name | cut -c1-64)" >>"$METAFILE"; done'
      - test ! -e pwned
- stage:
  - custom-script:
      alias: equal
      if: \${{ '\${{ params.notes }}' == '\${{ configs.motd }}' && '\${{ params.nothing }}' == '' }}
      commands: "true"
`;

test("600 KB, and nothing at all, as param, config and secret arrive byte for byte", async () => {
  const inputs = {
    params: { notes: LARGE, nothing: "" },
    configs: { motd: LARGE, none: "" },
    secrets: { key: LARGE },
  };
  await using where = await folder({ "pipeline.yaml": PIPELINE, "inputs.json": JSON.stringify(inputs) });
  const args = ["run", "pipeline.yaml", "--inputs", "inputs.json", "--format", "json"];
  const { stdout, stderr, code } = await sluice(args, { cwd: where.path });
  expect(code, stderr).toBe(0);
  const run = JSON.parse(stdout) as RunJson;
  expect(actionOf(run, "build").outputs).toEqual({
    notes: sha256(LARGE),
    motd: sha256(LARGE),
    key: sha256(LARGE),
    none: sha256("x..."),
  });
  expect(actionOf(run, "equal").status).toBe("succeeded");
});

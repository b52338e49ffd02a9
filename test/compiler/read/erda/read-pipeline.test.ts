import { describe, expect, test } from "vitest";
import type { Pipeline } from "../../../../compiler/model/pipeline.ts";
import { checkSource, expectClean, expectMarked } from "../../diagnostics/marked-source.ts";
import { SHOP_CONTEXT } from "../../diagnostics/shop-context.ts";

/** One action as the only one, its keys given as YAML lines. */
function action(keys: string, rest = "") {
  const text = `version: 1.1\n${rest}stages:\n- stage:\n  - custom-script:\n${keys.replace(/^/gm, "      ")}\n`;
  return onlyAction(expectClean(text));
}

function onlyAction(pipeline: Pipeline) {
  const found = pipeline.stages[0]?.actions[0];
  if (!found) throw new Error("no action");
  return found;
}

describe("a whole pipeline", () => {
  const pipeline = expectClean(`version: "1.1"
name: shop
envs: {GOPROXY: "https://proxy.shop", RETRIES: 3, EMPTY: }
params:
- {name: target, type: string, required: true, default: staging, desc: where to deploy}
- {name: replicas, type: int, default: 2}
outputs:
- {name: address, desc: where the shop answers, ref: "\${{ outputs.deploy.address }}"}
stages:
- stage:
  - git-checkout:
      alias: repo
      params: {uri: ((shop.repo)), depth: 1}
- stage:
  - custom-script@1.0:
      alias: build
      description: builds the shop
      image: golang:1.22
      shell: bash
      commands:
      - cd \${{ dirs.repo }}
      - make -j2 image
      resources: {cpu: 0.5, max_cpu: 2, mem: 2048, disk: 10}
      timeout: 1800.0
      namespaces: [dist]
      labels: {team: a}
      executor: ecs
  - custom-script:
      alias: lint
      disable: yes
- stage:
  - deploy:
      if: \${{ '\${{ outputs.repo.branch }}' == 'main' }}
      params:
        image: \${build:OUTPUT:image}
        target: \${params.target}
        replicas: \${{ params.replicas }}
`);

  test("top level", () => {
    expect(pipeline.name?.value).toBe("shop");
    expect(pipeline.envs.map(({ name, value }) => [name.value, value.kind === "literal" && value.value])).toEqual([
      ["GOPROXY", "https://proxy.shop"],
      ["RETRIES", "3"],
      ["EMPTY", ""],
    ]);
    expect(pipeline.params).toMatchObject([
      { name: { value: "target" }, type: "string", required: true, default: { value: "staging" } },
      { name: { value: "replicas" }, type: "int", required: false, default: { value: 2 } },
    ]);
    expect(pipeline.outputs).toMatchObject([
      { name: { value: "address" }, ref: { parts: [{ kind: "output", action: "deploy", output: "address" }] } },
    ]);
  });

  test("actions", () => {
    const actions = pipeline.stages.map((stage) => stage.actions.map(({ alias, type }) => [alias.value, type.value]));
    expect(actions).toEqual([
      [["repo", "git-checkout"]],
      [
        ["build", "custom-script"],
        ["lint", "custom-script"],
      ],
      [["deploy", "deploy"]],
    ]);
    expect(pipeline.stages[1]?.actions[0]).toMatchObject({
      typeVersion: { value: "1.0" },
      description: "builds the shop",
      disabled: false,
      image: { value: "golang:1.22" },
      shell: { value: "bash" },
      commands: {
        parts: ["cd ", { reference: { kind: "dir", namespace: "repo" }, text: "${{ dirs.repo }}" }, "\nmake -j2 image"],
      },
      resources: { cpu: 0.5, maxCpu: 2, memoryMb: 2048, diskMb: 10 },
      timeoutSeconds: { value: 1800 },
      namespaces: [{ value: "dist" }],
      executor: { value: "ecs" },
    });
    expect(pipeline.stages[1]?.actions[1]?.disabled).toBe(true);
  });

  test("params keep their types and references", () => {
    expect(pipeline.stages[0]?.actions[0]?.params).toMatchObject([
      { key: "uri", value: { kind: "template", parts: [{ kind: "config" }] } },
      { key: "depth", value: { kind: "literal", value: 1 } },
    ]);
    expect(pipeline.stages[2]?.actions[0]?.params).toMatchObject([
      { key: "image", value: { parts: [{ kind: "output", action: "build", output: "image" }] } },
      { key: "target", value: { parts: [{ kind: "param", name: "target" }] } },
      { key: "replicas", value: { parts: [{ kind: "param", name: "replicas" }] } },
    ]);
  });
});

describe("small forms", () => {
  test("an action without a body has its type as alias", () => {
    const found = onlyAction(expectClean("version: 1.1\nstages:\n- stage:\n  - custom-script:\n"));
    expect(found).toMatchObject({ alias: { value: "custom-script" }, disabled: false, namespaces: [] });
  });

  test("commands as one text", () => {
    expect(action("commands: |\n  make\n  make test").commands?.parts).toEqual(["make\nmake test\n"]);
  });

  test("numbers and booleans among the commands are text", () => {
    expect(action("commands: [make, 1.10, true]").commands?.parts).toEqual(["make\n1.10\ntrue"]);
  });

  test("empty lines among the commands stay, but nothing alone is no command", () => {
    expect(action('commands: ["", make]').commands?.parts).toEqual(["\nmake"]);
    expect(action('commands: ["((registry))", "", "make"]').commands?.parts).toMatchObject([{}, "\n\nmake"]);
    expect(action('commands: ["", " "]').commands).toBeUndefined();
  });

  test("a shell's variable is not a reference, an alias is", () => {
    const parts = action('alias: build\ncommands: ["echo ${HOME}", "cd ${build:-x}"]').commands?.parts;
    expect(parts).toEqual(["echo ${HOME}\ncd ${build:-x}"]);
  });

  test("empty keys are not there", () => {
    const keys = "alias: ''\nif: ''\nimage:\nloop:\nretry:\nparams:\nlabels:\nresources:\ncommands: []\ntimeout:";
    expect(action(keys)).toMatchObject({
      alias: { value: "custom-script" },
      condition: undefined,
      image: undefined,
      loop: undefined,
      retry: undefined,
      commands: undefined,
      params: [],
      timeoutSeconds: undefined,
    });
  });

  test("anchors and merge keys", () => {
    const pipeline = expectClean(`version: 1.1
envs: &common {A: 1}
stages:
- stage:
  - custom-script: &small
      alias: a
      resources: &r {cpu: 1}
  - custom-script: {<<: *small, alias: b}
`);
    expect(pipeline.stages[0]?.actions.map(({ alias, resources }) => [alias.value, resources?.cpu])).toEqual([
      ["a", 1],
      ["b", 1],
    ]);
  });

  test("the graph form", () => {
    const pipeline = expectClean(`version: '1.1'
stages:
- - alias: repo
    type: git-checkout
    params: {uri: x}
- - {alias: build, type: custom-script, commands: [make]}
  - {alias: lint, type: custom-script}
`);
    expect(pipeline.stages.map((stage) => stage.actions.map(({ alias }) => alias.value))).toEqual([
      ["repo"],
      ["build", "lint"],
    ]);
  });
});

describe("loop", () => {
  const strategy = (text: string) => action(`loop: ${text}`).loop?.strategy;

  test.each([
    ["{break: task_status == 'Success'}", { maxTimes: 10, ratio: 2, limitSeconds: 60, intervalSeconds: 2 }],
    ["{strategy: }", { maxTimes: 10, ratio: 2, limitSeconds: 60, intervalSeconds: 2 }],
    ["{strategy: {}}", { maxTimes: 1, ratio: 1, limitSeconds: 2, intervalSeconds: 2 }],
    ["{strategy: {max_times: 3}}", { maxTimes: 3, ratio: 1, limitSeconds: 2, intervalSeconds: 2 }],
    ["{strategy: {max_times: -1}}", { maxTimes: -1, ratio: 1, limitSeconds: 2, intervalSeconds: 2 }],
    ["{strategy: {max_times: 0}}", { maxTimes: 1, ratio: 1, limitSeconds: 2, intervalSeconds: 2 }],
    [
      "{strategy: {max_times: 3, interval_sec: 5, decline_ratio: 0.5, decline_limit_sec: 60}}",
      { maxTimes: 3, ratio: 0.5, limitSeconds: 60, intervalSeconds: 5 },
    ],
    [
      "{strategy: {max_times: 3, interval_sec: 0.5, decline_ratio: -1, decline_limit_sec: 0}}",
      { maxTimes: 3, ratio: 1, limitSeconds: 0.5, intervalSeconds: 0.5 },
    ],
  ])("%s", (text, expected) => {
    expect(strategy(text)).toEqual(expected);
  });

  test("break is an expression that knows task_status", () => {
    expect(action("loop: {break: task_status == 'Success'}").loop?.break).toMatchObject({
      text: "task_status == 'Success'",
      expression: { kind: "binary", left: { kind: "name", name: "task_status" } },
    });
  });
});

describe("retry", () => {
  test.each([
    ["{}", { maxTimes: 1, ratio: 1, limitSeconds: 2, intervalSeconds: 2 }],
    ["{max_times: 3, interval_sec: 10}", { maxTimes: 3, ratio: 1, limitSeconds: 10, intervalSeconds: 10 }],
    ["{max_times: 3, decline_ratio: 2}", { maxTimes: 3, ratio: 2, limitSeconds: 60, intervalSeconds: 2 }],
    [
      "{max_times: 3, decline_ratio: 2, interval_sec: 90}",
      { maxTimes: 3, ratio: 2, limitSeconds: 90, intervalSeconds: 90 },
    ],
  ])("%s", (text, expected) => {
    expect(action(`retry: ${text}`).retry).toMatchObject(expected);
  });
});

describe("version", () => {
  test.each(["1.1", "'1.1'", '"1.1"', "1.1 # current"])("%s", (version) => {
    expect(
      checkSource({ name: "p.yaml", text: `version: ${version}\nstages: [{stage: [custom-script: ]}]\n` }).diagnostics,
    ).toEqual([]);
  });

  test("1.0 gives one error and no follow-ups", () => {
    expectMarked(`version: 1.0
         ~~~ read/version-1-0
stages:
- name: build
  tasks:
  - get: repo
`);
  });

  test("any other", () => {
    expectMarked(`version: 2
         ~ read/unsupported-version Write "version: 1.1".
stages: [{stage: [custom-script: ]}]
`);
  });

  test("a list", () => {
    expectMarked(`version: [1.1]
         ~~~~~ read/wrong-type
stages: [{stage: [custom-script: ]}]
`);
  });

  test("none", () => {
    expectMarked(`name: shop
~~~~ read/missing-version
stages: [{stage: [custom-script: ]}]
`);
  });
});

describe("stages", () => {
  test("every mistake of a stage is found in one run", () => {
    expectMarked(`version: 1.1
stages:
- stage:
  ~~~~~ read/empty-stage
- stage: []
  ~~~~~ read/empty-stage
- stages:
  ~~~~~~ read/empty-stage Did you mean "stage"?
  - custom-script:
- stage:
  -
  #~ read/empty-action
  - custom-script
  # ~~~~~~~~~~~~~ read/wrong-type Write "- custom-script:" with a colon.
  - "custom-script"
  # ~~~~~~~~~~~~~~~ read/wrong-type Write "- custom-script:" with a colon.
  - - custom-script:
  # ~~~~~~~~~~~~~~~~ read/wrong-type Write one "- <action type>:" per action.
  - {}
  # ~~ read/empty-action
  - custom-script: make
  #                ~~~~ read/wrong-type
  - custom-script:
      alias: a
    announce:
  # ~~~~~~~~ read/indent
- {}
# ~~ read/empty-stage
- stage: {custom-script: }
#        ~~~~~~~~~~~~~~~~~ read/wrong-type
- stages
# ~~~~~~ read/empty-stage
`);
  });

  test("no stages are a warning", () => {
    expectMarked(`version: 1.1
~~~~~~~ read/no-stages
`);
  });

  test("the graph form needs a type", () => {
    expectMarked(`version: 1.1
stages:
- - alias: build
    ~~~~~ read/missing-type
  - {}
  # ~~ read/missing-type
  -
  #~ read/empty-action
  - build
  # ~~~~~ read/wrong-type
`);
  });

  test("nothing at all is without version and stages", () => {
    expectMarked(`{}
~~ read/missing-version
~~ read/no-stages
`);
  });
});

describe("types", () => {
  test("of every key, with a remedy", () => {
    expectMarked(`version: 1.1
name: [shop]
#     ~~~~~~ read/wrong-type
envs:
  LIST: [a]
  #     ~~~ read/wrong-type
cron: {at: noon}
#     ~~~~~~~~~~ read/wrong-type
stages:
- stage:
  - custom-script:
      timeout: "60"
      #        ~~~~ read/wrong-type Remove the quotes: "timeout: 60".
      disable: "true"
      #        ~~~~~~ read/wrong-type Remove the quotes: "disable: true".
      resources:
        cpu: "1"
        #    ~~~ read/wrong-type Remove the quotes: "cpu: 1".
        mem: 512Mi
        #    ~~~~~ read/wrong-type Write the number of MB: "mem: 512".
        max_cpu: -1
        #        ~~ read/out-of-range
      namespaces: dist
      #           ~~~~ read/wrong-type Write "namespaces: [dist]".
      labels: [a]
      #       ~~~ read/wrong-type
      loop:
        strategy: 3
        #         ~ read/wrong-type
        break:
      retry: {max_times: 1.5}
      #                  ~~~ read/wrong-type
  - announce:
      timeout: 10m
      #        ~~~ read/wrong-type Write the number of seconds: "timeout: 600".
      disable: maybe
      #        ~~~~~ read/wrong-type Write "disable: true" or "disable: false".
      commands:
      - echo a: b
      # ~~~~~~~~~ read/wrong-type Put the text in quotes: without them ": " makes it a map.
      - [echo]
      # ~~~~~~ read/wrong-type
  - announce:
      alias: again
      timeout: [60]
      #        ~~~~ read/wrong-type Write a number without quotes and unit, in seconds.
      namespaces: dist reports
      #           ~~~~~~~~~~~~ read/wrong-type Write "namespaces: [dist reports]".
      commands:
      - echo a: b
      # ~~~~~~~~~ read/wrong-type Put the text in quotes: without them ": " makes it a map.
        c: d
`);
  });

  test("only what is mended for certain has a fix", () => {
    const fixesOf = (line: string) => {
      const text = `version: 1.1\nstages:\n- stage:\n  - custom-script:\n      ${line}\n`;
      return checkSource({ name: "p.yaml", text }).diagnostics.map(({ fixes = [] }) => fixes.length);
    };
    expect(fixesOf("namespaces: dist")).toEqual([1]);
    expect(fixesOf("namespaces: dist reports")).toEqual([0]);
    expect(fixesOf("commands: [[echo]]")).toEqual([0]);
    expect(fixesOf("commands:\n      - echo a: b")).toEqual([1]);
    expect(fixesOf("commands:\n      - echo a: b\n        c: d")).toEqual([0]);
  });

  test("a quoted number has a fix", () => {
    const text = 'version: 1.1\nstages: [{stage: [{custom-script: {timeout: "60"}}]}]\n';
    const { diagnostics } = checkSource({ name: "p.yaml", text });
    const [edit] = diagnostics[0]?.fixes?.[0]?.edits ?? [];
    expect(edit?.newText).toBe("60");
    expect(text.slice(edit?.span.start, edit?.span.end)).toBe('"60"');
  });
});

describe("keys", () => {
  const unknown = `version: 1.1
nmae: shop
~~~~ read/unknown-key Did you mean "name"?
stages:
- stage:
  - custom-script:
      comands: [make]
      #~~~~~~ read/unknown-key Did you mean "commands"?
      run: make
      ~~~ read/unknown-key Write "commands".
      needs: [x]
      ~~~~~ read/unknown-key
      resources: {memory: 3}
      #           ~~~~~~ read/unknown-key
`.replace("      #~~~~~~ read", "      ~~~~~~~ read");

  test("unknown ones are warnings with a suggestion", () => {
    expectMarked(unknown);
    const { diagnostics } = checkSource({ name: "p.yaml", text: unknown.replace(/^.*~.*\n/gm, "") });
    expect(new Set(diagnostics.map(({ severity }) => severity))).toEqual(new Set(["warning"]));
  });

  test("and errors when strict", () => {
    const text = unknown.replace(/^.*~.*\n/gm, "");
    const { diagnostics } = checkSource({ name: "p.yaml", text }, { ...SHOP_CONTEXT, strict: true });
    expect(new Set(diagnostics.map(({ severity }) => severity))).toEqual(new Set(["error"]));
  });

  test("without effect yet", () => {
    expectMarked(`version: 1.1
on: {push: {branches: [main], tags: [v1]}}
~~ read/no-effect-yet
cron_compensator: {enable: yes}
~~~~~~~~~~~~~~~~ read/no-effect-yet
triggers: [{on: x, filter: {a: b}}]
~~~~~~~~ read/no-effect-yet
storage: {context: local}
~~~~~~~ read/no-effect-yet
lifecycle: [{hook: before-run-check, client: gate}]
~~~~~~~~~ read/no-effect-yet
breakpoint: {on: {failure: true}, timeout: 60}
~~~~~~~~~~ read/no-effect-yet
stages:
- stage:
  - custom-script:
      caches: [{path: /root/.cache}]
      ~~~~~~ read/no-effect-yet
      policy: {type: new-run}
      ~~~~~~ read/no-effect-yet
      snippet_config: {source: local, name: x}
      ~~~~~~~~~~~~~~ read/no-effect-yet
      workspace: x
      ~~~~~~~~~ read/no-effect-yet
      breakpoint: {on: {failure: true}}
      ~~~~~~~~~~ read/no-effect-yet
      resources: {network: {mode: host}}
      #           ~~~~~~~ read/no-effect-yet
`);
  });

  test("what has no effect yet and is empty needs no words", () => {
    expectClean("version: 1.1\ncron: ''\nlifecycle:\non: {}\nstages: [{stage: [custom-script: ]}]\n");
  });
});

test("declarations", () => {
  expectMarked(`version: 1.1
params:
- type: string
  ~~~~~~~~~~~~ read/missing-key
- {name: a, type: bool}
#                 ~~~~ read/unknown-param-type Write "boolean".
- {name: b, type: strng}
#                 ~~~~~ read/unknown-param-type Did you mean "string"?
- {name: c, type: password}
#                 ~~~~~~~~ read/unknown-param-type Write "string".
- b
# ~ read/wrong-type
outputs:
- name: address
  ~~~~~~~~~~~~~ read/missing-key
- {name: port, colour: red}
# ~~~~~~~~~~~~~~~~~~~~~~~~~ read/missing-key
#              ~~~~~~ read/unknown-key
stages: [{stage: [custom-script: ]}]
`);
});

test("places in folded and quoted texts", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script:
      commands: |
        cd /tmp
          make \${{ outputs.gone.x }}
               ~~~~~~~~~~~~~~~~~~~~~ validate/unknown-action-reference
      if: >-
        1 == 1 &&
        aa
        ~~ expression/unknown-name
      params: {note: "a\\t\${{ outputs.gone.y }}"}
      #                  ~~~~~~~~~~~~~~~~~~~~~ validate/unknown-action-reference
      #        ~~~~ validate/unknown-param
`);
});

import { expect, test } from "vitest";
import { compile } from "../../../../compiler/index.ts";
import { checkSource, expectClean, expectMarked } from "../../diagnostics/marked-source.ts";
import { SHOP_CONTEXT } from "../../diagnostics/shop-context.ts";

const listed = Array.from("abcdefghij", (letter) => `part-${letter}`).join(", ");

test("what a reference names exists", () => {
  expectMarked(`version: 1.1
params: [{name: target}]
stages:
- stage:
  - git-checkout: {alias: repo, params: {uri: x}}
- stage:
  - deploy:
      params:
        target: \${{ params.tarket }}
        #       ~~~~~~~~~~~~~~~~~~~~ validate/unknown-param-reference Did you mean "target"?
        image: \${{ outputs.rpeo.commit }}
        #      ~~~~~~~~~~~~~~~~~~~~~~~~~~ validate/unknown-action-reference Did you mean "repo"?
        note: [{deep: "a \${{ dirs.rep }} b"}]
        #                ~~~~~~~~~~~~~~~ validate/unknown-directory Did you mean "repo"?
      commands: cat \${gone:OUTPUT:file}
      #             ~~~~~~~~~~~~~~~~~~~ validate/unknown-action-reference
      if: outputs.nothing.x == 'a'
      #   ~~~~~~~~~~~~~~~~~ validate/unknown-action-reference
  - deploy:
      alias: choose
      params: {target: x}
      if: "outputs.one.x ? outputs.two.x in [outputs.three.x] : !outputs.four.x"
      #    ~~~~~~~~~~~~~ validate/unknown-action-reference
      #                    ~~~~~~~~~~~~~ validate/unknown-action-reference
      #                                      ~~~~~~~~~~~~~~~ validate/unknown-action-reference
      #                                                          ~~~~~~~~~~~~~~ validate/unknown-action-reference
`);
});

test("where no name is near, those that exist are named, ten of them", () => {
  expectMarked(`version: 1.1
stages:
- stage:
${Array.from("abcdefghijkl", (letter) => `  - custom-script: {alias: part-${letter}}`).join("\n")}
- stage:
  - custom-script:
      alias: whole
      commands: ls \${{ dirs.elsewhere }}
      #            ~~~~~~~~~~~~~~~~~~~~~ validate/unknown-directory Directories of this pipeline are ${listed}.
      if: outputs.nothing.x == 'a'
      #   ~~~~~~~~~~~~~~~~~ validate/unknown-action-reference Actions of this pipeline are ${listed}.
`);
});

test("of many names that do not exist, the first thousand are told", () => {
  const lines = Array.from({ length: 1100 }, (_, index) => `      - echo \${{ outputs.gone.k${index} }}\n`).join("");
  const text = `version: "1.1"\nstages:\n- stage:\n  - custom-script:\n      commands:\n${lines}`;
  const { diagnostics } = compile({ name: "pipeline.yaml", text }, { ...SHOP_CONTEXT, mostDiagnostics: 5000 });
  expect(diagnostics.filter(({ code }) => code === "validate/unknown-action-reference")).toHaveLength(1000);
});

test("an action is referred to from a later stage only", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script:
      alias: build
      commands:
      - cd \${dirs.build}
      #    ~~~~~~~~~~~~~ validate/self-reference
      - cd \${{ dirs.lint }}
      #    ~~~~~~~~~~~~~~~~ validate/parallel-reference
      - cd \${test}
      #    ~~~~~~~ validate/later-reference
  - custom-script: {alias: lint, namespaces: [report], commands: count}
- stage:
  - custom-script: {alias: test, commands: "ls \${build} \${report} \${{ outputs.lint.count }}"}
`);
});

test("a loop's break refers to its own action", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script:
      alias: ready
      loop:
        break: "'\${{ outputs.ready.state }}' == 'up'"
      if: "'\${{ outputs.ready.state }}' == 'up'"
      #     ~~~~~~~~~~~~~~~~~~~~~~~~~~ validate/self-reference
`);
});

test("a disabled action leaves nothing behind, and its own references do not matter", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script: {alias: build, disable: true, commands: "cat \${{ outputs.gone.x }}"}
- stage:
  - custom-script:
      alias: test
      commands: cd \${dirs.build}
      #            ~~~~~~~~~~~~~ validate/disabled-reference
`);
});

test("an output is declared, where the type declares outputs", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - git-checkout: {alias: repo, params: {uri: x}}
  - custom-script: {alias: build, commands: "echo action meta: version=1"}
  - announce: {alias: news}
  - wait: {alias: pause, params: {seconds: 3}}
- stage:
  - custom-script:
      alias: test
      commands:
      - echo \${{ outputs.repo.message }}
      #      ~~~~~~~~~~~~~~~~~~~~~~~~~~~ validate/undeclared-output Its outputs are commit, branch.
      - echo \${{ outputs.pause.seconds }}
      #      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ validate/undeclared-output Its outputs are none.
      - echo \${{ outputs.repo.comit }}
      #      ~~~~~~~~~~~~~~~~~~~~~~~~~ validate/undeclared-output Did you mean "commit"?
      - echo \${{ outputs.build.version }}
      - echo \${{ outputs.build.verison }}
      #      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ validate/output-not-checked
      - echo \${{ outputs.news.text }}
      #      ~~~~~~~~~~~~~~~~~~~~~~~~ validate/output-not-checked
`);
});

test("the first values of a run refer to no action", () => {
  expectMarked(`version: 1.1
envs:
  COMMIT: \${{ outputs.repo.commit }}
  #       ~~~~~~~~~~~~~~~~~~~~~~~~~~ validate/reference-too-early
  TARGET: \${{ params.target }}-((zone))
params:
- {name: target, default: "\${{ random.string }}"}
stages:
- stage:
  - git-checkout: {alias: repo, params: {uri: x}}
- stage:
  - custom-script: {labels: {commit: "\${{ outputs.repo.commit }}"}}
  #                                   ~~~~~~~~~~~~~~~~~~~~~~~~~~ validate/reference-too-early
`);
});

test("references inside the keys of configs are checked", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script:
      commands: echo \${{ configs.\${{ params.zone }} }}
      #                          ~~~~~~~~~~~~~~~~~~ validate/unknown-param-reference
`);
});

test("outputs of the pipeline may refer to any action", () => {
  expectClean(`version: 1.1
outputs: [{name: address, ref: "\${{ outputs.deploy.address }}"}]
stages: [{stage: [{deploy: {params: {target: x}}}]}]
`);
});

test("an order mistake shows where the other action stands", () => {
  const text =
    "version: 1.1\nstages:\n- stage:\n  - custom-script: {alias: a, commands: 'cd ${b}'}\n  - announce: {alias: b}\n";
  const { diagnostics } = checkSource({ name: "p.yaml", text });
  expect(diagnostics[0]?.related).toMatchObject([{ message: '"b" stands here.' }]);
});

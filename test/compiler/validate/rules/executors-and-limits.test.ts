import { test } from "vitest";
import { expectClean, expectMarked } from "../../diagnostics/marked-source.ts";
import { SHOP_CONTEXT } from "../../diagnostics/shop-context.ts";

test("an executor exists", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script: {alias: a, executor: ecss}
  #                                     ~~~~ validate/unknown-executor Did you mean "ecs"? Executors are box, ecs, wait.
  - custom-script: {alias: b, executor: moon}
  #                                     ~~~~ validate/unknown-executor Executors are box, ecs, wait.
`);
});

test("the executor of all actions exists", () => {
  expectMarked(`version: 1.1
defaults: {executor: bax}
#                    ~~~ validate/unknown-executor Did you mean "box"? Executors are box, ecs, wait.
stages:
- stage:
  - custom-script: {alias: a}
  - custom-script: {alias: b, executor: ecs}
`);
  expectClean(`version: 1.1
defaults: {executor: box}
stages:
- stage:
  - custom-script: {alias: a}
`);
});

test("defaults hold an executor's name, which is a text without references", () => {
  expectMarked(`version: 1.1
defaults: {executor: [box], shell: bash}
#                    ~~~~~ read/wrong-type
#                           ~~~~~ read/unknown-key The keys of defaults are executor.
stages:
- stage:
  - custom-script: {alias: a}
`);
  expectMarked(`version: 1.1
defaults: {executor: "\${{ params.where }}"}
#                    ~~~~~~~~~~~~~~~~~~~~~ validate/reference-without-effect
#                    ~~~~~~~~~~~~~~~~~~~~~ validate/unknown-executor
params: [{name: where}]
stages:
- stage:
  - custom-script: {alias: a}
`);
});

test("an image has no effect where the defaults choose an executor without containers", () => {
  expectMarked(`version: 1.1
defaults: {executor: box}
stages:
- stage:
  - custom-script: {alias: a, image: node}
  #                                  ~~~~ validate/image-not-used
  - custom-script: {alias: b, image: node, executor: ecs}
`);
});

test("an installation without executors says so", () => {
  expectMarked(
    `version: 1.1
stages:
- stage:
  - custom-script: {alias: a, executor: moon}
  #                                     ~~~~ validate/unknown-executor Executors are none.
`,
    { ...SHOP_CONTEXT, executors: new Map() },
  );
});

test("an image has an effect only where containers are", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script: {alias: a, image: node, executor: box}
  #                                  ~~~~ validate/image-not-used
  - custom-script: {alias: b, image: node}
  - wait: {params: {seconds: 3}, image: node}
  #                                     ~~~~ lower/no-effect-on-wait
`);
});

test("limits are -1 or make sense", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script:
      alias: a
      timeout: -2
      #        ~~ validate/timeout
      loop: {strategy: {max_times: -2}}
      #     ~~~~~~~~~~~~~~~~~~~~~~~~~~~ validate/loop-times
      retry: {max_times: 0}
      #      ~~~~~~~~~~~~~~ validate/retry-times
  - custom-script: {alias: b, timeout: -1, loop: {strategy: {max_times: -1}}}
`);
});

test("references stand where they are rendered", () => {
  expectMarked(`version: 1.1
name: shop \${{ params.target }}
#     ~~~~~~~~~~~~~~~~~~~~~~~~~ validate/reference-without-effect
params: [{name: target}]
stages:
- stage: [git-checkout: {alias: repo, params: {uri: x}}]
- stage:
  - custom-script:
      alias: ((name))
      #      ~~~~~~~~ validate/reference-without-effect
      image: shop/((arch))/base:\${{ params.target }}-\${repo:OUTPUT:commit}
      shell: \${build:OUTPUT:shell}
      #      ~~~~~~~~~~~~~~~~~~~~~ validate/reference-without-effect
`);
});

test("an image has no directory, and its references are checked like others", () => {
  expectMarked(`version: 1.1
stages:
- stage: [git-checkout: {alias: repo, params: {uri: x}}]
- stage:
  - custom-script:
      alias: build
      image: \${repo}/base
      #      ~~~~~~~ validate/reference-without-effect
  - custom-script:
      alias: test
      image: \${{ outputs.rpo.commit }}
      #      ~~~~~~~~~~~~~~~~~~~~~~~~~ validate/unknown-action-reference Did you mean "repo"?
`);
});

test("an image that is not used needs no second word", () => {
  expectMarked(
    `version: 1.1
stages:
- stage:
  - custom-script: {image: shop/((arch))/base}
  #                        ~~~~~~~~~~~~~~~~~~ validate/image-not-used
`,
    { ...SHOP_CONTEXT, defaultExecutor: "box" },
  );
});

test("everything right gives nothing", () => {
  expectClean("version: 1.1\nstages: [{stage: [{custom-script: {executor: ecs, image: node, timeout: 60}}]}]\n");
});

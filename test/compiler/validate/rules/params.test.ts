import { expect, test } from "vitest";
import { checkSource, expectClean, expectMarked } from "../../diagnostics/marked-source.ts";
import { SHOP_CONTEXT } from "../../diagnostics/shop-context.ts";

test("unknown, missing and wrong ones", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - git-checkout:
    ~~~~~~~~~~~~ validate/missing-param
      alias: repo
      params: {brnch: main}
      #        ~~~~~ validate/unknown-param Did you mean "branch"?
- stage:
  - deploy:
      params:
        target:
        ~~~~~~ validate/missing-param
        replicas: many
        #         ~~~~ validate/wrong-param-type
        dry_run: perhaps
        #        ~~~~~~~ validate/wrong-param-type
        ratio: half
        #      ~~~~ validate/wrong-param-type
        regions: eu
        #        ~~ validate/wrong-param-type
        settings: [a]
        #         ~~~ validate/wrong-param-type
        image: [a]
        #      ~~~ validate/wrong-param-type
`);
});

test("texts that read as the type are right, and references are not judged", () => {
  expectClean(`version: 1.1
params: [{name: n}]
stages:
- stage:
  - deploy:
      params: {target: 1, replicas: "3", dry_run: "true", ratio: "0.5", regions: '["eu"]', settings: {a: b}, note: [1]}
  - deploy:
      alias: again
      params: {target: "", replicas: "\${{ params.n }}", dry_run: no, regions: [eu], settings: '{"a": 1}'}
`);
});

test("a null is a param that is not given", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - git-checkout: {params: {uri: }}
  #                         ~~~ validate/missing-param
`);
});

test("unknown ones are errors when strict", () => {
  const text = "version: 1.1\nstages: [{stage: [{announce: {params: {loud: 1}}}]}]\n";
  const severity = (strict: boolean) =>
    checkSource({ name: "p.yaml", text }, { ...SHOP_CONTEXT, strict }).diagnostics.map((found) => found.severity);
  expect(severity(false)).toEqual(["warning"]);
  expect(severity(true)).toEqual(["error"]);
});

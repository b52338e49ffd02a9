import { inBuild, inShop, type Mistake } from "./mistake.ts";

/** Wrong keys and values of keys. */
export const KEY_MISTAKES: readonly Mistake[] = [
  // Keys and their values.
  inShop("no version", "read/missing-version", { head: "▸name: shop\n" }),
  inShop("an unknown key of the file", "read/unknown-key", { top: "▸enviroment: {STORE: main}" }),
  inBuild("an unknown key of an action", "read/unknown-key", "commands: make\n▸descriptoin: the shop"),
  inBuild("a key of another system", "read/unknown-key", "commands: make\n▸needs: [repo]"),
  inBuild("the key __proto__", "read/unknown-key", "commands: make\n▸__proto__: {disable: true}"),
  inBuild("the key constructor", "read/unknown-key", "commands: make\n▸constructor: shop"),
  inShop("envs as a list", "read/wrong-type", { top: "envs: ▸[STORE]" }),
  inBuild("a word for a number", "read/wrong-type", "commands: make\ntimeout: ▸soon"),
  inBuild("a duration for seconds", "read/wrong-type", "commands: make\ntimeout: ▸10m"),
  inBuild("a fraction for a whole number", "read/wrong-type", "commands: make\nretry: {max_times: ▸1.5}"),
  inBuild("a quoted number", "read/wrong-type", 'commands: make\nresources: {cpu: ▸"0.5"}'),
  inBuild("a word for a boolean", "read/wrong-type", "commands: make\ndisable: ▸maybe"),
  inBuild("a list for a text", "read/wrong-type", "commands: make\nimage: ▸[node]"),
  inBuild("a text for a map", "read/wrong-type", "commands: make\nloop: ▸forever"),
  inBuild("a text for a list", "read/wrong-type", "commands: make\nnamespaces: ▸cache"),
  inBuild("a map as commands", "read/wrong-type", "commands: ▸{run: make}"),
  inBuild("less than nothing", "read/out-of-range", "commands: make\nresources: {mem: ▸-1}"),
  inShop("an output without a name", "read/missing-key", { top: 'outputs: [▸{ref: "${{ outputs.repo.commit }}"}]' }),
  inShop("a param of an unknown type", "read/unknown-param-type", {
    head: 'version: "1.1"\nname: shop\nparams: [{name: target, type: ▸text}]\n',
  }),
  inBuild("minutes as another system counts them", "read/unknown-key", "commands: make\n▸timeout-minutes: 10"),
  inBuild("a name beside the alias", "read/unknown-key", "commands: make\n▸name: test"),
  inBuild("a loop without a strategy", "read/unknown-key", "commands: make\nloop: {▸max_times: 3}"),
  inBuild("a loop until something", "read/unknown-key", 'commands: make\nloop: {▸until: "${{ 1 == 1 }}"}'),
  inBuild("a number of retries", "read/wrong-type", "commands: make\nretry: ▸3"),
  inBuild("a step among commands", "read/wrong-type", "commands:\n- make\n- ▸run: make test"),
  inBuild("a step of two keys among commands", "read/wrong-type", "commands:\n- ▸name: test\n  run: make test"),
  inBuild("a test of the shell", "read/wrong-type", "commands:\n- ▸[ -f page.html ]\n- make"),
  inShop("params by their names", "read/wrong-type", {
    head: 'version: "1.1"\nname: shop\nparams: ▸{target: staging, size: 1, all: {type: boolean}}\n',
  }),
  inShop("outputs by their names", "read/wrong-type", { top: "outputs:\n  ▸commit: ${{ outputs.repo.commit }}" }),
  inShop("a key without effect", "read/no-effect-yet", { top: "▸on: {push: {branches: [main]}}" }),

  inShop("a key in the column of a list's dashes", "read/key-beside-list", {
    head: 'version: "1.1"\nname: shop\nparams:\n- name: target\n▸default: staging\n',
  }),
  inShop("a default of another type", "validate/wrong-default-type", {
    head: 'version: "1.1"\nname: shop\nparams: [{name: target, type: int, default: ▸soon}]\n',
  }),
  inShop("a list as the default of a text", "validate/wrong-default-type", {
    head: 'version: "1.1"\nname: shop\nparams: [{name: target, default: ▸[a, b]}]\n',
  }),
  inShop("a param twice", "validate/duplicate-declaration", {
    head: 'version: "1.1"\nname: shop\nparams: [{name: target}, {name: ▸target}]\n',
  }),
];

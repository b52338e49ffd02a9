/** Stands before the character at which a mistake is reported; it is taken out before the text is compiled. */
export const MARK = "▸";

/** A mistake in a file of the shop, alone and together with two others. */
export interface Mistake {
  readonly what: string;
  readonly code: string;
  /** The file with this mistake and no other. */
  readonly text: string;
  /** The same with two others, each marked, and the codes of all three in the order of the file. */
  readonly withOthers: string;
  readonly codes: readonly string[];
}

/** What may be changed in the shop's pipeline. */
interface Shop {
  /** Lines between `params` and `stages`. */
  readonly top?: string;
  /** The keys of the action `build`, without their indentation. */
  readonly build?: string;
  /** Further stages before the last. */
  readonly stages?: string;
  /** All that stands before `stages`. */
  readonly head?: string;
  /** Marks what is noticed only at the last stage, or at the end. */
  readonly noticed?: "last stage" | "end";
}

const HEAD = 'version: "1.1"\nname: shop\nparams: [{name: target, default: staging}]\n';
/** Wrong escapes are told also where the rest of the file cannot be read. */
const HEAD_WITH_OTHERS = `version: "1.1"\nname: "sh${MARK}\\qop"\nparams: [{name: target, default: "${MARK}\\y"}]\n`;
const TAIL = "- stage:\n  - custom-script: {alias: package, commands: make package}\n";
const TAIL_WITH_OTHERS = `- stage:
  - custom-script: {alias: package, commands: make package, ${MARK}retri: {max_times: 1}}
  - custom-script: {alias: publish, commands: make publish, executor: ${MARK}moon}
`;

function shopText(
  { top = "", build = "commands: make", stages = "", head = HEAD, noticed }: Shop,
  tail: string,
): string {
  return `${head}${line(top)}stages:
- stage:
  - git-checkout:
      alias: repo
      params: {uri: "https://git.example/shop.git"}
- stage:
  - custom-script:
      alias: build
${line(build).replace(/^(?!▸?\t|▸ )(?=.)/gm, "      ")}${line(stages)}${noticed === "last stage" ? MARK : ""}${tail}${noticed === "end" ? MARK : ""}`;
}

function line(text: string): string {
  return text === "" ? "" : `${text}\n`;
}

/** A mistake that leaves the rest of the file readable. */
function inShop(what: string, code: string, shop: Shop): Mistake {
  return {
    what,
    code,
    text: shopText(shop, TAIL),
    withOthers: shopText(shop, TAIL_WITH_OTHERS),
    codes: [code, "read/unknown-key", "validate/unknown-executor"],
  };
}

/** A mistake after which YAML cannot tell what belongs to what. */
function breaking(what: string, code: string, shop: Shop): Mistake {
  return {
    what,
    code,
    text: shopText(shop, TAIL),
    withOthers: shopText({ ...shop, head: HEAD_WITH_OTHERS }, TAIL),
    codes: ["parse/bad-escape", "parse/bad-escape", code],
  };
}

const inBuild = (what: string, code: string, build: string) => inShop(what, code, { build });
const inStages = (what: string, code: string, stages: string) => inShop(what, code, { stages });
const inCommands = (what: string, code: string, commands: string) => inBuild(what, code, `commands: ${commands}`);
const inCondition = (what: string, code: string, condition: string) =>
  inBuild(what, code, `commands: make\nif: ${condition}`);

const BOMB = Array.from({ length: 6 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`);

/** One row per mistake: what it is, the code that tells it, and the text with a mark at its place. */
export const MISTAKES: readonly Mistake[] = [
  // YAML that breaks.
  breaking("a tab as indentation", "parse/tab-indentation", { build: "commands: make\n▸\timage: node:22" }),
  breaking("a tab behind spaces", "parse/tab-indentation", { top: "envs:\n▸  \tSTORE: main" }),
  breaking("a key too far left", "parse/bad-indentation", { top: "envs:\n    STORE: main\n▸  REGION: north" }),
  breaking("a key too far right", "parse/bad-indentation", { build: "commands: make\n  ▸image: node" }),
  breaking("an item too far right", "parse/bad-indentation", {
    build: "labels:\n  team: shop\n▸       - make",
  }),
  breaking("two colons on a line", "parse/nested-map-on-one-line", { build: "description: ▸see http: //shop" }),
  breaking("a comment as in other languages", "parse/nested-map-on-one-line", { top: "envs: ▸// the: shop" }),
  breaking("no colon", "parse/key-without-colon", { top: "▸envs\nstorage: {}" }),
  breaking("a quote that stays open", "parse/missing-character", { build: 'commands: "make', noticed: "end" }),
  breaking("a bracket that stays open", "parse/missing-character", {
    build: "namespaces: [cache",
    noticed: "last stage",
  }),
  breaking("a brace that stays open", "parse/missing-character", {
    build: "labels: {team: shop",
    noticed: "last stage",
  }),
  breaking("text behind a quoted text", "parse/unexpected-text", { build: 'description: "the shop" ▸here' }),
  breaking("a key of more than 1024 characters", "parse/key-too-long", { build: `▸${"k".repeat(1100)}: 1` }),

  // YAML that can be read all the same.
  inBuild("a text that starts with @", "parse/bad-first-character", "commands: make\ndescription: ▸@shop"),
  inBuild("a text that starts with a backtick", "parse/bad-first-character", "commands: ▸`make`"),
  inBuild("an escape that is none", "parse/bad-escape", 'commands: "make ▸\\q"'),
  inBuild("two anchors", "parse/bad-anchor", "commands: &one ▸&two make"),
  inBuild("an alias of nothing", "parse/unknown-alias", "commands: ▸*make"),
  inBuild("an alias inside itself", "parse/recursive-alias", "commands: make\nlabels: &l {team: ▸*l}"),
  inBuild("a merge of a text", "parse/bad-merge-key", "commands: make\nlabels: {<<: ▸shop}"),
  inBuild("a key that is a list", "parse/key-not-text", "commands: make\nlabels: {? ▸[team] : shop}"),
  inBuild("an unknown tag", "parse/unknown-tag", "commands: !shell ▸make"),
  inBuild("a key twice", "parse/duplicate-key", "description: one\ncommands: make\n▸description: two"),
  inBuild("__proto__ twice", "parse/duplicate-key", "commands: make\nlabels: {__proto__: a, ▸__proto__: b}"),

  // Keys and their values.
  inShop("no version", "read/missing-version", { head: "▸name: shop\n" }),
  inShop("an unknown key of the file", "read/unknown-key", { top: "▸enviroment: {STORE: main}" }),
  inBuild("an unknown key of an action", "read/unknown-key", "▸comands: make"),
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
  inShop("a key without effect", "read/no-effect-yet", { top: '▸cron: "0 2 * * *"' }),

  // Stages and actions.
  inStages("a stage without actions", "read/empty-stage", "- ▸stage:"),
  inStages("a stage with an empty list", "read/empty-stage", "- ▸stage: []"),
  inStages(
    "a stage under another name",
    "read/empty-stage",
    "- ▸steps:\n  - custom-script: {alias: x, commands: make}",
  ),
  inStages("an item without an action", "read/empty-action", "- stage:\n  - ▸{}"),
  inStages("a type without a colon", "read/wrong-type", "- stage:\n  - ▸custom-script"),
  inStages("two types in one item", "read/indent", "- stage:\n  - echo: {alias: x}\n    ▸wait: {alias: y}"),
  inStages("keys beside the type", "read/keys-beside-type", "- stage:\n  - ▸echo:\n    params: {text: hello}"),
  inStages("an input beside params", "read/param-outside-params", "- stage:\n  - echo: {▸text: hello}"),
  inStages("an unknown type", "validate/unknown-action", "- stage:\n  - ▸custom-scrip: {alias: x}"),
  inStages(
    "an alias twice",
    "validate/duplicate-alias",
    "- stage:\n  - custom-script: {alias: ▸build, commands: make}",
  ),
  inStages("an unknown param", "validate/unknown-param", "- stage:\n  - echo: {params: {text: hello, ▸txt: hello}}"),
  inStages("a missing param", "validate/missing-param", "- stage:\n  - ▸echo: {params: {}}"),
  inStages(
    "a param of a wrong type",
    "validate/wrong-param-type",
    "- stage:\n  - wait: {params: {wait_time_sec: ▸soon}}",
  ),
  inBuild("a directory twice", "validate/duplicate-namespace", "commands: make\nnamespaces: [cache, ▸cache]"),
  inShop("an env that no shell takes", "validate/env-name", { top: "envs: {▸my-store: main}" }),
  inBuild("a timeout of nothing", "validate/timeout", "commands: make\ntimeout: ▸-5"),
  inBuild("a loop of less than nothing", "validate/loop-times", "commands: make\nloop: ▸{strategy: {max_times: -2}}"),
  inBuild("a retry of nothing", "validate/retry-times", "commands: make\nretry: ▸{max_times: 0}"),

  // References.
  inCommands("a reference that stays open", "read/unclosed-placeholder", "make ▸${{ dirs.repo"),
  inCommands("a reference to nothing", "read/empty-placeholder", "make ▸${{ }}"),
  inCommands("a reference without spaces", "read/placeholder-spacing", "make ▸${{dirs.repo}}"),
  inCommands("a reference with a blank", "read/space-in-reference", "make ▸${{ dirs.re po }}"),
  inBuild("an expression as a value", "read/expression-in-value", "commands: make ▸${{ 1 + 1 }}"),
  inCommands("a misspelled namespace", "read/misspelled-reference", "make ▸${{ output.repo.commit }}"),
  inCommands("no namespace", "read/unknown-placeholder", "make ▸${{ shop }}"),
  inCommands("single braces for a config", "read/single-brace", "make ▸${configs.registry}"),
  inCommands("an output without its name", "read/output-without-key", "make ▸${{ outputs.repo }}"),
  inCommands("an unknown modifier", "read/unknown-modifier", "make ▸${{ outputs.repo.commit.upper }}"),
  inCommands("a malformed old reference", "read/bad-legacy-reference", "make ▸${repo:OUTPUTS:commit}"),
  inCommands("nearly an alias", "read/looks-like-alias", "make ▸${re-po}"),
  inCommands("an unknown random value", "read/unknown-random-type", "make ▸${{ random.strng }}"),
  inCommands("what is not base64", "read/bad-base64", "make ▸${{ base64-decode.a* }}"),
  inCommands("an unknown action", "validate/unknown-action-reference", "make ▸${{ outputs.rpo.commit }}"),
  inCommands("an unknown directory", "validate/unknown-directory", "make ▸${{ dirs.rpo }}"),
  inCommands("an unknown param", "validate/unknown-param-reference", "make ▸${{ params.targt }}"),
  inCommands("an output that is not declared", "validate/undeclared-output", "make ▸${{ outputs.repo.comit }}"),
  inCommands("an action's own directory", "validate/self-reference", "make ▸${{ dirs.build }}"),
  inCommands("an action of a later stage", "validate/later-reference", "make ▸${{ dirs.package }}"),
  inStages(
    "an action of the same stage",
    "validate/parallel-reference",
    "- stage:\n  - custom-script: {alias: a, commands: make}\n  - custom-script: {alias: b, commands: 'ls ▸${{ dirs.a }}'}",
  ),
  inStages(
    "a disabled action",
    "validate/disabled-reference",
    "- stage:\n  - custom-script: {alias: a, disable: true}\n- stage:\n  - custom-script: {alias: b, commands: 'ls ▸${{ dirs.a }}'}",
  ),
  inShop("an output before there is one", "validate/reference-too-early", {
    top: 'envs: {COMMIT: "▸${{ outputs.repo.commit }}"}',
  }),

  // Expressions.
  inCondition("an empty expression", "expression/empty", "${{▸ }}"),
  inCondition("an expression that ends too early", "expression/unexpected-end", "${{ 1 == ▸}}"),
  inCondition("two values without an operator", "expression/unexpected-token", "${{ 1 ▸2 }}"),
  inCondition("a character of no operator", "expression/unknown-character", "${{ 1 ▸; 2 }}"),
  inCondition("a single equals sign", "expression/unknown-operator", "${{ 1 ▸= 2 }}"),
  inCondition("an open text", "expression/unclosed-string", "${{ 1 == ▸'a }}"),
  inCondition("an unknown name", "expression/unknown-name", "${{ ▸success() }}"),
  inCondition("a malformed number", "expression/bad-number", "${{ ▸1.2.3 == 1 }}"),
  inCondition("a malformed pattern", "expression/bad-pattern", "${{ 'a' =~ ▸'[' }}"),

  // Values in commands.
  inCommands(
    "a value in a quoted heredoc",
    "lower/reference-in-quoted-heredoc",
    "|\n  cat <<'E'\n  ▸${{ dirs.repo }}\n  E",
  ),
  inCommands("a value that would be code", "lower/reference-as-code", 'sh -c "ls ▸${{ dirs.repo }}"'),
  inCommands("a value as the name of a variable", "lower/reference-as-name", "echo ${▸${{ dirs.repo }}}"),
  inBuild(
    "a value in a program",
    "lower/reference-in-other-shell",
    "shell: python3\ncommands: print('▸${{ dirs.repo }}')",
  ),
];

/** Files of which nothing more can be told. */
export const WHOLE_FILES: readonly { readonly what: string; readonly code: string; readonly text: string }[] = [
  { what: "nothing", code: "parse/empty-file", text: "▸" },
  { what: "comments", code: "parse/empty-file", text: "▸# the shop\n" },
  { what: "a list", code: "parse/not-a-map", text: "▸- stage: []\n" },
  { what: "a text", code: "parse/not-a-map", text: "▸shop\n" },
  { what: "binary", code: "parse/not-text", text: "name: shop▸\0\u0001" },
  { what: "a directive", code: "parse/bad-directive", text: "▸%shop\n" },
  { what: "10 MB", code: "parse/too-large", text: `▸${"# the shop\n".repeat(950_000)}` },
  { what: "aliases that multiply", code: "parse/too-many-aliases", text: ["l0: &l0 [▸x]", ...BOMB].join("\n") },
  { what: "lists in lists", code: "parse/too-deep", text: `a: ${"[".repeat(64)}▸${"[".repeat(6)}${"]".repeat(70)}` },
  { what: "no stages", code: "read/no-stages", text: '▸version: "1.1"\n' },
  { what: "stages that are none", code: "read/no-stages", text: '▸version: "1.1"\nstages: []\n' },
  { what: "version 1.0", code: "read/version-1-0", text: 'version: ▸"1.0"\nstages: []\n' },
  {
    what: "version 2",
    code: "read/unsupported-version",
    text: "version: ▸2\nstages: [{stage: [{custom-script: {commands: make}}]}]\n",
  },
];

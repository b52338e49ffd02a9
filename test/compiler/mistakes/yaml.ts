import { breaking, inBuild, type Mistake } from "./mistake.ts";

/** What is wrong as YAML. */
export const YAML_MISTAKES: readonly Mistake[] = [
  // YAML that breaks.
  breaking("a tab as indentation", "parse/tab-indentation", { build: "commands: make\n▸\timage: node:22" }),
  breaking("a tab behind spaces", "parse/tab-indentation", { top: "envs:\n▸  \tSTORE: main" }),
  breaking("a key too far left", "parse/bad-indentation", { top: "envs:\n    STORE: main\n  ▸REGION: north" }),
  breaking("a key too far right", "parse/bad-indentation", { build: "commands: make\n  ▸image: node" }),
  breaking("an item too far right", "parse/bad-indentation", {
    build: "labels:\n  team: shop\n ▸- make",
  }),
  breaking("two colons on a line", "parse/nested-map-on-one-line", { build: "description: ▸see http: //shop" }),
  breaking("a comment as in other languages", "parse/nested-map-on-one-line", { top: "envs: ▸// the: shop" }),
  breaking("no colon", "parse/key-without-colon", { top: "▸envs\nstorage: {}" }),
  breaking("a quote that stays open", "parse/missing-character", { build: 'commands: ▸"make' }),
  breaking("a bracket that stays open", "parse/missing-character", {
    build: "namespaces: [cache",
    noticed: "last stage",
  }),
  breaking("a brace that stays open", "parse/missing-character", {
    build: "labels: {team: shop",
    noticed: "last stage",
  }),
  breaking("text behind a quoted text", "parse/unexpected-text", { build: 'description: "the shop" ▸here' }),
  breaking("a quote that the next one closes", "parse/missing-character", {
    build: "description: ▸'the shop\ncommands: echo 'hello",
  }),
  breaking("a quoted word and more", "parse/unexpected-text", { build: 'commands:\n- "make" ▸all' }),
  breaking("quotes in the same quotes", "parse/unexpected-text", { build: 'commands: "echo "▸open""' }),
  breaking("a test of the shell", "parse/unexpected-text", { build: "commands:\n- [ -f page.html ] ▸&& make" }),
  breaking("a longer test of the shell", "parse/missing-character", {
    build: "commands:\n- [[ -f page.html ]▸] || make",
  }),
  breaking("a pipe at the start of a line", "parse/unexpected-text", { build: "commands:\n- | ▸cat" }),
  breaking("a pattern of the shell and more", "parse/unexpected-text", { build: "commands:\n- *.sh ▸all" }),
  breaking("a reference in braces", "parse/unexpected-text", { build: "params: {dir: $▸{{ dirs.repo }}}" }),
  breaking("a reference in brackets", "parse/missing-character", { build: "commands: [ls $▸{{ dirs.repo }}, make]" }),
  breaking("tabs below |", "parse/tab-indentation", { build: "commands: |\n▸\tmake\n\tmake test" }),
  breaking("no space behind a dash", "parse/key-without-colon", { build: "commands:\n▸-make" }),
  breaking("no space behind a colon", "parse/key-without-colon", { build: "commands: make\n▸timeout:60" }),
  breaking("a type without its colon", "parse/key-without-colon", {
    stages: "- stage:\n  - ▸custom-script\n      commands: make",
  }),
  breaking("a key of more than 1024 characters", "parse/key-too-long", { build: `▸${"k".repeat(1100)}: 1` }),

  // YAML that can be read all the same.
  inBuild("a text that starts with @", "parse/bad-first-character", "commands: make\ndescription: ▸@shop"),
  inBuild("a text that starts with a backtick", "parse/bad-first-character", "commands: ▸`make`"),
  inBuild("an escape that is none", "parse/bad-escape", 'commands: "make ▸\\q"'),
  inBuild("two anchors", "parse/bad-anchor", "commands: make\ndescription: &one ▸&two shop"),
  inBuild("an alias of nothing", "parse/unknown-alias", "commands: ▸*make"),
  inBuild("a pattern of the shell", "parse/unknown-alias", "commands:\n- make\n- ▸*.sh"),
  inBuild("an alias inside itself", "parse/recursive-alias", "commands: make\nlabels: &l {team: ▸*l}"),
  inBuild("a merge of a text", "parse/bad-merge-key", "commands: make\nlabels: {<<: ▸shop}"),
  inBuild("a key that is a list", "parse/key-not-text", "commands: make\nlabels: {? ▸[team] : shop}"),
  inBuild("an unknown tag", "parse/unknown-tag", "commands: make\nlabels: {team: !shop ▸north}"),
  inBuild("a command that is negated", "parse/marker-before-text", "commands:\n- make\n- ▸! grep shop page.html"),
  inBuild("a word that looks like a tag", "parse/marker-before-text", "commands:\n- make\n- ▸!test -f page.html"),
  inBuild("a condition that is negated", "parse/marker-before-text", "commands: make\nif: ▸!failed"),
  inBuild("a word that looks like an anchor", "parse/marker-before-text", "commands:\n- ▸&shop echo shop"),
  inBuild("a tag and a quoted text", "parse/marker-before-text", 'commands: ▸!shell "make"'),
  inBuild("a tag among brackets", "parse/marker-before-text", "commands: [make, ▸! grep shop page.html]"),
  inBuild("a # in quotes of the shell", "read/comment-in-command", 'commands:\n- echo "order ▸#12"\n- make'),
  inBuild("a comment that may be none", "read/comment-in-command", "commands:\n- echo ▸#1 is best"),
  inBuild("commands behind >", "read/joined-commands", "commands: ▸>\n  npm ci\n  npm test"),
  inBuild("commands on lines without a sign", "read/joined-commands", "commands:\n  ▸npm ci\n  npm test"),
  inBuild("an item on two lines", "read/joined-commands", "commands:\n- ▸npm ci\n  npm test"),
  inBuild("a key twice", "parse/duplicate-key", "description: one\ncommands: make\n▸description: two"),
  inBuild("__proto__ twice", "parse/duplicate-key", "commands: make\nlabels: {__proto__: a, ▸__proto__: b}"),
];

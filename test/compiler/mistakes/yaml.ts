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
];

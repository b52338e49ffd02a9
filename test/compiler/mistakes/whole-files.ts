const BOMB = Array.from({ length: 6 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`);

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
  {
    what: "a workflow of GitHub Actions",
    code: "read/foreign-file",
    text: "name: CI\non: [push]\n▸jobs:\n  build:\n    runs-on: box\n    steps:\n    - run: make\n",
  },
  {
    what: "a configuration of CircleCI",
    code: "read/foreign-file",
    text: "version: 2.1\n▸jobs:\n  build: {docker: []}\nworkflows: {build: {jobs: [build]}}\n",
  },
  {
    what: "a pipeline of GitLab CI",
    code: "read/foreign-file",
    text: "stages: [build]\n▸build:\n  stage: build\n  script: make\n",
  },
  { what: "a pipeline of GitLab CI without stages", code: "read/foreign-file", text: "▸build:\n  script: [make]\n" },
  {
    what: "a pipeline of Tekton",
    code: "read/foreign-file",
    text: "apiVersion: tekton.dev/v1\n▸kind: Pipeline\nmetadata: {name: shop}\n",
  },
  { what: "version 1.0", code: "read/version-1-0", text: 'version: ▸"1.0"\nstages: []\n' },
  {
    what: "version 2",
    code: "read/unsupported-version",
    text: "version: ▸2\nstages: [{stage: [{custom-script: {commands: make}}]}]\n",
  },
];

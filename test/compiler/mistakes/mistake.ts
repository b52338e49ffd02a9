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
const TAIL = "- stage:\n  - custom-script: {alias: package, commands: 'make -C ${{ dirs.repo }}'}\n";
const TAIL_WITH_OTHERS = `- stage:
  - custom-script: {alias: package, commands: 'make -C \${{ dirs.repo }}', ${MARK}retri: {max_times: 1}}
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
export function inShop(what: string, code: string, shop: Shop): Mistake {
  return {
    what,
    code,
    text: shopText(shop, TAIL),
    withOthers: shopText(shop, TAIL_WITH_OTHERS),
    codes: [code, "read/unknown-key", "validate/unknown-executor"],
  };
}

/** A mistake that is noticed when all that was said about the file is no error: beside it stand two warnings. */
export function inMachine(what: string, code: string, text: string): Mistake {
  const withOthers = text.replace(
    "commands: make",
    `commands: make\n      ${MARK}retri: {max_times: 1}\n      ${MARK}mood: good`,
  );
  const isFirst = text.startsWith(MARK);
  const others = ["read/unknown-key", "read/unknown-key"];
  return { what, code, text, withOthers, codes: isFirst ? [code, ...others] : [...others, code] };
}

/** A mistake after which YAML cannot tell what belongs to what. */
export function breaking(what: string, code: string, shop: Shop): Mistake {
  return {
    what,
    code,
    text: shopText(shop, TAIL),
    withOthers: shopText({ ...shop, head: HEAD_WITH_OTHERS }, TAIL),
    codes: ["parse/bad-escape", "parse/bad-escape", code],
  };
}

/** In the keys of the action `build`. */
export const inBuild = (what: string, code: string, build: string) => inShop(what, code, { build });
/** In a stage of its own. */
export const inStages = (what: string, code: string, stages: string) => inShop(what, code, { stages });
/** In the commands of `build`. */
export const inCommands = (what: string, code: string, commands: string) =>
  inBuild(what, code, `commands: ${commands}`);
/** In the `if` of `build`. */
export const inCondition = (what: string, code: string, condition: string) =>
  inBuild(what, code, `commands: make\nif: ${condition}`);

/** A pipeline of one action, then the same stage again and again. */
export function longPipeline(stages: number, stage: (number: number) => string): string {
  const others = Array.from({ length: stages }, (_, number) => `- stage:\n${stage(number)}`).join("");
  return `${MARK}version: "1.1"\nname: shop\nstages:\n- stage:\n  - custom-script:\n      alias: build\n      commands: make\n${others}`;
}

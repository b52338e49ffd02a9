import { secretForms } from "./forms.ts";

/** What stands in place of a secret. */
export const MASK = "******";

/** Finds secrets in lines of text. */
export interface Masker {
  /** Answers `line` with its secrets replaced. */
  mask(line: string): string;
  /** Where an endless line may be cut, near its end, so that no secret is cut with it. */
  safeCut(text: string): number;
  /** Length of the longest text that is looked for. */
  readonly longest: number;
}

/** Longest base64 text without line feed that `base64` and `openssl` write in one line of a wrapped output. */
const BASE64_LINE_CHARACTERS = 64;
/** Any part of a base64 text of 15 characters and more holds one of its blocks of this length. */
const SEED_CHARACTERS = 8;

interface Seed {
  readonly text: string;
  readonly at: number;
}

/**
 * Makes the masker of an attempt. Secrets may overlap and stand in each other: every occurrence of every form is
 * found, and what they cover together is replaced. Lines without a secret cost one run of one regular expression.
 */
export function createMasker(secrets: readonly string[]): Masker {
  const forms = secretForms(secrets);
  const seeds = new Map<string, Seed[]>();
  const needles = new Set([...forms.exact, ...forms.base64]);
  for (const text of forms.base64.filter((form) => form.length > BASE64_LINE_CHARACTERS)) {
    for (let at = 0; at + SEED_CHARACTERS <= text.length; at += SEED_CHARACTERS) {
      const block = text.slice(at, at + SEED_CHARACTERS);
      seeds.set(block, [...(seeds.get(block) ?? []), { text, at }]);
    }
  }
  const longest = Math.max(0, ...[...needles].map((needle) => needle.length));
  if (needles.size === 0) {
    return { longest, mask: (line) => line, safeCut: (text) => text.length };
  }
  const any = new RegExp([...needles, ...seeds.keys()].map((text) => escapeRegExp(text)).join("|"));
  const find = (line: string): Range[] => {
    if (!any.test(line)) {
      return [];
    }
    const found: Range[] = [];
    for (const needle of needles) {
      forEachOccurrence(line, needle, (start) => found.push({ start, end: start + needle.length }));
    }
    for (const [block, origins] of seeds) {
      forEachOccurrence(line, block, (start) => {
        found.push(...origins.map((seed) => extend(line, start, seed)));
      });
    }
    return found.sort((a, b) => a.start - b.start);
  };
  return {
    longest,
    mask: (line) => replaceRanges(line, find(line)),
    safeCut(text) {
      // What begins in the last `longest` characters may go on in text that has not arrived yet.
      let at = Math.max(0, text.length - longest);
      for (const { start, end } of find(text).reverse()) {
        at = start < at && at < end ? start : at;
      }
      return at;
    },
  };
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function forEachOccurrence(line: string, text: string, visit: (start: number) => void): void {
  for (let start = line.indexOf(text); start >= 0; start = line.indexOf(text, start + 1)) {
    visit(start);
  }
}

/** Grows a found block of a base64 text in both directions as far as the line agrees with that text. */
function extend(line: string, found: number, seed: Seed): Range {
  let start = found;
  for (let at = seed.at; start > 0 && at > 0 && line[start - 1] === seed.text[at - 1]; at -= 1) {
    start -= 1;
  }
  let end = found + SEED_CHARACTERS;
  for (let at = seed.at + SEED_CHARACTERS; at < seed.text.length && line[end] === seed.text[at]; at += 1) {
    end += 1;
  }
  return { start, end };
}

/** `ranges` are ordered by their start and may overlap; ranges that touch become one mask. */
function replaceRanges(line: string, ranges: readonly Range[]): string {
  let masked = "";
  let covered = -1;
  for (const { start, end } of ranges) {
    if (start > covered) {
      masked += `${line.slice(Math.max(covered, 0), start)}${MASK}`;
    }
    covered = Math.max(covered, end);
  }
  return masked + line.slice(Math.max(covered, 0));
}

/** `RegExp.escape` of ES2025, which is younger than the library this is compiled against. */
function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

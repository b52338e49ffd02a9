import { MASK } from "../protocol.ts";
import { secretForms } from "./forms.ts";
import { createNeedleIndex } from "./needle-index.ts";
import { withoutControls } from "./without-controls.ts";

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
const BLOCK_CHARACTERS = 8;

/**
 * Makes the masker of an attempt. Secrets may overlap and stand in each other: every occurrence of every form is
 * found, and what they cover together is replaced. The time of a line grows with its length, not with the secrets.
 */
export function createMasker(secrets: readonly string[]): Masker {
  const forms = secretForms(secrets);
  const needles = new Set([...forms.exact, ...forms.base64]);
  let longest = 0;
  for (const needle of needles) {
    longest = Math.max(longest, needle.length);
  }
  if (needles.size === 0) {
    return { longest, mask: (line) => line, safeCut: (text) => text.length };
  }
  const wholes = createNeedleIndex(needles);
  const blocks = createNeedleIndex(blocksOf(forms.base64));
  const findIn = (text: string): Range[] => {
    const found: Range[] = [];
    wholes.visit(text, (start, end) => found.push({ start, end }));
    blocks.visit(text, (start, end) => found.push(widen(text, start, end)));
    return found;
  };
  const find = (line: string): Range[] => {
    const found = findIn(line);
    // Colours inside of a secret hide it from a program, not from a reader.
    const visible = withoutControls(line);
    for (const { start, end } of visible === undefined ? [] : findIn(visible.text)) {
      found.push({ start: visible?.placeOf(start) ?? start, end: (visible?.placeOf(end - 1) ?? end - 1) + 1 });
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

/** Blocks of the base64 texts that a line may hold a part of. */
function blocksOf(texts: readonly string[]): ReadonlySet<string> {
  const blocks = new Set<string>();
  for (const text of texts) {
    if (text.length > BASE64_LINE_CHARACTERS) {
      for (let at = 0; at + BLOCK_CHARACTERS <= text.length; at += BLOCK_CHARACTERS) {
        blocks.add(text.slice(at, at + BLOCK_CHARACTERS));
      }
    }
  }
  return blocks;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A block stands in a line of base64: what touches it is of the same text, up to where its next block would begin. */
function widen(line: string, start: number, end: number): Range {
  let from = start;
  while (from > 0 && start - from < BLOCK_CHARACTERS - 1 && isBase64(line.charCodeAt(from - 1))) {
    from -= 1;
  }
  let to = end;
  while (to < line.length && to - end < BLOCK_CHARACTERS - 1 && isBase64(line.charCodeAt(to))) {
    to += 1;
  }
  return { start: from, end: to };
}

/** A character of base64 in either alphabet, without the padding. */
function isBase64(unit: number): boolean {
  return /[A-Za-z0-9+/_-]/.test(String.fromCharCode(unit));
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

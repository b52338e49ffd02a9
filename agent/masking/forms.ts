import { SHORTEST_SECRET_CHARACTERS } from "../protocol.ts";

/** Shortest part of a base64 text that is taken as a secret; below it, chance hits would be frequent. */
const SHORTEST_BASE64_CHARACTERS = 4;

/** Texts to look for within one line of a log. */
export interface SecretForms {
  /** Found only as a whole. */
  readonly exact: readonly string[];
  /** base64: a part of it that fills a line (`base64` wraps at 76 characters) is found as well. */
  readonly base64: readonly string[];
}

/** Every form in which the secrets may stand in a line of output. */
export function secretForms(secrets: readonly string[]): SecretForms {
  const exact = new Set<string>();
  const base64 = new Set<string>();
  for (const secret of secrets) {
    // A line never holds a line feed, so a secret of several lines is looked for line by line and, as a whole, encoded.
    for (const text of new Set([secret, secret.trim(), ...secret.split(/\r?\n/)])) {
      if (text.trim().length < SHORTEST_SECRET_CHARACTERS) {
        continue;
      }
      for (const form of [text, ...jsonForms(text), text.replaceAll("'", `'\\''`), ...urlForms(text)]) {
        if (!form.includes("\n")) {
          exact.add(form);
        }
      }
      for (const form of base64Forms(text)) {
        base64.add(form);
      }
    }
  }
  return { exact: [...exact], base64: [...base64] };
}

/**
 * JSON as JavaScript writes it and in ASCII as Python does, with `/` as PHP does, after an `echo` that reads `\\`, inside
 * of JSON again, and a text with both quotes as Python shows it.
 */
function jsonForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const again = JSON.stringify(json).slice(1, -1);
  const shown = json.replaceAll('\\"', '"').replaceAll("'", "\\'");
  return [json, ascii, ascii.replaceAll("/", "\\/"), json.replaceAll("\\\\", "\\"), again, shown];
}

/** URL encoding as browsers, RFC 3986 and Python write it, in upper and lower case, and as a form field. */
function urlForms(text: string): string[] {
  const encoded = encodeURIComponent(text.toWellFormed());
  const strict = encoded.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = [encoded, strict, strict.replaceAll("%2F", "/"), encoded.replaceAll("%20", "+")];
  return forms.flatMap((form) => [form, form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
}

/**
 * base64 of a text that stands anywhere in something longer: three bytes make four characters, so there are three
 * alignments. The characters at either end that also depend on the neighbours are left out.
 */
function base64Forms(text: string): string[] {
  const bytes = Buffer.from(text, "utf8");
  const forms: string[] = [];
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // 8 bits * offset touch the first 0, 2 or 3 characters; an incomplete last group leaves one mixed character.
    const start = [0, 2, 3][offset] ?? 0;
    const end = (offset + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1;
    const core = encoded.slice(start, end);
    if (core.length >= SHORTEST_BASE64_CHARACTERS) {
      forms.push(core, core.replaceAll("+", "-").replaceAll("/", "_"));
    }
  }
  return forms;
}

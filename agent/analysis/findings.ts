import type { FailureKind } from "../protocol.ts";
import type { Sign, Weight } from "./sign.ts";

/** A sign that was found, with the lines that belong to it. */
export interface Finding {
  /** The one of the headline, where that says more than what opened the story. */
  sign: Sign;
  /** Place in the log: the number of its line. */
  readonly at: number;
  readonly lines: string[];
  /** Of `lines`, the one that counts, without what others wrote before it. */
  headline: string;
  /** Its place in `lines`. */
  headlineAt: number;
}

/** The findings of one log that are kept: few of each sort, however long the log is. */
export interface Findings {
  add(finding: Finding): void;
  /** A tool ended well: what was found before and weighs no more than this explains no failure. */
  absolve(weight: Weight): void;
  /** Findings of the sorts, each with what is kept of it in the order of the log. */
  sorts(): readonly SortOfFinding[];
}

/** Findings of one kind and weight. */
export interface SortOfFinding {
  readonly kind: FailureKind;
  readonly weight: number;
  readonly kept: readonly Finding[];
  /** How many there were. */
  readonly count: number;
  /** Place of the last one. */
  readonly lastAt: number;
}

/** Findings that are kept of each sort. */
const KEPT = 6;

/** A compiler's first error explains the others; of everything else, what was written last is what ended the script. */
const FIRST_COUNTS: ReadonlySet<FailureKind> = new Set(["compile", "lint", "test"]);

/** No findings yet. */
export function createFindings(): Findings {
  let sorts = new Map<string, SortOfFinding & { kept: Finding[]; count: number; lastAt: number }>();
  return {
    absolve(weight) {
      sorts = new Map([...sorts].filter(([, sort]) => sort.weight > weight));
    },
    add(finding) {
      const { kind, weight } = finding.sign;
      const key = `${weight} ${kind}`;
      const sort = sorts.get(key) ?? { kind, weight, kept: [], count: 0, lastAt: 0 };
      sorts.set(key, sort);
      sort.count += 1;
      sort.lastAt = finding.at;
      if (sort.kept.length < KEPT) {
        sort.kept.push(finding);
      } else if (!FIRST_COUNTS.has(kind)) {
        sort.kept.shift();
        sort.kept.push(finding);
      }
    },
    sorts: () => [...sorts.values()].map((sort) => ({ ...sort, kept: sort.kept.toSorted((a, b) => a.at - b.at) })),
  };
}

/** Of what is kept of a sort, the one that says most. */
export function decisive({ kind, kept }: SortOfFinding): Finding | undefined {
  return FIRST_COUNTS.has(kind) ? kept[0] : kept.at(-1);
}

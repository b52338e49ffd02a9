import type { Finding } from "./findings.ts";
import { WEIGHTS } from "./sign.ts";

/** Lines that look like errors of a tool that is not known here, until a line says that something failed. */
export interface Suspects {
  note(finding: Finding): void;
  /** What a consequence at this place confirms: the suspects that stand near before it. */
  confirmed(at: number): readonly Finding[];
  forget(): void;
}

/** How near before a consequence, in lines, a line of each weight explains it. */
const NEAR: ReadonlyMap<number, number> = new Map([
  [WEIGHTS.unknown, 60],
  [WEIGHTS.hint, 6],
  [WEIGHTS.whisper, 3],
]);

/** Suspects that are kept. */
const KEPT = 4;

/** No suspects yet. */
export function createSuspects(): Suspects {
  let noted: Finding[] = [];
  const near = (weight: number, at: number) =>
    noted.filter((finding) => finding.sign.weight === weight && at - finding.at <= (NEAR.get(weight) ?? 0));
  return {
    note(finding) {
      if (NEAR.has(finding.sign.weight)) {
        noted = [...noted.filter(({ sign }) => sign.weight >= finding.sign.weight).slice(1 - KEPT), finding];
      }
    },
    confirmed(at) {
      const chosen = [...NEAR.keys()].map((weight) => near(weight, at)).find((found) => found.length > 0) ?? [];
      noted = [];
      return chosen.map((finding) => ({ ...finding, sign: { ...finding.sign, weight: WEIGHTS.confirmed } }));
    },
    forget() {
      noted = [];
    },
  };
}

/** What changed in meaning between two objectives as they stand in files. */
import { audit } from './audit.js';
import type { Decide } from './audit/audit.js';
import type { Analysis, Unit } from './compile.js';
import { differenceOf, type Side } from './diff/diff.js';
import type { Difference } from './proof/difference.js';
import { claimText } from './report/claim-text.js';

export interface Compared {
  readonly analysis: Analysis;
  readonly unit: Unit;
}

/** `decide` is the verifier. */
export function difference(before: Compared, after: Compared, decide: Decide): Difference {
  return differenceOf(sideOf(before, decide), sideOf(after, decide), decide);
}

function sideOf({ analysis: { source }, unit }: Compared, decide: Decide): Side {
  return {
    name: `${source.name}, ${unit.program.name}`,
    program: unit.program,
    verdicts: unit.program.claims.map(({ span }, at) => ({
      ...decide(unit.program, at),
      text: claimText(source, span).text,
    })),
    audit: audit(unit, source, decide),
  };
}

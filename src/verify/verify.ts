/** Decides one claim of a program. */
import type { DerivedProgram } from '../ir/program.js';
import type { Verdict } from '../proof/verdict.js';
import type { Budget } from './budget.js';

/** Steps that a claim may take where nobody says otherwise. */
export const DEFAULT_STEPS = 2_000_000;

/** The claim at a position of the program's list; its words in the source are the caller's business. */
export function verifyClaim(program: DerivedProgram, at: number, budget: Budget): Verdict {
  const claim = program.claims[at];
  if (claim === undefined) throw new Error(`internal: ${program.name} has no claim ${at}`);
  budget.spend(1);
  return {
    objective: program.name,
    claim: at,
    mode: claim.mode,
    ...(claim.label === undefined ? {} : { label: claim.label }),
    text: '',
    span: claim.span,
    status: 'unknown',
    passes: false,
    unknown: { at: program.name, reason: 'nothing is decided yet' },
    findings: [],
    notes: [],
    work: budget.spent(),
  };
}

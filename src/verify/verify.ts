/** Decides one claim: looks for a counterexample and proofs on ever finer views in turns, each longer than the one before; or neither. */
import type { Claim } from '../ir/claim.js';
import type { DerivedProgram } from '../ir/program.js';
import { zero } from '../proof/build.js';
import type { Certificate, Example } from '../proof/certificate.js';
import { conditionText, termText } from '../proof/text.js';
import type { Condition, Term } from '../proof/term.js';
import type { Unknown, Verdict } from '../proof/verdict.js';
import { proofOf, type Proof, type Proved } from './attempt.js';
import type { Budget } from './budget.js';
import type { Trouble } from './properties/property.js';
import { exampleOf } from './refute/example.js';
import { refute, undefinedAt, type Refutation } from './refute/refute.js';
import { PROVER } from './version.js';

/** Steps that a claim may take where nobody says otherwise. */
export const DEFAULT_STEPS = 2_000_000;
/**
 * Looks at batches and attempts at a proof in turns, each with a part of what is left: most claims are decided by little of
 * either, and what is expected to hold is proved first.
 */
const TURNS: { readonly [mode in Claim['mode']]: readonly (readonly ['look' | 'proof', number])[] } = {
  verify: [
    ['proof', 0.12],
    ['look', 0.08],
    ['proof', 0.7],
  ],
  refute: [
    ['look', 0.3],
    ['proof', 0.7],
  ],
};
const EXAMPLE = 0.2;

/** The claim at a position of the program's list; its words in the source are the caller's business. */
export function verifyClaim(program: DerivedProgram, at: number, budget: Budget): Verdict {
  const claim = program.claims[at];
  if (claim === undefined) throw new Error(`internal: ${program.name} has no claim ${at}`);
  const outcome = decided(program, claim, budget);
  const { mode, label, span } = claim;
  return {
    objective: program.name,
    claim: at,
    mode,
    ...(label === undefined ? {} : { label }),
    text: '',
    span,
    ...verdictOf(outcome, program, at, mode),
    work: budget.spent(),
  };
}

type Outcome =
  | { readonly refuted: Refutation; readonly isUndefined: boolean }
  | { readonly proved: Proved; readonly example: Example }
  | { readonly unknown: Unknown; readonly isVacuous: boolean };

function decided(program: DerivedProgram, claim: Claim, budget: Budget): Outcome {
  const part = (of: number): Budget => budget.share(Math.max(0, Math.floor(of * budget.left())));
  let proof: Proof = { trouble: { at: zero, reason: 'too much work' } };
  for (const [turn, share] of TURNS[claim.mode]) {
    if (turn === 'look') {
      const seen = refutation(program, claim, part(share));
      if (seen !== undefined) return seen;
    } else {
      proof = proofOf(program, claim, part(share));
      if ('proved' in proof) break;
    }
  }
  const example = exampleOf(program, claim, part(EXAMPLE));
  if ('proved' in proof && example !== undefined) return { proved: proof.proved, example };
  const found = 'proved' in proof ? undefined : refutation(program, claim, budget);
  if (found !== undefined) return found;
  return example === undefined
    ? { unknown: NOTHING_SATISFIES, isVacuous: true }
    : { unknown: unknownOf(proof), isVacuous: false };
}

function refutation(program: DerivedProgram, claim: Claim, budget: Budget): Outcome | undefined {
  const refuted = refute(program, claim, budget);
  if (refuted !== undefined) return { refuted, isUndefined: false };
  const missing = undefinedAt(program, claim, budget);
  return missing && { refuted: missing, isUndefined: true };
}

const NOTHING_SATISFIES: Unknown = {
  at: 'the hypotheses',
  reason: 'no batch was found that satisfies them',
  help: 'weaken the guard, the assumption or `assume`',
};

function unknownOf(proof: Proof): Unknown {
  if ('proved' in proof) return NOTHING_SATISFIES;
  const { at, reason, help } = proof.trouble;
  return { at: partText(at), reason, ...(help === undefined ? {} : { help }) };
}
const isTerm = (part: Term | Condition): part is Term =>
  ['number', 'pi', 'variable', 'sum', 'product', 'power', 'exp', 'log', 'select'].includes(part.op);
const partText = (part: Trouble['at']): string => (isTerm(part) ? termText(part) : conditionText(part));

type Told = Pick<
  Verdict,
  'status' | 'passes' | 'findings' | 'notes' | 'defect' | 'certificate' | 'witness' | 'unknown'
>;

function verdictOf(outcome: Outcome, program: DerivedProgram, claim: number, mode: Claim['mode']): Told {
  const base = { format: 1, prover: PROVER, objective: program.name, claim } as const;
  if ('proved' in outcome) {
    const { viewed, obligations, bound, findings = [] } = outcome.proved;
    const certificate: Certificate = {
      ...base,
      status: 'proved',
      view: viewed.view,
      obligations,
      example: outcome.example,
      ...(bound === undefined ? {} : { bound }),
    };
    return { status: 'proved', passes: mode === 'verify', certificate, findings, notes: [] };
  }
  if ('refuted' in outcome) {
    const { witness, obligations } = outcome.refuted;
    const certificate: Certificate = { ...base, status: 'refuted', obligations };
    // Where something has no value, a `verify` fails, and a `refute` has no witness.
    if (outcome.isUndefined && mode === 'refute')
      return {
        status: 'unknown',
        passes: false,
        defect: 'undefined',
        witness,
        unknown: UNDEFINED,
        findings: [],
        notes: [],
      };
    return {
      status: 'refuted',
      passes: mode === 'refute',
      ...(outcome.isUndefined ? { defect: 'undefined' as const } : {}),
      certificate,
      witness,
      findings: [],
      notes: [],
    };
  }
  const { unknown, isVacuous } = outcome;
  return {
    status: 'unknown',
    passes: false,
    ...(isVacuous ? { defect: 'vacuous' as const } : {}),
    unknown,
    findings: [],
    notes: [],
  };
}

const UNDEFINED: Unknown = {
  at: 'the claim',
  reason: 'something that it speaks of has no value within the hypotheses',
  help: 'exclude that with a guard or `assume`',
};

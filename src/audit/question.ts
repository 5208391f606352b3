/** One question of an audit: the claims that answer it, and what each verdict means. */
import type { Claim, Statement } from '../ir/claim.js';
import type { Expr } from '../ir/expr.js';
import type { Verdict } from '../proof/verdict.js';
import type { Subject } from './subject.js';

/** What a verdict on a claim says to the reader. */
export interface Reading {
  readonly judgement: 'good' | 'bad' | 'neutral';
  readonly text: string;
}

export interface Question {
  readonly id: string;
  readonly title: string;
  /** Of a claim on the subject; nothing where the question has no meaning for it, with the reason. */
  readonly claim: (subject: Subject) => Asked | { readonly notApplicable: string };
  readonly proved: (subject: Subject, verdict: Verdict) => Reading;
  readonly refuted: (subject: Subject, verdict: Verdict) => Reading;
}

export interface Asked {
  readonly guard?: Expr;
  readonly assuming?: Expr;
  readonly statement: Statement;
}

const NOWHERE = { start: 0, end: 0 } as const;

/** A claim as the verifier takes it: an audit's claims stand in no source. */
export const claimOf = ({ guard, assuming, statement }: Asked): Claim => ({
  mode: 'verify',
  ...(guard === undefined ? {} : { guard }),
  ...(assuming === undefined ? {} : { assuming }),
  statement,
  span: NOWHERE,
});

/** Why a question about positives or negatives has no meaning. */
export const NO_ROLES =
  'which elements are positive is not defined: the objective has no `old_` policy to be equal to';

/** Looks for concrete values that break a claim: the one public door of this folder, with `example.ts`. */
import type { Claim } from '../../ir/claim.js';
import type { DerivedProgram } from '../../ir/program.js';
import type { Budget } from '../budget.js';
import { refuteComparison } from './forms/comparison.js';
import { refuteNowhereZero } from './forms/dead-zone.js';
import { refuteExtreme } from './forms/extreme.js';
import { refuteBounded } from './forms/growth.js';
import { refuteContinuous } from './forms/jump.js';
import { refuteLimit } from './forms/limit.js';
import { aboveItsChord, against, tooSteep, unequal } from './forms/forbidden.js';
import { anyone, refuteShape } from './forms/shape.js';
import { findUndefined } from './forms/undefined.js';
import type { Refutation } from './report.js';
import { subjectOf } from './subject.js';

export type { Refutation };

/**
 * A witness that breaks the claim, confirmed in interval arithmetic, with what its certificate has to show beyond it; nothing
 * where none is found. Same program and claim, same witness.
 */
export function refute(program: DerivedProgram, claim: Claim, budget: Budget): Refutation | undefined {
  const subject = subjectOf(program, claim);
  const { statement } = claim;
  switch (statement.kind) {
    case 'comparison':
      return refuteComparison(subject, statement, budget);
    case 'monotone':
      return refuteShape(subject, against[statement.direction], budget);
    case 'constant':
      return refuteShape(subject, unequal, budget);
    case 'independent':
      return refuteShape(subject, unequal, budget, anyone(statement.variable));
    case 'lipschitz':
      return refuteShape(subject, tooSteep, budget);
    case 'convex':
      return refuteShape(subject, aboveItsChord, budget);
    case 'bounded':
      return refuteBounded(subject, budget);
    case 'nowhere zero':
      return refuteNowhereZero(subject, budget);
    case 'limit':
      return refuteLimit(subject, budget);
    case 'continuous':
      return refuteContinuous(subject, budget);
    case 'extreme':
      return refuteExtreme(subject, statement, budget);
  }
}

/** A batch within the hypotheses at which a claimed or the minimised value surely is undefined: no `verify` survives it. */
export const undefinedAt = (program: DerivedProgram, claim: Claim, budget: Budget): Refutation | undefined =>
  findUndefined(subjectOf(program, claim), budget);

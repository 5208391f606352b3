/** Checks one sequent with its derivation: the part of a certificate that any prover of sequents can be tested with. */
import { emptyContext, extended, type Context } from './context.js';
import { checkDerivation } from './derivation.js';
import { Rejection } from './rejection.js';
import { CONTRADICTION } from './rules/rule.js';
import { not, readSequent, type Sequent } from './term.js';

export type Outcome =
  { readonly accepted: true } | { readonly accepted: false; readonly reason: string; readonly where: string };

export const contextOf = ({ declared, integers, given }: Omit<Sequent, 'goal'>): Context =>
  extended(emptyContext(integers, declared), ...given);

/** Whether a derivation closes a sequent. Both are JSON that nobody has looked at. */
export const checkSequent = (sequent: unknown, derivation: unknown): Outcome =>
  outcomeOf(() => {
    proveSequent(readSequent(sequent, 'sequent'), derivation, 'derivation');
  });

/** Refuses a derivation that does not close a sequent. */
export function proveSequent(sequent: Sequent, derivation: unknown, where: string): void {
  checkDerivation(derivation, extended(contextOf(sequent), not(sequent.goal)), CONTRADICTION, where);
}

/** What became of a check that ends by itself or by a rejection. */
export function outcomeOf(check: () => void): Outcome {
  try {
    check();
    return { accepted: true };
  } catch (error) {
    if (error instanceof Rejection) return { accepted: false, reason: error.message, where: error.where };
    if (error instanceof RangeError)
      return { accepted: false, reason: 'the certificate is too large to check', where: '' };
    throw error;
  }
}

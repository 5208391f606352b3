/** `sup(e, x) == f` and `inf(e, x) == f`: f bounds e, and is reached or approached. */
import * as b from '../../proof/build.js';
import type { Obligation } from '../../proof/certificate.js';
import type { Derivation, Toward } from '../../proof/derivation.js';
import type { Condition, Term } from '../../proof/term.js';
import { termText } from '../../proof/text.js';
import type { Budget } from '../budget.js';
import { tends } from '../limits/limit.js';
import { prove } from '../prover/prove.js';
import { mentions } from '../prover/walk.js';
import type { Viewed } from '../view/view.js';
import { kinksOf, touchingsOf } from './kinks.js';
import {
  fixing,
  holds,
  isWholeNumber,
  nameOf,
  notOneNumber,
  ofOneNumber,
  type Property,
} from './property.js';
import { peaksOf } from './stationary.js';
import { beyondInputs, endsOf } from './toward.js';

export const extreme: Property<'extreme'> = {
  kind: 'extreme',
  ways: [
    {
      copies: 1,
      show: ({ extreme: which, of, value }, viewed, budget) => {
        const [e, f] = [viewed.read(of), viewed.read(value)];
        const fixed = fixing(viewed, e, f);
        if ('trouble' in fixed) return fixed;
        const several = notOneNumber(viewed, f);
        if (several !== undefined) return several;
        const beyond = which === 'sup' ? b.atLeast(f, e) : b.atLeast(e, f);
        const bound = holds('bound', viewed, beyond, budget);
        if ('trouble' in bound) return bound;
        const reached = reaching(e, f, viewed, fixed.given, budget);
        if (reached === undefined)
          return {
            trouble: {
              at: f,
              reason: 'it is a bound, but no place is known where it is reached or approached',
            },
          };
        const what = which === 'sup' ? 'supremum' : 'infimum';
        const finding = { what, value: termText(f), where: reached.where };
        return { shown: { obligations: [bound.obligation, reached.obligation], findings: [finding] } };
      },
    },
  ],
};

export interface Reached {
  readonly obligation: Obligation;
  readonly where: string;
}

/** Of the budget, for one place. */
const PLACE_SHARE = 150_000;

/** A place where e is f, or a way along which it tends to it. */
export function reaching(
  e: Term,
  f: Term,
  viewed: Viewed,
  given: readonly Condition[],
  budget: Budget,
): Reached | undefined {
  const variable = nameOf(viewed);
  const share = (): Budget => budget.share(PLACE_SHARE);
  for (const at of touchingsOf(b.difference(f, e), variable, given)) {
    const found = attained(e, f, at, viewed, given, share());
    if (found !== undefined) return found;
  }
  for (const { at } of peaksOf(e, variable, given)) {
    const found = attained(e, f, at, viewed, given, share());
    if (found !== undefined) return found;
  }
  for (const toward of endsOf(viewed)) {
    // A whole number comes close to an end only where it is there.
    const isReached = 'side' in toward && isWholeNumber(viewed);
    const found = isReached
      ? attained(e, f, toward.at, viewed, given, share())
      : approached(e, f, toward, viewed, given, share());
    if (found !== undefined) return found;
  }
  for (const at of kinksOf(e, variable)) {
    const found = attained(e, f, at, viewed, given, share());
    if (found !== undefined) return found;
  }
  return undefined;
}

function attained(
  e: Term,
  f: Term,
  at: Term,
  viewed: Viewed,
  fixed: readonly Condition[],
  budget: Budget,
): Reached | undefined {
  const variable = nameOf(viewed);
  if (viewed.attainable === undefined || (isWholeNumber(viewed) && !isWhole(at, viewed))) return undefined;
  if (notOneNumber(viewed, at) !== undefined) return undefined;
  const possible = [...viewed.permitted, ...viewed.attainable, ...viewed.hypotheses];
  const moves = possible.filter((one) => mentions(one, variable));
  const given = [...fixed.filter((one) => !mentions(one, variable)), b.equal(b.variable(variable), at)];
  const goals = [...moves, b.equal(e, f)];
  const proof = allOf(goals, viewed.variables, given, budget);
  if (proof === undefined) return undefined;
  const sequent = { variables: viewed.variables, given, goal: b.and(...goals) };
  const obligation = { kind: 'holds', what: 'attained', sequent, proof } as const;
  return { obligation, where: `attained at ${variable} = ${termText(at)}` };
}

/** Whether a term is a whole number, as it is written. */
function isWhole(term: Term, viewed: Viewed): boolean {
  switch (term.op) {
    case 'number':
      return term.value.d === 1n;
    case 'variable':
      return viewed.variables.some(({ name, integer }) => name === term.name && integer === true);
    case 'sum':
      return term.terms.every((one) => isWhole(one, viewed));
    case 'product':
      return term.factors.every((one) => isWhole(one, viewed));
    default:
      return false;
  }
}

/** A proof of all goals: at once, or of one after the other. */
function allOf(
  goals: readonly Condition[],
  variables: Viewed['variables'],
  given: readonly Condition[],
  budget: Budget,
): Derivation | undefined {
  const whole = prove({ variables, given, goal: b.and(...goals) }, budget);
  if ('proof' in whole) return whole.proof;
  const facts: { readonly fact: Condition; readonly by: Derivation }[] = [];
  if (goals.length < 2) return undefined;
  for (const goal of goals) {
    const one = prove({ variables, given, goal }, budget);
    if ('stuck' in one) return undefined;
    facts.push({ fact: goal, by: one.proof });
  }
  // Once each of them is known, the negation of all together has nothing left.
  return facts.reduceRight<Derivation>((then, one) => ({ rule: 'have', ...one, then }), { rule: 'absurd' });
}

function approached(
  e: Term,
  f: Term,
  toward: Toward,
  viewed: Viewed,
  fixed: readonly Condition[],
  budget: Budget,
): Reached | undefined {
  const variable = nameOf(viewed);
  if (beyondInputs(toward, viewed, budget) !== undefined) return undefined;
  const isFar = !('side' in toward);
  const parts = isFar ? [e, f, ...viewed.hypotheses] : [toward.at];
  if (notOneNumber(viewed, ...parts) !== undefined) return undefined;
  const given = isFar ? ofOneNumber(viewed, fixed) : fixed;
  const outcome = tends({ variables: viewed.variables, given, term: e, variable, toward }, f, budget);
  if ('stuck' in outcome) return undefined;
  const { proof } = outcome;
  const obligation = {
    kind: 'tends',
    what: 'approached',
    given,
    term: e,
    variable,
    toward,
    value: f,
    proof,
  } as const;
  return {
    obligation,
    where: `approached as ${variable} -> ${'side' in toward ? termText(toward.at) : toward.at}`,
  };
}

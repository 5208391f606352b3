/**
 * What a list of literals says of the signs of terms. Literals are taken up again as long as what they say lets more of them
 * be read: x/y > 0 is about a quotient once y > 0 is known.
 */
import type { Condition, Literal, Term } from '../../proof/term.js';
import { signOf } from '../../proof/rational.js';
import { layered } from './layered.js';
import type { Layered } from './layered.js';
import type { Multiplier } from './multiplier.js';
import { normalize } from './normalize.js';
import * as polynomials from './polynomial.js';
import { matchOf, ofPolynomial } from './quotient.js';
import type { Quotient } from './quotient.js';
import { ringOf } from './ring.js';
import type { Generator, Monomial, Polynomial, Ring } from './ring.js';
import {
  ANY,
  isSubset,
  NEGATIVE,
  NONNEGATIVE,
  NONZERO,
  NULL,
  POSITIVE,
  powerSigns,
  productSigns,
  signsOfNumber,
  signsThat,
  sumSigns,
  turned,
} from './signs.js';
import type { Signs } from './signs.js';

export interface Knowledge {
  readonly ring: Ring;
  readonly literals: readonly Literal[];
  /** By the key of a quotient up to its factor. */
  readonly facts: ReadonlyMap<string, Signs>;
  /** Normal forms that were found. */
  readonly quotients: Layered<Term, Quotient>;
  /** Signs that were found, of generators, monomials and terms. */
  readonly generatorSigns: Layered<Generator, Signs>;
  readonly multipliers: Layered<Monomial, Multiplier | 'none'>;
  readonly termSigns: Layered<Term, Signs>;
  /** Keys of what was asked of the facts, and what was asked for the sake of normal forms: as long as that stays, so do they. */
  readonly asked: Layered<string, true>;
  readonly answers: Layered<Generator | Polynomial | Term, Signs>;
  /** How many of the literals, from the first, were seen not to be refuted. */
  readonly seen: { count: number };
  /** What was left opaque, and might be more with more knowledge. */
  readonly opaque: Layered<Generator, true>;
}

const knowing = (ring: Ring, literals: readonly Literal[], facts: ReadonlyMap<string, Signs>): Knowledge => ({
  ring,
  literals,
  facts,
  quotients: layered(),
  generatorSigns: layered(),
  multipliers: layered(),
  termSigns: layered(),
  asked: layered(),
  answers: layered(),
  seen: { count: 0 },
  opaque: layered(),
});

export const knowledgeOf = (literals: readonly Literal[]): Knowledge =>
  extended(knowing(ringOf(), [], new Map()), literals);

export function extended(known: Knowledge, literals: readonly Literal[]): Knowledge {
  const all = [...known.literals, ...literals];
  let [now, fresh] = [known, literals];
  for (let round = 0; round < 4; round += 1) {
    const facts = new Map(now.facts);
    const changed = fresh.flatMap((literal) => learned(literal, facts, now));
    const kept = withFacts(
      now,
      all,
      facts,
      changed.every((key) => now.asked.get(key) === undefined),
    );
    if (kept !== undefined) return kept;
    now = knowing(now.ring, all, facts);
    fresh = all;
  }
  return now;
}

/** Takes a literal into the facts; the keys of what is new. */
function learned({ op, x }: Literal, facts: Map<string, Signs>, known: Knowledge): readonly string[] {
  const quotient = normalize(x, known);
  if (quotient.numerator.size === 0) return [];
  const changed: string[] = [];
  const tell = (of: Quotient, signs: Signs): void => {
    const [key, isTurned] = matchOf(known.ring, of);
    const before = facts.get(key) ?? ANY;
    const after = before & (isTurned ? turned(signs) : signs);
    facts.set(key, after);
    if (before !== after) changed.push(key);
  };
  tell(quotient, signsThat(op));
  for (const [of, signs] of boundedSign(quotient, op, known)) tell(of, signs);
  return changed;
}

/** a·x + c ≥ 0 for a number c < 0 says that a·x is positive, and a·x + c = 0 for c ≠ 0 that it has the other sign. */
function boundedSign(
  { numerator, denominators }: Quotient,
  op: Literal['op'],
  { ring }: Knowledge,
): readonly [Quotient, Signs][] {
  const constant = numerator.get(ring.unit);
  if (op === '!=' || constant === undefined || numerator.size !== 2 || denominators.size > 0) return [];
  const [monomial, slope] = [...numerator].find(([one]) => one !== ring.unit) ?? [];
  const [only, more] = monomial?.powers ?? [];
  const isVariable = only?.of.kind === 'variable' && only.to === 1 && more === undefined;
  if (!isVariable || slope === undefined || (signOf(constant) > 0 && op !== '==')) return [];
  const signs = signOf(slope) === signOf(constant) ? NEGATIVE : POSITIVE;
  return [[ofPolynomial(polynomials.single(ring.power(only.of, 1))), signs]];
}

/** The knowledge with other facts, its normal forms kept, if they do not depend on what is new. */
function withFacts(
  known: Knowledge,
  literals: readonly Literal[],
  facts: ReadonlyMap<string, Signs>,
  isUnasked: boolean,
): Knowledge | undefined {
  const copy: Knowledge = {
    ring: known.ring,
    literals,
    facts,
    quotients: known.quotients.above(),
    generatorSigns: isUnasked ? known.generatorSigns.above() : layered(),
    multipliers: isUnasked ? known.multipliers.above() : layered(),
    termSigns: isUnasked ? known.termSigns.above() : layered(),
    asked: known.asked.above(),
    answers: known.answers.above(),
    seen: { count: isUnasked ? known.seen.count : 0 },
    opaque: known.opaque.above(),
  };
  const isSame =
    isUnasked || [...copy.answers.entries()].every(([what, signs]) => signsOf(what, copy) === signs);
  return isSame ? copy : undefined;
}

/** Signs that a normal form is made by. */
export function askedSigns(what: Generator | Polynomial | Term, known: Knowledge): Signs {
  const signs = signsOf(what, known);
  if (!isSingle(signs)) known.answers.set(what, signs);
  return signs;
}
function signsOf(what: Generator | Polynomial | Term, known: Knowledge): Signs {
  if ('op' in what) return signsOfTerm(what, known);
  return 'kind' in what ? signsOfGenerator(what, known) : signsOfPolynomial(what, known);
}

const factsOf = (quotient: Quotient, known: Knowledge): Signs =>
  factsUnder(matchOf(known.ring, quotient), known);
const factsOfPolynomial = (polynomial: Polynomial, known: Knowledge): Signs =>
  factsUnder(known.ring.match(polynomial), known);
function factsUnder([key, isTurned]: readonly [string, boolean], { facts, asked }: Knowledge): Signs {
  const signs = facts.get(key) ?? ANY;
  if (!isSingle(signs)) asked.set(key, true);
  return isTurned ? turned(signs) : signs;
}

export function signsOfGenerator(generator: Generator, known: Knowledge): Signs {
  const before = known.generatorSigns.get(generator);
  if (before !== undefined) return before;
  const { ring } = known;
  let signs = plainSigns(generator, known);
  if (signs !== POSITIVE) signs &= factsOfPolynomial(polynomials.single(ring.power(generator, 1)), known);
  known.generatorSigns.set(generator, signs);
  return signs;
}

function plainSigns(generator: Generator, known: Knowledge): Signs {
  if (generator.kind === 'exp' || generator.kind === 'pi') return POSITIVE;
  if (generator.kind !== 'root' || generator.base === undefined) return ANY;
  return signsOfPolynomial(generator.base, known) & NONNEGATIVE;
}

export function signsOfMonomial(monomial: Monomial, known: Knowledge): Signs {
  let signs = POSITIVE;
  for (const { of, to } of monomial.powers)
    signs = productSigns(signs, powerSigns(signsOfGenerator(of, known), to));
  return signs;
}

/** What the literals say of it, and what is plain from those of its monomials. */
export function signsOfPolynomial(polynomial: Polynomial, known: Knowledge): Signs {
  if (polynomial.size === 0) return NULL;
  return signsOfMonomials(polynomial, known) & factsOfPolynomial(polynomial, known);
}

function signsOfMonomials(polynomial: Polynomial, known: Knowledge): Signs {
  let signs: Signs = NULL;
  for (const [monomial, coefficient] of polynomial) {
    signs = sumSigns(signs, productSigns(signsOfNumber(coefficient), signsOfMonomial(monomial, known)));
    if (signs === ANY) break;
  }
  return signs;
}

export function signsOfQuotient(quotient: Quotient, known: Knowledge): Signs {
  const { numerator, denominators } = quotient;
  if (denominators.size === 0) return signsOfPolynomial(numerator, known);
  let signs = signsOfPolynomial(numerator, known);
  for (const { polynomial, to } of denominators.values())
    signs = productSigns(signs, powerSigns(signsOfPolynomial(polynomial, known) & NONZERO, to));
  return signs & factsOf(quotient, known);
}

/** Of a term as it is written, each part looked up, and in normal form. */
export function signsOfTerm(term: Term, known: Knowledge): Signs {
  const before = known.termSigns.get(term);
  if (before !== undefined) return before;
  const written = signsAsWritten(term, known);
  const signs = isSingle(written) ? written : written & signsOfQuotient(normalize(term, known), known);
  known.termSigns.set(term, signs);
  return signs;
}
const isSingle = (signs: Signs): boolean => (signs & (signs - 1)) === 0;

function signsAsWritten(term: Term, known: Knowledge): Signs {
  switch (term.op) {
    case 'number':
      return signsOfNumber(term.value);
    case 'pi':
    case 'exp':
      return POSITIVE;
    case 'sum':
      return term.terms.map((one) => signsOfTerm(one, known)).reduce(sumSigns);
    case 'product':
      return term.factors.map((one) => signsOfTerm(one, known)).reduce(productSigns);
    case 'power': {
      const { n, d } = term.exponent;
      return powerSigns(signsOfTerm(term.base, known), d === 1n ? Number(n) : term.exponent);
    }
    case 'variable':
    case 'log':
    case 'select':
      return ANY;
  }
}

/** Whether the literals make this one true or false; an empty set of signs makes everything true. */
export function decide(literal: Literal, known: Knowledge): boolean | undefined {
  const signs = signsOfTerm(literal.x, known);
  const wanted = signsThat(literal.op);
  return isSubset(signs, wanted) ? true : (signs & wanted) === 0 ? false : undefined;
}

export const isKnown = (condition: Condition, known: Knowledge): boolean =>
  (condition.op === '>=' || condition.op === '>' || condition.op === '==' || condition.op === '!=') &&
  decide(condition, known) === true;

/** Whether two terms are equal in normal form up to a positive factor; where `either`, up to a negative one too. */
export function matches(a: Term, b: Term, known: Knowledge, either = false): boolean {
  const [left, right] = [normalize(a, known), normalize(b, known)];
  if (left.numerator.size === 0 || right.numerator.size === 0)
    return left.numerator.size === right.numerator.size;
  const [[x, p], [y, q]] = [matchOf(known.ring, left), matchOf(known.ring, right)];
  return x === y && (either || p === q);
}

/** Whether the literals leave some term no sign. */
export function isAbsurd(known: Knowledge): boolean {
  const { literals, seen } = known;
  for (; seen.count < literals.length; seen.count += 1) {
    const literal = literals[seen.count];
    if (literal !== undefined && (signsOfTerm(literal.x, known) & signsThat(literal.op)) === 0) return true;
  }
  return false;
}

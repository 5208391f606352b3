/**
 * Bounds of sums of products c·g, where c is over names that a bound may mention and g over one quantity besides: x·e^−x is bounded
 * though x is not. The quantity is what some exponential is taken of, or a variable; the numbers that the g are at most are guessed
 * from samples, to be proved afterwards. So nothing here has to be sound, only likely.
 */
import * as b from '../../proof/build.js';
import { keyOf } from '../../proof/key.js';
import { over, ratio, type Rational } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import { normalize } from '../algebra/normalize.js';
import { accumulate } from '../algebra/polynomial.js';
import type { Knowledge } from '../algebra/knowledge.js';
import type { Monomial, Polynomial, Power } from '../algebra/ring.js';
import { termOfMonomial, termOfPolynomial } from '../algebra/written.js';
import type { Budget } from '../budget.js';
import { definedness } from '../prover/along.js';
import { decide, extended, type Context } from '../prover/context.js';
import { evaluatorOf } from '../prover/evaluate.js';
import { distinct } from '../prover/keys.js';
import { substitute } from '../prover/substitute.js';
import { tidied } from '../prover/tidied.js';
import { mentions, sizeOf, subparts, variablesOf } from '../prover/walk.js';
import { branchesOf, zeroOf } from './kinks.js';

/** A bound, and what makes it one: of each g, that it is no more than its number, and no less than the negative. */
export interface Separated {
  readonly bound: Term;
  readonly facts: readonly Condition[];
}

/** A bound of the absolute value, where each branch of the term can be taken apart so. */
export function separated(
  term: Term,
  context: Context,
  allowed: (name: string) => boolean,
  budget: Budget,
): Separated | undefined {
  const found: Separated[] = [];
  for (const branch of branchesOf(unsigned(term))) {
    const one = ofBranch(branch, context, allowed, budget);
    if (one === undefined) return undefined;
    found.push(one);
  }
  return {
    bound: b.sum(...distinct(found.map(({ bound }) => bound))),
    facts: found.flatMap(({ facts }) => facts),
  };
}

/** What an absolute value is taken of. */
const unsigned = (term: Term): Term =>
  term.op === 'select' && keyOf(term.else) === keyOf(b.negated(term.then)) ? term.then : term;

function ofBranch(
  branch: Term,
  context: Context,
  allowed: (name: string) => boolean,
  budget: Budget,
): Separated | undefined {
  for (const quantity of quantitiesOf(branch, context, allowed)) {
    const products = productsOf(branch, quantity, context, allowed);
    const found = products && bounding(products, quantity, context, budget);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Something that varies, the name that stands for it, and the variable of the term that it takes the place of. */
interface Quantity {
  readonly of: Term;
  readonly name: string;
  readonly replaced: string;
  /** What the replaced variable is, by the quantity's name. */
  readonly value: Term;
}
const MOST_QUANTITIES = 4;

function quantitiesOf(
  term: Term,
  { knowledge }: Context,
  allowed: (name: string) => boolean,
): readonly Quantity[] {
  const name = freshFor(term);
  const free = [...variablesOf(term)].filter((one) => !allowed(one));
  const exponents = subparts(term).flatMap((one) => (one.op === 'exp' ? [tidied(one.x, knowledge)] : []));
  const composed = distinct([...exponents, ...free.map(b.variable)]);
  return [...composed]
    .sort((x, y) => sizeOf(y) - sizeOf(x))
    .flatMap((of): readonly Quantity[] => {
      const shifted = b.difference(of, b.variable(name));
      return free.flatMap((replaced) => {
        const value = zeroOf(shifted, replaced);
        return value === undefined ? [] : [{ of, name, replaced, value }];
      });
    })
    .slice(0, MOST_QUANTITIES);
}
function freshFor(term: Term): string {
  let name = 'z';
  while (mentions(term, name)) name = `${name}'`;
  return name;
}

interface Product {
  /** Over what a bound may mention. */
  readonly factor: Term;
  /** Over the quantity alone. */
  readonly of: Term;
}

/** The term as a sum of products, those of the same function of the quantity taken together. */
function productsOf(
  term: Term,
  { name, replaced, value }: Quantity,
  context: Context,
  allowed: (name: string) => boolean,
): readonly Product[] | undefined {
  const { knowledge } = extended(context, ...definedness(value, name));
  const { ring } = knowledge;
  const { numerator, denominators } = normalize(substitute(term, new Map([[replaced, value]])), knowledge);
  const isOwn = ({ of }: Power): boolean => mentions(of.term, name);
  const byFactor = new Map<Monomial, Map<Monomial, Rational>>();
  for (const [monomial, coefficient] of numerator) {
    const factor = ring.part(monomial, (one) => !isOwn(one));
    const own = byFactor.get(factor) ?? new Map<Monomial, Rational>();
    byFactor.set(factor, own);
    accumulate(own, ring.part(monomial, isOwn), coefficient);
  }
  const below = [...denominators.values()].map(({ polynomial, to }) =>
    b.power(termOfPolynomial(polynomial), -to),
  );
  const [ofQuantity, others] = [true, false].map((own) => below.filter((one) => mentions(one, name) === own));
  const products = together(byFactor, knowledge).map(({ factor, of }) => ({
    factor: b.product(factor, ...(others ?? [])),
    of: b.product(termOfPolynomial(of), ...(ofQuantity ?? [])),
  }));
  const isApart = products.every(
    ({ factor, of }) =>
      [...variablesOf(factor)].every(allowed) && [...variablesOf(of)].every((one) => one === name),
  );
  return isApart ? products : undefined;
}

/** Functions that are multiples of one another have one factor. */
function together(
  byFactor: ReadonlyMap<Monomial, Polynomial>,
  { ring }: Knowledge,
): readonly { readonly factor: Term; readonly of: Polynomial }[] {
  const found = new Map<string, { readonly of: Polynomial; readonly factors: Term[] }>();
  for (const [factor, polynomial] of byFactor) {
    const [key] = ring.match(polynomial);
    const known = found.get(key) ?? { of: polynomial, factors: [] };
    found.set(key, known);
    const [first] = known.of;
    const own = first && polynomial.get(first[0]);
    const times = first === undefined || own === undefined ? ratio(1n) : over(own, first[1]);
    known.factors.push(b.product(b.number(times), termOfMonomial(factor)));
  }
  return [...found.values()].map(({ of, factors }) => ({ of, factor: b.sum(...factors) }));
}

function bounding(
  products: readonly Product[],
  { of: quantity, name }: Quantity,
  context: Context,
  budget: Budget,
): Separated | undefined {
  const [bounds, facts]: [Term[], Condition[]] = [[], []];
  for (const { factor, of } of products) {
    const most = mostOf(of, name, budget);
    if (most === undefined) return undefined;
    bounds.push(b.product(b.number(most), absolute(factor, context)));
    const here = substitute(of, new Map([[name, quantity]]));
    facts.push(b.atLeast(b.number(most), here), b.literal('>=', b.sum(b.number(most), here)));
  }
  return { bound: b.sum(...bounds), facts };
}
function absolute(x: Term, context: Context): Term {
  const isUp = b.literal('>=', x);
  const known =
    decide(context, isUp) ?? (decide(context, b.literal('>=', b.negated(x))) === true ? false : undefined);
  return known === undefined ? b.select(isUp, x, b.negated(x)) : known ? x : b.negated(x);
}

/** Places at which a function is looked at: near 0, and on the way to where only its limits are left of it. */
const NEAR = Array.from({ length: 641 }, (_, at) => (at - 320) / 8);
const FAR = [60, 100, 200, 300, 1e3, 1e4, 1e6];

/** A number a little above what the absolute value of a function seems to be at most; nothing where it seems to grow on. */
function mostOf(of: Term, name: string, budget: Budget): Rational | undefined {
  if (!budget.spend(NEAR.length)) return undefined;
  const evaluator = evaluatorOf([of], [name]);
  const valueAt = (point: number): number => {
    evaluator.at([point]);
    return Math.abs(evaluator.value(of));
  };
  const near = Math.max(...NEAR.map(valueAt));
  // Doubles overflow somewhere on the way.
  const ways = [FAR, FAR.map((one) => -one)].map((way) =>
    way.map(valueAt).filter((one) => !Number.isNaN(one)),
  );
  const grows = ([last = 0, before = 0]: readonly number[]): boolean =>
    last > near * (1 + CLOSE) && last > before * (1 + SETTLED);
  const most = Math.max(near, ...ways.flat());
  const isBounded = most <= LARGEST && !ways.some((way) => grows([...way].reverse()));
  return isBounded ? shortAbove(most) : undefined;
}
const LARGEST = 1e15;
/** By how much a function that has a limit may still grow between the last places. */
const SETTLED = 0.001;
const CLOSE = 1e-9;
const DENOMINATORS = 12;

/** A simple fraction that the value is; otherwise two digits that are above it. */
function shortAbove(value: number): Rational {
  for (let d = 1; d <= DENOMINATORS; d += 1) {
    const n = Math.round(value * d);
    if (Math.abs(value - n / d) <= CLOSE) return ratio(BigInt(n), BigInt(d));
  }
  const digits = 1 - Math.floor(Math.log10(value));
  const [up, down] = [10 ** Math.max(digits, 0), 10 ** Math.max(-digits, 0)];
  return ratio(BigInt(Math.ceil((value * (1 + SLACK) * up) / down) * down), BigInt(up));
}
/** By how much a guess is to be larger than what was seen: the largest value lies between places that are looked at. */
const SLACK = 0.005;

/**
 * A change of coordinates: where a fact says that a generator is above (or below) the rest of it, their distance becomes a generator
 * of its own that is not negative. Products of such facts are monomials then.
 */
import * as build from '../../proof/build.js';
import { keyOf } from '../../proof/key.js';
import { inverse, signOf } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Term } from '../../proof/term.js';
import { exponentIn } from './ring.js';
import type { Generator, Polynomial, Ring } from './ring.js';
import type { Fact, Zero } from './facts.js';
import type { Knowledge } from './knowledge.js';
import { signsOfGenerator, signsOfPolynomial } from './knowledge.js';
import { layered } from './layered.js';
import * as polynomials from './polynomial.js';
import { ANY, isSubset, NONNEGATIVE, POSITIVE } from './signs.js';

interface System {
  readonly facts: readonly Fact[];
  readonly zeros: readonly Zero[];
}

/** The facts in new coordinates; `undefined` where none can be changed. */
export function shifted(
  system: System,
  known: Knowledge,
): (System & { readonly known: Knowledge }) | undefined {
  let now = system;
  const signs = known.generatorSigns.above();
  const local: Knowledge = {
    ...known,
    generatorSigns: signs,
    quotients: known.quotients.above(),
    multipliers: layered(),
    termSigns: layered(),
    asked: layered(),
    answers: layered(),
  };
  const used = new Set<Fact>();
  let count = 0;
  for (const fact of system.facts) {
    const current = now.facts[system.facts.indexOf(fact)];
    if (current === undefined || used.has(fact) || current.factors.some((one) => !('fact' in one))) continue;
    const pivot = pivotOf(current.polynomial, now, local);
    if (pivot === undefined) continue;
    const generator = distanceOf(current, known.ring);
    signs.set(generator, current.strict ? POSITIVE : NONNEGATIVE);
    const value = solved(current.polynomial, pivot, generator, known.ring);
    now = replacedIn(now, pivot.generator, value, known.ring);
    used.add(fact);
    count += 1;
  }
  if (count === 0) return undefined;
  const kept = now.facts.filter(
    (_, at) => !used.has(system.facts[at] ?? { polynomial: polynomials.NOTHING, strict: false, factors: [] }),
  );
  return { facts: kept, zeros: now.zeros, known: local };
}

/** The fact itself as a term that is plainly what it says. */
function distanceOf({ factors }: Fact, ring: Ring): Generator {
  const terms = factors.flatMap((one): readonly Term[] => ('fact' in one ? [one.fact.x] : []));
  const term = build.product(...terms);
  return ring.generator(`distance ${keyOf(term)}`, () => ({ term, kind: 'opaque' }));
}

interface Pivot {
  readonly generator: Generator;
  readonly coefficient: Rational;
}

/** A generator that occurs once, to the first power with a number before it, and nowhere but in whole powers. */
function pivotOf(polynomial: Polynomial, system: System, known: Knowledge): Pivot | undefined {
  const found: (Pivot & { readonly rank: number })[] = [];
  for (const [monomial, coefficient] of polynomial) {
    const [power] = monomial.powers;
    if (monomial.powers.length !== 1 || power?.to !== 1) continue;
    const generator = power.of;
    if (generator.kind === 'root' || generator.key.startsWith('distance ')) continue;
    if ([...polynomial.keys()].some((one) => one !== monomial && exponentIn(one, generator) !== 0)) continue;
    const rest: Polynomial = new Map([...polynomial].filter(([one]) => one !== monomial));
    const signs = signsOfGenerator(generator, known);
    const isAbove = signOf(coefficient) > 0;
    const restAsWanted = isSubset(signsOfPolynomial(polynomials.opposite(rest), known), NONNEGATIVE);
    const rank = signs === ANY ? 2 : isSubset(signs, NONNEGATIVE) && isAbove && restAsWanted ? 1 : 0;
    if (rank === 0 || !isWholeEverywhere(generator, system)) continue;
    found.push({ generator, coefficient, rank });
  }
  return found.sort((a, b) => b.rank - a.rank)[0];
}
function isWholeEverywhere(generator: Generator, { facts, zeros }: System): boolean {
  return [...facts, ...zeros].every(({ polynomial }) =>
    [...polynomial.keys()].every((monomial) => {
      const to = exponentIn(monomial, generator);
      return typeof to === 'number' && to >= 0 && to <= 8;
    }),
  );
}

/** What the generator is, in terms of the distance. */
function solved(
  polynomial: Polynomial,
  { generator, coefficient }: Pivot,
  distance: Generator,
  ring: Ring,
): Polynomial {
  const own = ring.power(generator, 1);
  const rest: Polynomial = new Map([...polynomial].filter(([one]) => one !== own));
  const difference = polynomials.add(polynomials.single(ring.power(distance, 1)), polynomials.opposite(rest));
  return polynomials.scaled(difference, inverse(coefficient));
}

function replacedIn({ facts, zeros }: System, generator: Generator, value: Polynomial, ring: Ring): System {
  return {
    facts: facts.map((one) => ({ ...one, polynomial: replaced(one.polynomial, generator, value, ring) })),
    zeros: zeros.map((one) => ({ ...one, polynomial: replaced(one.polynomial, generator, value, ring) })),
  };
}
function replaced(polynomial: Polynomial, generator: Generator, value: Polynomial, ring: Ring): Polynomial {
  let out: Polynomial = polynomials.NOTHING;
  for (const [monomial, coefficient] of polynomial) {
    const to = exponentIn(monomial, generator);
    const rest = ring.part(monomial, ({ of }) => of !== generator);
    const factor = typeof to === 'number' ? polynomials.power(ring, value, to) : value;
    out = polynomials.add(out, polynomials.times(ring, polynomials.single(rest, coefficient), factor));
  }
  return out;
}

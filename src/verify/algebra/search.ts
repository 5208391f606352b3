/** Looks for weights of products of facts, squares and multiples of equalities whose sum is 0 though it should be positive. */
import type { Summand } from '../../proof/derivation.js';
import { ONE } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Budget } from '../budget.js';
import * as columns from './columns.js';
import type { Candidate } from './columns.js';
import type { Fact, Zero } from './facts.js';
import type { Knowledge } from './knowledge.js';
import { signsOfPolynomial } from './knowledge.js';
import { feasiblePoint, type Column } from './linear-program.js';
import { multiplierOf } from './multiplier.js';
import type { Generator, Monomial, Polynomial } from './ring.js';
import { POSITIVE } from './signs.js';
import { completed, differencesOf, quadraticIn, squaresAmong } from './squares.js';
import * as polynomials from './polynomial.js';

/** How far a search goes. */
export interface Reach {
  /** 0: facts as they are; 1: multiples by monomials; 2: products of two, and squares; 3: products of three. */
  readonly level: number;
}

/** Candidates by their polynomials, so that none is tried twice. */
interface Pool {
  readonly candidates: Map<string, Candidate>;
  readonly support: Set<Monomial>;
  /** Of the linear programs, of which each has the candidates of those before it. */
  readonly columns: Map<Candidate, Column>;
}

const STRICT_ROW = -1;

export function searchSum(
  facts: readonly Fact[],
  zeros: readonly Zero[],
  known: Knowledge,
  budget: Budget,
  { level }: Reach,
): readonly Summand[] | undefined {
  const { ring } = known;
  const pool: Pool = { candidates: new Map(), support: new Set([ring.unit]), columns: new Map() };
  const add = (one: Candidate): void => addTo(pool, one, known);
  for (const fact of facts) add(columns.asCandidate(fact));
  for (const zero of zeros) for (const one of columns.multiplesOf(zero, ring.unit, known)) add(one);
  addPlain(pool, known);
  let found = attempt(pool, budget);
  if (found !== undefined || level < 1) return found;

  addMultiples(pool, facts, zeros, known, budget, 120);
  found = attempt(pool, budget);
  if (found !== undefined || level < 2) return found;

  for (const one of squaresOf(facts, known)) add(one);
  found = attempt(pool, budget);
  if (found !== undefined) return found;
  const pairs = productsOf(facts, facts, known, budget);
  for (const one of pairs) add(columns.asCandidate(one));
  addPlain(pool, known);
  found = attempt(pool, budget);
  if (found !== undefined) return found;
  for (const one of squaresAmong(pool.support, known)) add(one);
  found = attempt(pool, budget);
  if (found !== undefined) return found;
  addMultiples(pool, [...facts, ...pairs], zeros, known, budget, 200);
  found = attempt(pool, budget);
  if (found !== undefined || level < 3) return found;

  const triples = productsOf(pairs, facts, known, budget);
  for (const one of [...triples.map(columns.asCandidate), ...squaresOf(pairs, known)]) add(one);
  addMultiples(pool, [...facts, ...pairs, ...triples], zeros, known, budget, 300);
  return attempt(pool, budget);
}

function addTo(pool: Pool, one: Candidate, { ring }: Knowledge): void {
  if (one.polynomial.size === 0 && !one.strict) return;
  const key = ring.key(one.polynomial);
  const before = pool.candidates.get(key);
  if (before !== undefined && (before.strict || !one.strict)) return;
  pool.candidates.set(key, one);
  for (const monomial of one.polynomial.keys()) pool.support.add(monomial);
}

/** Monomials of known sign among those that occur, and 1. */
function addPlain(pool: Pool, known: Knowledge): void {
  for (const monomial of [...pool.support]) {
    const by = multiplierOf(monomial, known);
    if (by !== undefined) addTo(pool, columns.plain(by, known), known);
  }
}

/** Multiples of what is there by monomials that lead to monomials that occur; those that bring the fewest new ones first. */
function addMultiples(
  pool: Pool,
  facts: readonly Fact[],
  zeros: readonly Zero[],
  known: Knowledge,
  budget: Budget,
  most: number,
): void {
  const found: { readonly misses: number; readonly make: () => readonly Candidate[] }[] = [];
  for (const fact of facts)
    for (const [monomial, hits] of shiftsOf(fact.polynomial, pool.support, known, budget)) {
      const by = multiplierOf(monomial, known);
      if (by === undefined) continue;
      found.push({ misses: fact.polynomial.size - hits, make: () => [columns.multiplied(fact, by, known)] });
    }
  for (const zero of zeros)
    for (const [monomial, hits] of shiftsOf(zero.polynomial, pool.support, known, budget))
      if (columns.isDefined(monomial, known))
        found.push({
          misses: zero.polynomial.size - hits,
          make: () => columns.multiplesOf(zero, monomial, known),
        });
  found.sort((a, b) => a.misses - b.misses);
  for (const { make } of found.slice(0, most)) for (const one of make()) addTo(pool, one, known);
  addPlain(pool, known);
}

/** Monomials that lead from one that the polynomial has to one that occurs, and for how many of its monomials they do. */
function shiftsOf(
  polynomial: Polynomial,
  support: ReadonlySet<Monomial>,
  { ring }: Knowledge,
  budget: Budget,
): ReadonlyMap<Monomial, number> {
  const shifts = new Map<Monomial, number>();
  if (!budget.spend(Math.ceil((polynomial.size * support.size) / 4))) return shifts;
  for (const own of polynomial.keys()) {
    const back = ring.raised(own, -1);
    for (const other of support) {
      const shift = ring.times(other, back);
      if (!shift.reducible) shifts.set(shift, (shifts.get(shift) ?? 0) + 1);
    }
  }
  shifts.delete(ring.unit);
  return shifts;
}

function productsOf(
  left: readonly Fact[],
  right: readonly Fact[],
  known: Knowledge,
  budget: Budget,
): readonly Fact[] {
  const out: Fact[] = [];
  for (const [at, a] of left.entries())
    for (const b of left === right ? right.slice(at) : right) {
      if (a.polynomial.size * b.polynomial.size > 150 || out.length >= 150) continue;
      if (!budget.spend(Math.ceil((a.polynomial.size * b.polynomial.size) / 5))) return out;
      out.push(columns.productOf(a, b, known.ring));
    }
  return out;
}

function squaresOf(facts: readonly Fact[], known: Knowledge): readonly Candidate[] {
  return facts.flatMap((fact) => {
    if (fact.polynomial.size > 40) return [];
    const quadratics = generatorsOf(fact.polynomial).flatMap((generator) => {
      const parts = quadraticIn(polynomials.opposite(fact.polynomial), generator, known);
      return parts !== undefined && signsOfPolynomial(parts.a, known) === POSITIVE
        ? completed(fact, generator, known)
        : [];
    });
    return [...quadratics, ...differencesOf(fact.polynomial, known)];
  });
}
export const generatorsOf = (polynomial: Polynomial): readonly Generator[] => [
  ...new Set([...polynomial.keys()].flatMap((one) => one.powers.map(({ of }) => of))),
];

function columnOf(one: Candidate, known: Pool['columns']): Column {
  const before = known.get(one);
  if (before !== undefined) return before;
  const column = new Map<number, Rational>();
  for (const [{ id }, value] of one.polynomial) column.set(id, value);
  if (one.strict) column.set(STRICT_ROW, ONE);
  known.set(one, column);
  return column;
}

function attempt({ candidates, columns: known }: Pool, budget: Budget): readonly Summand[] | undefined {
  const all = [...candidates.values()];
  const entries = all.map((one) => columnOf(one, known));
  const weights = feasiblePoint(entries, new Map([[STRICT_ROW, ONE]]), budget);
  return weights?.flatMap(([at, weight]) => {
    const one = all[at];
    return one === undefined ? [] : [columns.summandOf(one, weight)];
  });
}

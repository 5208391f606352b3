/** Contradictions by algebra: what holds is closed and accepted by the checker, and nothing is closed that has a model. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeLiterals } from '../../../src/verify/algebra/close.js';
import { budgetOf } from '../../../src/verify/budget.js';
import * as build from '../../../src/proof/build.js';
import { toNumber } from '../../../src/proof/rational.js';
import type { Literal, Term } from '../../../src/proof/term.js';
import { recheck } from './checked.js';
import { FALSE_GOALS, TRUE_GOALS } from './goals.js';
import { literalsOf, sequent } from './read.js';

const STEPS = 30_000;

describe('sequents that hold', () => {
  test.each(TRUE_GOALS)('%s', (text) => {
    const goal = sequent(text);
    const derivation = closeLiterals(literalsOf(goal), budgetOf(STEPS));
    if (derivation === undefined) throw new Error('not closed');
    expect(recheck(goal, derivation)).toEqual({ accepted: true });
  });
});

describe('sequents that do not hold', () => {
  test.each(FALSE_GOALS)('%s', (text) => {
    expect(closeLiterals(literalsOf(sequent(text)), budgetOf(STEPS))).toBeUndefined();
  });
});

test('no budget, no derivation, and what is spent is the same each time', () => {
  const literals = literalsOf(sequent('x > 0 |- x^3 - 3*x + 2 >= 0'));
  const spent = [1, 2].map(() => {
    const budget = budgetOf(STEPS);
    expect(closeLiterals(literals, budget)).toBeDefined();
    return budget.spent();
  });
  expect(spent[0]).toBe(spent[1]);
  expect(closeLiterals(literals, budgetOf(40))).toBeUndefined();
});

describe('random literals', () => {
  const value = (term: Term, at: Readonly<Record<string, number>>): number => {
    switch (term.op) {
      case 'number':
        return toNumber(term.value);
      case 'variable':
        return at[term.name] ?? NaN;
      case 'sum':
        return term.terms.reduce((sum, one) => sum + value(one, at), 0);
      case 'product':
        return term.factors.reduce((product, one) => product * value(one, at), 1);
      case 'power':
        return value(term.base, at) ** toNumber(term.exponent);
      case 'exp':
        return Math.exp(value(term.x, at));
      case 'log':
        return Math.log(value(term.x, at));
      case 'pi':
      case 'select':
        throw new Error('not drawn');
    }
  };
  const holds = ({ op, x }: Literal, at: Readonly<Record<string, number>>): boolean => {
    const y = value(x, at);
    // Far from 0, so that rounding decides nothing; equalities are not drawn.
    return op === '!=' ? Math.abs(y) > 1e-6 : y > 1e-6;
  };

  const names = ['a', 'b', 'c'];
  const atom = fc.oneof(
    fc.constantFrom(...names).map(build.variable),
    fc.integer({ min: -3, max: 3 }).map(build.number),
    fc.constantFrom(...names).map((name) => build.exp(build.variable(name))),
    fc.constantFrom(...names).map((name) => build.log(build.variable(name))),
    fc.constantFrom(...names).map((name) => build.power(build.variable(name), { n: 1n, d: 2n })),
    fc.constantFrom(...names).map((name) => build.power(build.variable(name), -1)),
  );
  const term = fc.letrec<{ term: Term }>((tie) => ({
    term: fc.oneof(
      { maxDepth: 3 },
      atom,
      fc.tuple(tie('term'), tie('term')).map(([x, y]) => build.sum(x, y)),
      fc.tuple(tie('term'), tie('term')).map(([x, y]) => build.product(x, y)),
      fc.tuple(tie('term'), tie('term')).map(([x, y]) => build.difference(x, y)),
      tie('term').map((x) => build.power(x, 2)),
      tie('term').map((x) => build.power(x, -1)),
      tie('term').map((x) => build.power(x, { n: 1n, d: 2n })),
      tie('term').map(build.exp),
      tie('term').map(build.log),
    ),
  })).term;
  const literal: fc.Arbitrary<Literal> = fc.record({
    op: fc.constantFrom('>=' as const, '>' as const, '!=' as const),
    x: term,
  });
  const coordinate = fc.oneof(
    fc.constantFrom(-2, -1, -0.5, 0.5, 1, 2, 3),
    fc.double({ min: -4, max: 4, noNaN: true }),
  );
  const point = fc.record({ a: coordinate, b: coordinate, c: coordinate });

  test('are not closed where they have a model', () => {
    let withModel = 0;
    fc.assert(
      fc.property(
        fc.array(literal, { minLength: 1, maxLength: 4 }),
        fc.array(point, { minLength: 30, maxLength: 30 }),
        (literals, points) => {
          const model = points.find((at) => literals.every((one) => holds(one, at)));
          if (model === undefined) return;
          withModel += 1;
          expect(closeLiterals(literals, budgetOf(3000))).toBeUndefined();
        },
      ),
      { numRuns: 250, seed: 7 },
    );
    expect(withModel).toBeGreaterThan(40);
  });

  test('are closed by derivations that the checker accepts', () => {
    let closed = 0;
    const clash = fc
      .tuple(term, term, fc.integer({ min: 1, max: 3 }))
      .map(([x, y, times]): readonly Literal[] => [
        { op: '>', x },
        { op: '>=', x: y },
        { op: '>=', x: build.negated(build.product(x, build.sum(y, build.number(times)))) },
      ]);
    fc.assert(
      fc.property(clash, (literals) => {
        const derivation = closeLiterals(literals, budgetOf(3000));
        if (derivation === undefined) return;
        closed += 1;
        const goal: Literal = { op: '>', x: build.number(0) };
        expect(recheck({ given: literals, goal }, derivation)).toEqual({ accepted: true });
      }),
      { numRuns: 200, seed: 11 },
    );
    expect(closed).toBeGreaterThan(150);
  });
});

/** Terms over ranges: the exact value at any point lies in the enclosure, and what is undefined may be anything. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intervalText } from '../../../src/base/interval.js';
import * as build from '../../../src/proof/build.js';
import { ofDouble, ratio, signOf, toNumber } from '../../../src/proof/rational.js';
import type { Condition, Term } from '../../../src/proof/term.js';
import { between, point, type Enclosure } from '../../../src/verify/interval/enclosure.js';
import { encloseCondition, encloseTerm, encloserOf, variablesOf } from '../../../src/verify/interval/term.js';
import { Exact, exact, ofRational, type Exact as Real } from './exact.js';

const { exp, literal, log, not, number, or, and, pi, power, product, select, sum, variable } = build;
const [x, y] = [variable('x'), variable('y')];
const REALS = intervalText({ low: -Infinity, high: Infinity, lowOpen: true, highOpen: true });
const PI = Exact.acos(-1);

/** The exact value, or nothing where an operation that is read is undefined, or too large for 60 digits to follow. */
function valueOf(term: Term, at: ReadonlyMap<string, number>): Real | undefined {
  const of = (one: Term): Real | undefined => valueOf(one, at);
  const folded = (terms: readonly Term[], f: (a: Real, b: Real) => Real): Real | undefined =>
    terms.map(of).reduce((a, b) => (a === undefined || b === undefined ? undefined : f(a, b)));
  switch (term.op) {
    case 'number':
      return ofRational(term.value);
    case 'pi':
      return PI;
    case 'variable':
      return exact(at.get(term.name) ?? 0);
    case 'sum':
      return folded(term.terms, (a, b) => a.plus(b));
    case 'product':
      return folded(term.factors, (a, b) => a.times(b));
    case 'exp': {
      const value = of(term.x);
      return value === undefined || value.abs().gt(300) ? undefined : value.exp();
    }
    case 'log': {
      const value = of(term.x);
      return value === undefined || value.lte(0) ? undefined : value.ln();
    }
    case 'power':
      return powerOf(of(term.base), toNumber(term.exponent));
    case 'select': {
      const truth = truthOf(term.if, at);
      return truth === undefined ? undefined : of(truth ? term.then : term.else);
    }
  }
}
function powerOf(base: Real | undefined, exponent: number): Real | undefined {
  if (base === undefined || (exponent < 0 && base.isZero())) return undefined;
  if (Number.isInteger(exponent)) return base.pow(exponent);
  return base.isNegative() && !base.isZero()
    ? undefined
    : base.isZero()
      ? base
      : base.ln().times(exponent).exp();
}
/** How a condition stands; nothing where a value is undefined or too near 0 for the digits kept. */
function truthOf(condition: Condition, at: ReadonlyMap<string, number>): boolean | undefined {
  switch (condition.op) {
    case 'boolean':
      return condition.value;
    case 'flag':
      return undefined;
    case 'not': {
      const truth = truthOf(condition.x, at);
      return truth === undefined ? undefined : !truth;
    }
    case 'and':
    case 'or': {
      const truths = (condition.op === 'and' ? condition.all : condition.any).map((one) => truthOf(one, at));
      if (truths.includes(undefined)) return undefined;
      return condition.op === 'and' ? !truths.includes(false) : truths.includes(true);
    }
    default: {
      const value = valueOf(condition.x, at);
      if (value === undefined || (value.abs().lt('1e-40') && !value.isZero())) return undefined;
      return build.standsSo(condition.op, ofDouble(value.s * (value.isZero() ? 0 : 1)));
    }
  }
}

/** Numbers whose powers 60 digits hold; halves and quarters, so that exact results are met. */
const numbers = fc.oneof(
  fc.integer({ min: -8, max: 8 }).map((n) => ratio(BigInt(n), 4n)),
  fc.integer({ min: -30, max: 30 }).map((n) => ratio(BigInt(n), 7n)),
);
const exponents = fc.constantFrom(
  ratio(2n),
  ratio(3n),
  ratio(-1n),
  ratio(-2n),
  ratio(1n, 2n),
  ratio(-1n, 2n),
  ratio(3n, 2n),
);
const relations = fc.constantFrom('>=' as const, '>' as const, '==' as const, '!=' as const);
const { term, condition } = fc.letrec<{ term: Term; condition: Condition; leaf: Term }>((tie) => ({
  leaf: fc.oneof(fc.constantFrom(x, y, x, y, pi), numbers.map(number)),
  term: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc.tuple(tie('term'), tie('term')).map(([a, b]) => sum(a, b)),
    fc.tuple(tie('term'), tie('term')).map(([a, b]) => product(a, b)),
    fc
      .tuple(tie('term'), exponents)
      .map(([base, q]) => (base.op === 'number' && signOf(base.value) === 0 ? base : power(base, q))),
    tie('term').map(exp),
    tie('term').map(log),
    fc.tuple(tie('condition'), tie('term'), tie('term')).map(([c, a, b]) => select(c, a, b)),
  ),
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(relations, tie('term')).map(([op, one]) => literal(op, one)),
    fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => and(a, not(b))),
    fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => or(a, b)),
  ),
}));
const range = fc
  .tuple(fc.integer({ min: -12, max: 12 }), fc.constantFrom(0, 0, 1, 4, Infinity), fc.nat(4))
  .map(([n, width, part]): readonly [Enclosure, number] => {
    const low = n / 4;
    return [between(low, low + width), width === Infinity ? low + part : low + (width * part) / 4];
  });

/** Whether a value is held, up to its own last digits. */
function holds({ low, high }: Enclosure, value: Real): boolean {
  const last = value.abs().times('1e-45').plus('1e-45');
  return value.plus(last).gte(exact(low)) && value.minus(last).lte(exact(high));
}

test('the value at any point of the ranges lies in the enclosure, loosened or not', () => {
  let defined = 0;
  fc.assert(
    fc.property(term, range, range, (one, [xs, atX], [ys, atY]) => {
      const value = valueOf(
        one,
        new Map([
          ['x', atX],
          ['y', atY],
        ]),
      );
      const ranges = new Map([
        ['x', xs],
        ['y', ys],
      ]);
      const found = encloseTerm(one, ranges);
      const [loose = found] = encloserOf([one], 1e-9).enclose(ranges);
      expect(loose.low <= found.low && found.high <= loose.high).toBe(true);
      expect(found.lowOpen || found.low > -Infinity).toBe(true);
      if (value === undefined || value.abs().gt('1e200')) return;
      defined += 1;
      expect(holds(found, value), `${intervalText(found)} holds ${value.toString()}`).toBe(true);
    }),
    { numRuns: 800, seed: 4 },
  );
  expect(defined).toBeGreaterThan(350);
});

test('a condition that is decided over the ranges is so at each of their points', () => {
  let decided = 0;
  fc.assert(
    fc.property(condition, range, range, (one, [xs, atX], [ys, atY]) => {
      const truth = truthOf(
        one,
        new Map([
          ['x', atX],
          ['y', atY],
        ]),
      );
      const found = encloseCondition(
        one,
        new Map([
          ['x', xs],
          ['y', ys],
        ]),
      );
      if (truth === undefined || found === undefined) return;
      decided += 1;
      expect(found).toBe(truth);
    }),
    { numRuns: 800, seed: 4 },
  );
  expect(decided).toBeGreaterThan(150);
});

const [ZERO, ONE] = [point(0), point(1)];
const POSITIVE: Enclosure = { low: 0, high: Infinity, lowOpen: true, highOpen: true };
test.each<readonly [string, Term, Enclosure, string]>([
  ['a variable without a range', y, ONE, REALS],
  ['1/0', power(x, -1), ZERO, REALS],
  ['1/x around 0', power(x, -1), between(-1, 1), REALS],
  ['1/x for x > 0', power(x, -1), POSITIVE, '(0, inf)'],
  ['log 0', log(x), ZERO, REALS],
  ['log −1', log(x), point(-1), REALS],
  ['log of x > 0', log(x), POSITIVE, REALS],
  ['log 1', log(x), ONE, '[0, 0]'],
  ['√−1', power(x, ratio(1n, 2n)), point(-1), REALS],
  ['√0', power(x, ratio(1n, 2n)), ZERO, '[0, 0]'],
  ['0^(−1/2)', power(x, ratio(-1n, 2n)), ZERO, REALS],
  ['e^x for any x', exp(x), { ...POSITIVE, low: -Infinity }, '(0, inf)'],
  ['e^−800', exp(x), point(-800), '(0, 5e-324)'],
  ['e^0', exp(x), ZERO, '[1, 1]'],
  ['x²', power(x, 2), between(-2, 1), '[0, 4]'],
  ['x·x, which is two operands', product(x, x), between(-2, 1), '[-2, 4]'],
  ['a selection that is decided', select(literal('>', x), x, power(x, -1)), between(1, 2), '[1, 2]'],
  ['one that is not', select(literal('>', x), x, number(-3)), between(-1, 2), '[-3, 2]'],
  ['one on a flag', select(build.flag('a'), x, number(-3)), ONE, '[-3, 1]'],
  ['π', pi, ONE, '(3.141592653589793, 3.1415926535897936)'],
])('%s', (_, one, xs, expected) => {
  expect(intervalText(encloseTerm(one, new Map([['x', xs]])))).toBe(expected);
});

test('a term that shares its parts is enclosed once for each of them', () => {
  let shared: Term = x;
  for (let depth = 0; depth < 60; depth += 1) shared = product(sum(shared, y), sum(shared, number(1)));
  const encloser = encloserOf([shared]);
  expect(encloser.size).toBeLessThan(400);
  expect([...variablesOf([shared])].sort()).toEqual(['x', 'y']);
  const [found = ZERO] = encloser.enclose(
    new Map([
      ['x', ZERO],
      ['y', ZERO],
    ]),
  );
  expect(found).toEqual(ZERO);
});

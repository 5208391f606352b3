/** Values of quotients of what is too large for a double, enclosed by their logarithms. */
import { expect, test } from 'vitest';
import { emptyContext } from '../../src/recheck/context.js';
import * as i from '../../src/recheck/interval.js';
import { encloseForm } from '../../src/recheck/logarithmic.js';
import { fraction, ofDouble, type Rational } from '../../src/recheck/rational.js';
import { readTerm } from '../../src/recheck/term.js';

const valueOf = (term: unknown): i.Interval =>
  encloseForm(emptyContext([], []).normal.of(readTerm(term, 'term')));
const e = (x: string): unknown => ['exp', x];
const over = (x: unknown, y: unknown): unknown => ['*', x, ['^', y, '-1']];
const SMALL = fraction(1n, 10n ** 9n);

test.each([
  ['a share that is nearly all', over(e('1000'), ['+', '1', e('1000')]), 1],
  ['a share of two', over(e('1000'), ['+', e('1000'), e('1001')]), 1 / (1 + Math.E)],
  [
    'with weights',
    over(['*', '3', e('-2000')], ['+', ['*', '2', e('-2000')], e('-2001')]),
    3 / (2 + 1 / Math.E),
  ],
  ['exponentials of exponentials', over(['exp', e('20')], ['+', ['exp', e('20')], ['exp', e('19')]]), 1],
  ['a difference, which has no logarithm', ['+', e('3'), ['*', '-1', e('2')]], Math.exp(3) - Math.exp(2)],
  ['a negative number of them', over(['*', '-2', e('800')], ['+', '5', e('800')]), -2],
  ['roots', over(['^', e('900'), '1/2'], ['+', ['^', '2', '1/2'], e('450')]), 1],
  ['logarithms', over(['*', ['log', '7'], e('750')], ['+', e('750'), e('1')]), Math.log(7)],
])('%s', (_, term, expected) => {
  const { low, high } = valueOf(term);
  expect(typeof low === 'string' || typeof high === 'string').toBe(false);
  const around = (by: Rational): i.Interval =>
    i.between(
      i.subtract(i.point(ofDouble(expected)), i.point(by)).low,
      i.add(i.point(ofDouble(expected)), i.point(by)).high,
    );
  const { low: least, high: most } = around(SMALL);
  expect(i.compareEnds(least, low)).toBeLessThanOrEqual(0);
  expect(i.compareEnds(high, most)).toBeLessThanOrEqual(0);
});

test('what is not seen to be positive is not taken for positive', () => {
  const { low, high } = valueOf(over(e('800'), ['+', e('800'), ['*', '-1', e('800')], ['*', '-1', e('1')]]));
  expect(i.isPositive(i.between(low, high))).toBe(false);
});

/** What is said of measurements: quartiles, ratios within rounds, how far gradients are apart. */
import { describe, expect, test } from 'vitest';
import { largestDifference, ratios, spreadOf, timesOf } from '../../src/report/measurement.js';

test.each([
  [[3], { median: 3, lower: 3, upper: 3 }],
  [[4, 1], { median: 2.5, lower: 1.75, upper: 3.25 }],
  [[5, 1, 4, 2, 3], { median: 3, lower: 2, upper: 4 }],
  [[], { median: NaN, lower: NaN, upper: NaN }],
])('of %j', (values, expected) => {
  expect(spreadOf(values)).toEqual(expected);
});

test('the least stands beside them, and ratios are taken round by round', () => {
  expect(timesOf([5, 1, 4, 2, 3]).least).toBe(1);
  // The medians alone would say 1.
  expect(ratios([2, 4, 6], [1, 2, 6])).toEqual({ median: 2, lower: 1.5, upper: 2 });
});

describe('the largest difference of gradients', () => {
  const first = { a: [1, -4, 0], b: [100, 0] };
  test.each([
    ['none', first, 0],
    ['as a share of the largest of its own gradient', { a: [1, -3, 0], b: [100, 0] }, 0.25],
    ['the one for which it is most', { a: [1, -3, 0], b: [50, 0] }, 0.5],
    ['what is not a number', { a: [1, NaN, 0], b: [0, 0] }, NaN],
    ['what is not a number, behind a larger difference', { a: [0, 0, 0], b: [NaN, 0] }, NaN],
    ['another size', { a: [1, -4], b: [100, 0] }, Infinity],
    ['one that is missing', { a: [1, -4, 0] }, Infinity],
    ['one more', { ...first, c: [0] }, Infinity],
  ])('%s', (_name, second, expected) => {
    expect(largestDifference(first, second)).toBe(expected);
  });
  test('of nothing but zeros', () => {
    expect(largestDifference({ a: [0, 0] }, { a: [0, 0] })).toBe(0);
    expect(largestDifference({ a: [0, 0] }, { a: [0, 1] })).toBe(Infinity);
  });
});

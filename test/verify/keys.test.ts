/** Keys of terms and conditions: the text of their JSON, for every operation, so that different terms have different keys. */
import { describe, expect, test } from 'vitest';
import * as build from '../../src/proof/build.js';
import { conditionJson, termJson } from '../../src/proof/json.js';
import { keyOf } from '../../src/proof/key.js';
import { ratio } from '../../src/proof/rational.js';
import type { Condition, Term } from '../../src/proof/term.js';

const [x, y] = [build.variable('x'), build.variable('f1.y"')];
const TERMS: readonly Term[] = [
  build.number(ratio(-2n, 3n)),
  build.pi,
  x,
  y,
  build.sum(x, y),
  build.product(x, y),
  build.power(x, ratio(1n, 2n)),
  build.power(x, ratio(-1n)),
  build.exp(x),
  build.log(x),
  build.select(build.literal('>', x), x, y),
  build.select(build.literal('>', x), y, x),
];
const CONDITIONS: readonly Condition[] = [
  build.truth(true),
  build.truth(false),
  build.flag('x'),
  build.not(build.flag('x')),
  build.literal('>', x),
  build.literal('>=', x),
  build.literal('==', x),
  build.literal('!=', x),
  build.and(build.literal('>', x), build.flag('x')),
  build.or(build.literal('>', x), build.flag('x')),
];

describe('keys', () => {
  test('are the text of the JSON', () => {
    expect(TERMS.map(keyOf)).toEqual(TERMS.map((one) => JSON.stringify(termJson(one))));
    expect(CONDITIONS.map(keyOf)).toEqual(CONDITIONS.map((one) => JSON.stringify(conditionJson(one))));
  });
  test('differ where terms do, and are equal for equal terms that are two objects', () => {
    const all = [...TERMS, ...CONDITIONS].map(keyOf);
    expect(new Set(all).size).toBe(all.length);
    expect(keyOf(build.sum(build.variable('x'), y))).toBe(keyOf(build.sum(x, y)));
  });
});

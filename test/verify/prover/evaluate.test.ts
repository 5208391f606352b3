/** A point that is moved in one name has the values that it would have anew, and no other name's are taken for them. */
import { expect, test } from 'vitest';
import * as build from '../../../src/proof/build.js';
import type { Condition } from '../../../src/proof/term.js';
import { evaluatorOf } from '../../../src/verify/prover/evaluate.js';
import { sequentOf } from './text.js';

const { given, goal } = sequentOf(
  'x + y > 1; exp(x) * z >= y; min(x, z) < max(y, 2) ; log(y) == 0; 1 > 2 * z |- x / z != y',
);
const flag = build.flag('f');
const parts: readonly Condition[] = [
  ...given,
  goal,
  build.or(flag, build.literal('>', build.variable('z'))),
  build.and(build.not(flag), build.literal('>', build.variable('y'))),
  build.truth(true),
  build.truth(false),
];
const names = ['x', 'y', 'z', 'f'];
const VALUES = [-2, 0, 0.5, 1, 3, 1e300];

test('each name in turn, to each value', () => {
  const moving = evaluatorOf(parts, names);
  const point = [1, 1, 1, 1];
  moving.at(point);
  const seen = new Set<string>();
  let drawn = 1;
  for (let step = 0; step < 400; step += 1) {
    drawn = (drawn * 48271) % 2147483647;
    const position = drawn % names.length;
    const value = VALUES[(drawn >> 8) % VALUES.length] ?? 0;
    point[position] = value;
    moving.move(position, value);
    const anew = evaluatorOf(parts, names);
    anew.at(point);
    expect(parts.map(moving.decided)).toEqual(parts.map(anew.decided));
    expect(moving.open()).toEqual(anew.open());
    expect(moving.open()).toEqual(parts.flatMap((one, at) => (anew.decided(one) === true ? [] : [at])));
    seen.add(moving.open().join());
  }
  // It is no test where hardly anything ever changes.
  expect(seen.size).toBeGreaterThan(12);
});

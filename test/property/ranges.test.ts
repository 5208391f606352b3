/** On random programs and batches: no value lies outside the range that was found for it, rounding apart. */
import { expect, test } from 'vitest';
import { contains, intervalText, type Interval } from '../../src/base/interval.js';
import { analyze } from '../../src/compile.js';
import { evaluate } from '../../src/ir/eval.js';
import { intern } from '../../src/ir/graph.js';
import { printExpr } from '../../src/ir/print.js';
import { declaredRanges, ranges } from '../../src/ir/range.js';
import { onlyLoss } from '../lower/lowered.js';
import { randomFrom, randomRagged, valuesAt } from './batches.js';
import { randomProgram } from './program-generator.js';

const PROGRAMS = 400;

/** Domains of the generator's inputs, and values in them; the ends often. */
const inputs: readonly (readonly [
  string,
  'token' | 'rollout' | 'group',
  string,
  (random: number) => number,
])[] = [
  ['logp', 'token', '(-inf, 0]', (u) => (u < 0.2 ? 0 : -3 * u)],
  ['value', 'rollout', '[-1, 2)', (u) => (u < 0.2 ? -1 : 3 * u - 1)],
  ['old_logp', 'token', '(-2, 2)', (u) => 4 * u - 2],
  ['reward', 'rollout', '{0, 1}', (u) => (u < 0.5 ? 0 : 1)],
  ['difficulty', 'group', '[0, inf)', (u) => (u < 0.2 ? 0 : 5 * u)],
];
const params: readonly (readonly [string, string, (random: number) => number])[] = [
  ['tau', '(0, inf)', (u) => 0.01 + 2 * u],
  ['shift', '[-1, 0]', (u) => (u < 0.2 ? 0 : u < 0.4 ? -1 : -u)],
];

function withDomains(text: string): string {
  const bounded = inputs.reduce(
    (program, [name, level, domain]) =>
      program.replace(`${name} : ${level}`, `${name} : ${level} in ${domain}`),
    text,
  );
  return params.reduce(
    (program, [name, domain]) =>
      program.replace(new RegExp(`param ${name} in real = \\S+`), `param ${name} in ${domain}`),
    bounded,
  );
}

/** An open end is reached by rounding only. */
function holds(range: Interval, value: number): boolean {
  const slack = 1e-9 * (1 + Math.abs(value));
  return contains(
    { low: range.low - slack, high: range.high + slack, lowOpen: false, highOpen: false },
    value,
  );
}

test('values lie in their ranges', () => {
  let compared = 0;
  for (let seed = 1; seed <= PROGRAMS; seed += 1) {
    const text = withDomains(randomProgram(randomFrom(seed + 9_000)));
    const [unit] = analyze(text).units;
    if (unit === undefined) continue;
    const { program } = unit;
    const { loss, gradients } = onlyLoss(program);
    const results = [loss, ...gradients.map(({ value }) => value)];
    const { nodes } = intern([...results, ...program.lets.map(({ value }) => value)]);
    const known = ranges(nodes, declaredRanges(program));
    const random = randomFrom(seed);
    const ragged = randomRagged(random);
    const values = {
      params: new Map(params.map(([name, , draw]) => [name, draw(random())])),
      inputs: new Map(
        inputs.map(([name, level, , draw]) => [name, valuesAt(ragged, level, () => draw(random()))]),
      ),
    };
    evaluate(nodes, ragged, values).forEach((found, at) => {
      const [node, range] = [nodes[at], known[at]];
      if (node === undefined || range === undefined) throw new Error('no range');
      for (const value of found) {
        if (!Number.isFinite(value)) continue;
        compared += 1;
        if (!holds(range, value))
          expect.fail(`${text}\n${printExpr(node, true)} is ${value}, found to be in ${intervalText(range)}`);
      }
    });
  }
  expect(compared).toBeGreaterThan(PROGRAMS * 20);
});

test.each([
  ['clip(x, -0.5, y - 1)', 'bounds that may cross', '[-1, 0]'],
  ['x * x', 'a square', '[0, 1]'],
  ['x ^ 3', 'an odd power', '[-1, 1]'],
  ['1 / y', 'a reciprocal of what may be 0', '[1, inf)'],
  ['max[rollout in batch where y > 0](x, anchor: 2)', 'an anchor above', '[2, 2]'],
])('the range of %s, %s', (expression, _, expected) => {
  const text = `objective example {
  model logp : token
  data x : rollout in [-1, 1]
  data y : rollout in [0, 1]
  let v = ${expression}
  minimize mean[token in batch](logp)
}`;
  const [unit] = analyze(text).units;
  if (unit === undefined) throw new Error('no objective');
  const [range] = ranges(
    unit.program.lets.map(({ value }) => value),
    declaredRanges(unit.program),
  );
  expect(range && intervalText(range)).toBe(expected);
});

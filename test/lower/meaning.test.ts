/** What expressions mean: powers, selections, kinks, NaN, reductions, and that a name is one object. */
import { describe, expect, test } from 'vitest';
import { operandsOf, intern } from '../../src/ir/graph.js';
import { gradientOf, letValue, lossOf, lowered, numbers, onlyLoss, valueOf, type Batch } from './lowered.js';

const one = (logp: number, more: Readonly<Record<string, readonly number[]>> = {}): Batch => ({
  group: [0],
  lengths: [1],
  inputs: { logp: [logp], ...more },
});
const total = (expression: string, ...declarations: readonly string[]): string =>
  `objective example {\n model logp : token\n ${declarations.join('\n ')}\n minimize sum[token in batch](${expression})\n}\n`;
const slope = (expression: string, logp: number): number =>
  gradientOf(lowered(total(expression)), one(logp))[0] ?? NaN;
const value = (expression: string, logp: number): number => lossOf(lowered(total(expression)), one(logp));

test.each([
  ['logp ^ 2', -3, 9, -6],
  ['logp ^ 3', -2, -8, 12],
  ['logp ^ 7', -1, -1, 7],
  ['logp ^ -1', -2, -0.5, -0.25],
  ['logp ^ -2', 2, 0.25, -0.25],
  ['logp ^ 1', 0, 0, 1],
  ['logp ^ 0 + logp', 0, 1, 1],
  ['logp ^ 2.0', -3, 9, -6],
  ['logp ^ 0.5', 4, 2, 0.25],
  ['-logp ^ 2', 3, -9, -6],
  ['2 ^ logp', 3, 8, 8 * Math.LN2],
  ['2 - 3 - logp', 4, -5, -1],
  ['12 / 2 / logp', 3, 2, -2 / 3],
  ['pi * logp', 1, Math.PI, Math.PI],
  ['square(logp)', -3, 9, -6],
  ['relu(logp)', 0, 0, 0],
  ['relu(logp)', 2, 2, 1],
  ['relu(logp)', -2, 0, 0],
  ['abs(logp)', 0, 0, 0],
  ['sqrt(logp)', 0, 0, 0],
  ['min(logp, 2 * logp)', 0, 0, 1],
  ['max(logp, 2 * logp)', 0, 0, 1],
  ['max(2 * logp, logp, 3 * logp)', 0, 0, 2],
  ['clip(logp, 0, 1)', 0, 0, 1],
  ['clip(logp, 0, 1)', 1, 1, 1],
  ['clip(logp, 0, 1)', 2, 1, 0],
  ['clip(exp(logp), 0, 2)', 1000, 2, 0],
  ['min(exp(logp), 2)', 1000, 2, 0],
  ['if logp > 0 then 1 / logp else logp', 0, 0, 1],
  ['stop(logp) * logp', 3, 9, 3],
  ['logp + stop(2 * logp - logp)', 3, 6, 1],
  ['logsigmoid(logp)', -1000, -1000, 1],
  ['softplus(logp)', 1000, 1000, 1],
])('%s at %d is %d, with slope %d', (expression, at, expected, derivative) => {
  expect(value(expression, at)).toBeCloseTo(expected, 12);
  expect(slope(expression, at)).toBeCloseTo(derivative, 12);
});

describe('NaN', () => {
  test.each([
    'logp + 1',
    'logp * 0',
    'min(logp, 1)',
    'min(1, logp)',
    'max(logp, 1)',
    'clip(logp, 0, 1)',
    'clip(1, 0, logp)',
    'relu(logp)',
    'abs(logp)',
  ])('goes through %s', (expression) => expect(value(expression, NaN)).toBeNaN());

  test.each([
    ['logp < 1', 0],
    ['logp >= 1', 0],
    ['logp == logp', 0],
    ['logp != logp', 1],
  ])('%s of it is %d', (condition, expected) => {
    const batch = one(NaN);
    expect(valueOf(`sum[token in batch](if ${condition} then 1 else 0)`, batch, [])).toBe(expected);
  });

  test.each(['sum', 'mean', 'std', 'var', 'pstd', 'pvar'])('is never read where %s leaves it out', (name) => {
    const program = lowered(
      total(`logp * 0 + ${name}[token in batch where keep == 1](logp)`, 'data keep : token').replace(
        'logp * 0 + ',
        '',
      ),
    );
    const batch: Batch = { group: [0], lengths: [3], inputs: { logp: [1, NaN, 3], keep: [1, 0, 1] } };
    expect(lossOf(program, batch)).not.toBeNaN();
    const gradient = gradientOf(program, batch);
    expect(gradient[1]).toBe(0);
    expect(gradient.every((each) => !Number.isNaN(each))).toBe(true);
  });
});

describe('reductions', () => {
  const batch: Batch = {
    group: [1, 0, 1],
    lengths: [2, 0, 1],
    inputs: { logp: [1, 2, 6], reward: [3, 5, 3] },
  };
  const declared = ['data reward : rollout'];
  test.each([
    ['mean[token in batch](logp)', 3],
    ['mean[rollout in batch](mean[token](logp))', 2.5],
    ['mean[group in batch](mean[rollout](mean[token](logp)))', 1.875],
    ['mean[group in batch](mean[token in group](logp))', 1.5],
    ['sum[rollout in batch](sum[token](reward))', 9],
    ['sum[rollout in batch](count[token])', 3],
    ['count[token in batch]', 3],
    ['count[rollout in batch]', 3],
    ['count[group in batch]', 2],
    ['count[rollout in batch where reward > 3]', 1],
    ['mean[rollout in batch where reward > 9](reward)', 0],
    ['max[rollout in batch](max[token](logp, anchor: -inf))', 6],
    ['max[rollout in batch](max[token](logp, anchor: reward))', 6],
    ['min[rollout in batch](min[token](logp, anchor: reward))', 1],
    ['max[token in batch where logp < 2](logp, anchor: -5)', 1],
    ['logsumexp[rollout in batch where reward > 9](reward, anchor: 4)', 4],
    ['sum[group in batch](std[rollout](reward))', 0],
    ['var[token in batch](logp)', 7],
    ['pvar[token in batch](logp)', 14 / 3],
    ['std[rollout in batch](reward) ^ 2', 4 / 3],
    ['sum[token in batch](std[token in batch](reward) ^ 2)', 0],
    ['if any[token in batch](logp > 5) and all[token in batch](logp > 0) then 1 else 0', 1],
    ['if any[rollout in batch](all[token](logp > 9)) then 1 else 0', 1],
  ])('%s is %d', (expression, expected) =>
    expect(valueOf(expression, batch, declared)).toBeCloseTo(expected, 12),
  );

  test('at a tie the first takes the derivative, and the anchor comes last', () => {
    const tie: Batch = { group: [0], lengths: [3], inputs: { logp: [1, 2, 2] } };
    const largest =
      'objective example {\n model logp : token\n minimize max[token in batch](logp, anchor: 2)\n}\n';
    expect(gradientOf(lowered(largest), tie)).toEqual([0, 1, 0]);
  });

  test('equal values have std 0 with derivative 0', () => {
    const equal: Batch = { group: [0], lengths: [3], inputs: { logp: [0.1, 0.1, 0.1] } };
    const program = lowered(
      'objective example {\n model logp : token\n minimize std[token in batch](logp)\n}\n',
    );
    expect(lossOf(program, equal)).toBe(0);
    expect(gradientOf(program, equal)).toEqual([0, 0, 0]);
  });
});

describe('programs', () => {
  test('maximize negates', () => {
    const program = lowered(
      'objective example {\n model logp : token\n maximize mean[token in batch](logp)\n}\n',
    );
    const { objective, loss, direction } = onlyLoss(program);
    expect(numbers([objective, loss], one(3))).toEqual([[3], [-3]]);
    expect(direction).toBe('maximize');
  });

  test('a let is one object wherever it is read', () => {
    const program = lowered(
      'objective example {\n model logp : token\n let s = 2 * logp\n let t = s + s\n minimize sum[token in batch](s * t)\n}\n',
    );
    const [s, t] = program.lets.map((each) => each.value);
    expect(t?.op === 'named' && operandsOf(t.x).every((operand) => operand === s)).toBe(true);
    expect(s).toBeDefined();
  });

  test('grad means the name, never an equal expression', () => {
    const program = lowered(
      'objective example {\n model logp : token\n let s = 2 * logp\n let y = s ^ 2 + stop(s) + 0 * (2 * logp)\n minimize sum[token in batch](y)\n let w = grad(y, s)\n let v = 3 * grad(y, logp)\n metric v_sum = sum[token in batch](v)\n}\n',
    );
    expect(letValue(program, 'w', one(3))).toEqual([12]);
    expect(letValue(program, 'v', one(3))).toEqual([72]);
    expect(program.weights.map(({ name }) => name)).toEqual(['w']);
  });

  test('assumptions and metrics are lowered', () => {
    const program = lowered(
      'objective example {\n model logp : token\n minimize mean[token in batch](-logp)\n assume logp <= 0\n metric size = count[token in batch]\n}\n',
    );
    expect(numbers(program.assumptions, one(-1))).toEqual([[1]]);
    expect(program.metrics.map(({ name }) => name)).toEqual(['size']);
  });

  test('the largest expressions that the parser reads are lowered', () => {
    const long = `logp${' + logp'.repeat(499)}`;
    expect(value(long, 1)).toBe(500);
    const deep = `${'tanh('.repeat(95)}logp${')'.repeat(95)}`;
    expect(Number.isFinite(value(deep, 1))).toBe(true);
    expect(intern([onlyLoss(lowered(total('logp ^ 4096'))).loss]).nodes.length).toBeLessThan(20);
  });
});

describe('a let varies at the level that the checker gives it, also where its value does not', () => {
  const batch: Batch = { group: [0, 0], lengths: [3, 1], inputs: { logp: [1, 2, 3, 4] } };
  const program = (...lets: readonly string[]): string =>
    `objective example {\n model logp : token\n ${lets.join('\n ')}\n minimize mean[token in batch](logp)\n}\n`;

  test('a derivative', () => {
    const text = program(
      'let w = grad(mean[token](logp), logp)',
      'let h = grad(sum[token](w * w * logp), w)',
    );
    expect(letValue(lowered(text), 'h', batch)).toEqual([2 / 3, 4 / 3, 2, 8]);
  });
  test('a power with exponent 0', () => {
    const text = program('let one = logp ^ 0', 'let g = grad(one * logp, one)');
    expect(letValue(lowered(text), 'g', batch)).toEqual([1, 2, 3, 4]);
  });
});

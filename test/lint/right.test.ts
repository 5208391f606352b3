/** Programs close to those that a lint is about, and right: nothing is said of them. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { diagnosticsText } from '../../src/report/diagnostics-text.js';

const START = `objective example {
  model logp : token
  data old_logp : token
  data reward : rollout in {0, 1}
  data price : rollout
  data p : token in (0, 1]
`;
/** Every input is read, so that only what is tested could be told. */
const END = `  metric read = mean[token in batch](logp + old_logp + p) + mean[rollout in batch](reward + price)
}
`;

/** Items beside the inputs, with what makes them right. */
const programs: readonly (readonly [string, string])[] = [
  ['a domain excludes 0', 'minimize mean[token in batch](-logp * log(p))'],
  ['an assumption excludes 0', 'assume price > 0 minimize mean[token in batch](-logp * log(price))'],
  [
    'an assumption on the value itself',
    'assume mean[rollout](reward) > 0 minimize mean[token in batch](-logp * log(mean[rollout](reward)))',
  ],
  ['a condition excludes 0', 'minimize mean[token in batch](-logp * (if price > 0 then log(price) else 0))'],
  [
    'the other side of a condition',
    'minimize mean[token in batch](-logp * (if price <= 0 then 0 else log(price)))',
  ],
  [
    'a negated condition',
    'minimize mean[token in batch](-logp * (if not (price <= 0) then log(price) else 0))',
  ],
  [
    'a conjunction',
    'minimize mean[token in batch](-logp * (if reward == 1 and price > 0 then log(price) else 0))',
  ],
  [
    'a disjunction that fails',
    'minimize mean[token in batch](-logp * (if reward == 0 or price <= 0 then 0 else log(price)))',
  ],
  [
    'a condition by its name',
    'let costly = price > 0 minimize mean[token in batch](-logp * (if costly then log(price) else 0))',
  ],
  [
    'a value by its name, read under a condition alone',
    'let size = log(price) minimize mean[token in batch](-logp * (if price > 0 then size else 0))',
  ],
  [
    'two readings, each guarded',
    'let size = log(price) minimize mean[token in batch](-logp * ((if price > 0 then size else 0) + (if price > 1 then size else 0)))',
  ],
  ['where selects', 'minimize mean[token in batch](-logp * mean[rollout where price > 0](log(price)))'],
  [
    'a condition on the group inside a reduction of tokens',
    'minimize mean[token in batch](-logp * (if price > 0 then mean[token](log(price)) else 0))',
  ],
  ['log of an exponential', 'minimize mean[token in batch](-log(1 + exp(min(logp, 3))))'],
  [
    'log of a nonempty sum of exponentials',
    'minimize mean[group in batch](log(sum[rollout](exp(min(mean[token](logp), 3)))))',
  ],
  ['log1p of what is not below 0', 'minimize mean[token in batch](-logp * log1p(square(price)))'],
  ['root of a square', 'minimize mean[token in batch](-logp * sqrt(square(price)))'],
  [
    'root of a variance over what may be nothing',
    'minimize mean[token in batch](-logp * sqrt(var[token](old_logp) + var[others](price) + pvar[rollout where reward > 0](price)))',
  ],
  ['root of a variance', 'minimize mean[token in batch](-logp * sqrt(var[rollout](price)))'],
  ['root of a variance over the others', 'minimize mean[token in batch](-logp * sqrt(var[others](price)))'],
  ['root of a variance of tokens', 'minimize mean[token in batch](-logp * sqrt(var[token](p)))'],
  [
    'a variance of few, with something added',
    'minimize mean[token in batch](-logp / (var[rollout where reward == 1](price) + 1))',
  ],
  ['a negative whole power of what is not 0', 'minimize mean[token in batch](-logp * p ^ -2)'],
  [
    'a negative whole power under a condition',
    'minimize mean[token in batch](-logp * (if price > 0 then price ^ -1 else 0))',
  ],
  ['root of what a maximum bounds', 'minimize mean[token in batch](-logp * sqrt(max(price, 0)))'],
  [
    'root under a condition',
    'minimize mean[token in batch](-logp * (if price >= 0 then sqrt(price) else 0))',
  ],
  ['a whole power of what can be negative', 'minimize mean[token in batch](-logp * price ^ 3)'],
  ['a real power of a probability', 'minimize mean[token in batch](-logp * p ^ 0.25)'],
  [
    'a spread with something added',
    'minimize mean[token in batch](-logp * (price - mean[rollout](price)) / (std[rollout](price) + 1e-6))',
  ],
  [
    'a spread under a condition',
    'minimize mean[token in batch](-logp * (if std[rollout](price) > 0 then price / std[rollout](price) else 0))',
  ],
  [
    'a value of either sign under a condition',
    'minimize mean[token in batch](-logp * (if price != 0 then 1 / price else 0))',
  ],
  [
    'the same on the other side, by its name',
    'let gap = price - reward let free = gap == 0 minimize mean[token in batch](-logp * (if free then 0 else 1 / gap))',
  ],
  [
    'a value of either sign that is above 1 here and not 0 there',
    'let share = 1 / price minimize mean[token in batch](-logp * (if price > 1 then share else if price != 0 then -share else 0))',
  ],
  ['an assumption of either sign', 'assume price != 0 minimize mean[token in batch](-logp / price)'],
  [
    'where selects what is not 0',
    'minimize mean[token in batch](-logp * sum[rollout where 0 != price](1 / price))',
  ],
  [
    'a spread by its name under a condition',
    'let spread = std[rollout](price) minimize mean[token in batch](-logp * (if spread != 0 then price / spread else 0))',
  ],
  ['a count with a bound', 'minimize mean[rollout in batch](sum[token](-logp) / max(count[token], 1))'],
  ['the number of rollouts', 'minimize sum[rollout in batch](mean[token](-logp)) / count[rollout in batch]'],
  [
    'the number of groups',
    'minimize sum[group in batch](mean[rollout](mean[token](-logp))) / count[group in batch]',
  ],
  ['the size of a group', 'minimize mean[group in batch](sum[rollout](mean[token](-logp)) / count[rollout])'],
  ['a parameter that is not 0', 'param tau in (0, inf) = 0.5 minimize mean[token in batch](-logp / tau)'],
  [
    'a sum of what is above 0',
    'minimize mean[token in batch](-logp * p / sum[rollout in batch](1 + reward))',
  ],
  [
    'a value named like a level of nothing',
    'let ratio = exp(min(logp - old_logp, 2)) minimize mean[token in batch](-min(ratio * price, 3))',
  ],
  ['a condition that data decide', 'minimize mean[token in batch](-logp * (if reward > 0.5 then 1 else -1))'],
  [
    'a condition at the end of a domain',
    'minimize mean[token in batch](-logp * (if reward >= 1 then 1 else -1))',
  ],
  ['a condition written out', 'minimize mean[token in batch](if true then -logp else logp)'],
  [
    'an infinite value that is selected',
    'minimize mean[rollout in batch](if any[token](logp < 0) then max[token](logp, anchor: -inf) * reward else 0)',
  ],
  [
    'an infinite value that is added',
    'minimize mean[rollout in batch](max(max[token](logp, anchor: -inf) + reward, -9))',
  ],
  [
    'a clip that binds on both sides',
    'minimize mean[token in batch](-clip(exp(min(logp - old_logp, 9)), 0.8, 1.2) * price)',
  ],
  [
    'a clip with one bound',
    'minimize mean[token in batch](-clip(exp(min(logp - old_logp, 9)), -inf, 1.2) * price)',
  ],
  [
    'a radius below 1',
    'param eps in (0, 1) = 0.2 minimize mean[token in batch](-clip(exp(min(logp - old_logp, 9)), 1 - eps, 1 + eps) * price)',
  ],
  ['a cap of 1', 'minimize mean[token in batch](-min(exp(min(logp - old_logp, 9)), 1) * price)'],
  ['a cap on something else', 'minimize mean[token in batch](-min(exp(min(logp, 9)), 0.2) * price)'],
  ['k2', 'minimize mean[token in batch](-logp * price + square(logp - old_logp) / 2)'],
  ['the log-ratio with a weight from data', 'minimize mean[token in batch](-(logp - old_logp) * price)'],
  [
    'the log-ratio without a gradient',
    'minimize mean[token in batch](-logp * price + stop(logp - old_logp))',
  ],
  ['a log-probability alone', 'minimize mean[token in batch](-logp)'],
];

describe('right programs', () => {
  test.each(programs)('%s', (_name, items) => {
    const { diagnostics, source } = analyze(`${START}  ${items}\n${END}`, 'right.obj');
    // These are said of many right programs; the ones that are tested bound their exponentials.
    const told = diagnostics.filter(({ code }) => code !== 'W0504');
    expect(diagnosticsText([{ source, diagnostics: told }])).toBe('');
  });
});

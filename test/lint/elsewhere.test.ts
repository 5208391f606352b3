/** What a condition says of one element says nothing of the others that are read beside it. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';

/** Of one rollout, or one token, `s`, `u` or `g` is above 0; of the others it may be anything. */
const told: readonly (readonly [string, string, string])[] = [
  ['W0401', 'a mean of the group', 'if s > 0 then 1 / mean[rollout](s) else 0'],
  ['W0401', 'a mean of the batch', 'if g > 0 then 1 / mean[group in batch](g) else 0'],
  ['E0410', 'a root of a mean', 'if s >= 0 then sqrt(mean[rollout](s)) else 0'],
  ['E0401', 'a sum over the others', 'if s > 0 then log(1 + sum[others](s)) else 0'],
  ['W0401', 'the token before', 'if u > 0 then 1 / shift[token](u, by: 1, fill: 1) else 0'],
  ['W0401', 'a running sum', 'if u > 0 then 1 / cumsum[token](u) else 0'],
  ['W0401', 'a return to go', 'if u > 0 then 1 / discounted[token](u, 0.9) else 0'],
  ['W0401', 'the same of both', 'if s > 0 then 1 / (s + mean[rollout](s)) else 0'],
  ['W0401', 'a mean at one of the others', 'mean[others where s > 0](1 / mean[rollout](s))'],
  ['W0401', 'a share, which is no element', 'quantile[others where s > 0](s, 0.1 / s)'],
  ['W0401', 'a share by its name', 'quantile[others where s > 0](s, q: 0.1 / s)'],
];
const silent: readonly (readonly [string, string])[] = [
  ['the element itself', 'if s > 0 then 1 / s else 0'],
  ['its rollout, from a token', 'if s > 0 then cumsum[token](1 / s) else 0'],
  ['its rollout along its tokens', 'if s > 0 then log(discounted[token](s, 0.9)) else 0'],
  ['its group, at the others', 'if g > 0 then mean[others](1 / g) else 0'],
  ['its group, of which the others are', 'if g > 0 then 1 / mean[rollout](g) else 0'],
  ['every element, assumed', 'if s > -2 then 1 / mean[rollout](positive) else 0'],
  ['the mean itself', 'if mean[rollout](s) > 0 then 1 / mean[rollout](s) else 0'],
  ['the others themselves', 'mean[others where s > 0](1 / s)'],
];

const codesOf = (value: string): readonly string[] =>
  analyze(`objective example {
  model logp : token
  data s : rollout in (-2, 2)
  data positive : rollout
  data u : token in (-2, 2)
  data g : group in (-2, 2)
  assume positive > 0
  metric read = mean[rollout in batch](s) + mean[token in batch](u) + mean[group in batch](g)
  minimize mean[token in batch](-logp * (${value}))
}
`).diagnostics.flatMap(({ code }) => (/^(W0401|E04)/.test(code) ? [code] : []));

describe('a condition on one element', () => {
  test.each(told)('%s: it does not hold of %s', (code, _, value) => {
    expect(codesOf(value)).toEqual([code]);
  });
  test.each(silent)('it holds of %s', (_, value) => {
    expect(codesOf(value)).toEqual([]);
  });
});

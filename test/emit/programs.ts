/** Small objectives that use what the published ones do not. Not a test. */

/** Name and text. */
export const EXTREMES: readonly (readonly [string, string])[] = [
  [
    'extremes',
    `objective extremes {
      model logp : token
      data old_logp : token
      data reward : rollout
      data weight : group
      let s = logp - old_logp
      let best = max[token](s, anchor: -9)
      let worst = min[token](s, anchor: 9)
      let top = max[rollout](best + reward)
      minimize sum[group in batch](weight * top) + mean[rollout in batch](worst) + max[token in batch](s * s, anchor: 0)
        + mean[group in batch](min[token in group](s, anchor: 1))
      metric any_high = mean[rollout in batch](if any[token](s > 0.5) then 1 else 0)
      metric all_low = mean[group in batch](if all[token in group](s < 1) then 1 else 0)
      metric none = sum[token in batch where s > 100](s)
    }`,
  ],
  [
    'empties',
    `objective empties {
      param c in (0, inf) = 2
      model logp : token
      data old_logp : token
      data reward : rollout
      let s = logp - old_logp
      let kept = sum[token where s > 0](s)
      let spread = std[token](s)
      let far = logsumexp[token where s < 0](s * c, anchor: -inf)
      minimize sum[rollout in batch](softplus(kept) + tanh(spread) + reward * log1p(square(kept)))
        + logsumexp[token in batch](s, anchor: 0) + mean[group in batch](logsumexp[token in group where s < 0](c * s, anchor: 0.5))
      metric counted = count[token in batch where s > 0] + count[rollout in batch]
      metric far_total = sum[rollout in batch](if far > -100 then far else 0)
      metric deviation = pstd[token in batch](s)
    }`,
  ],
  [
    'rollout_score',
    `objective rollout_score {
      param k in [1, 3] = 2
      model score : rollout
      model base : group
      model offset : batch
      data reward : rollout
      let z = sigmoid(score - base) * k + offset
      minimize mean[rollout in batch](square(z - reward)) + mean[group in batch](abs(base)) + square(offset)
      metric spread = mean[group in batch](std[rollout](score))
    }`,
  ],
  [
    'arithmetic',
    `objective arithmetic {
      param flag in [0, 1] = 0.5
      model logp : token in [-4, 0]
      data old_logp : token
      data reward : rollout
      let p = exp(logp)
      let s = logp - old_logp
      let a = if flag > 0.3 then s * reward else s
      let b = if s > 0 and reward > 1 or not (s < -0.5) then square(s) else clip(s, reward - 1, reward)
      let c = max(s, reward) + min(logp, old_logp) + sign(s) * abs(s) + expm1(s / 4) - sqrt(abs(s) + 1)
      minimize mean[token in batch](a + b + c + (p + 1) ^ (flag + 0.5) + relu(s) + tanh(s) + log(p + 1) + logsigmoid(s))
    }`,
  ],
  [
    'returns',
    `objective returns {
      param gamma in [0, 2] = 0.97
      param lambda in [0, 1] = 0.9
      model logp : token
      model value : token
      data reward : token
      data final : rollout
      data old_logp : token
      let next = shift[token](value, by: -1, fill: final)
      let delta = reward + gamma * next - value
      let advantage = discounted[token](delta, gamma * lambda)
      let future = discounted[token](logp - old_logp, tanh(final))
      let weight = clip(exp(future), 0.8, 1.2)
      let early = if cumsum[token](1) <= 2 then shift[token](logp, by: 1, fill: 0) * logp else relu(future)
      minimize mean[token in batch](square(advantage) - stop(advantage) * weight * logp + early)
        + mean[rollout in batch](square(mean[token](cumsum[token](value) / 5)))
      metric late = sum[token in batch where cumsum[token](1) > 2](shift[token](reward, by: -2, fill: 1))
    }`,
  ],
  [
    'discounts',
    `objective discounts {
      param one in real = 1
      model logp : token
      model rate : group
      data horizon : rollout
      let share = sigmoid(rate)
      let a = discounted[token](logp, share)
      let b = discounted[token](logp * a / 8, gamma: 0)
      let c = discounted[token](logp, one) + discounted[token](logp, 1.5) + discounted[token](horizon, -0.5)
      minimize mean[token in batch](a * b + c) + mean[group in batch](square(rate))
      metric total = sum[token in batch](shift[token](cumsum[token](horizon), by: 9, fill: 2))
    }`,
  ],
  [
    'quantiles',
    `objective quantiles {
      param q in [0, 1] = 0.3
      model logp : token
      data old_logp : token
      data reward : rollout
      data share : group in [0, 1]
      let s = logp - old_logp
      let own = quantile[token](s, share)
      let high = quantile[token in group](s, 0.9)
      let middle = quantile[rollout](reward, q)
      minimize mean[token in batch](if s > high then s * s else s * own) + mean[group in batch](middle * mean[token in group](s))
      metric whole = quantile[token in batch](s, q)
      metric kept = quantile[token in batch where s > 0](s, 0.5) + mean[group in batch](quantile[token in group where s < 0](s, share))
      metric some = mean[group in batch](quantile[rollout where reward > 0.5](reward, 1))
      metric none = quantile[token in batch where s > 100](s, 0.5) + quantile[rollout in batch](reward, 0) + quantile[group in batch](middle, q)
    }`,
  ],
];

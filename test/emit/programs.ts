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
      metric any_high = mean[rollout in batch](if any[token](s > 0.5 or old_logp > 9) then 1 else 0)
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
    'deviations',
    `objective deviations {
      model logp : token
      data old_logp : token
      data reward : rollout
      let s = logp - old_logp
      let high = old_logp - mean[token in batch](old_logp)
      let far = var[token in group where old_logp > -1.5](s - reward)
      minimize mean[group in batch](sqrt(far + 0.1)) + pvar[token in batch](s)
        + mean[token in batch](s * high / (pstd[token in batch](old_logp) + 0.1))
      metric twice = mean[token in batch](cumsum[token](exp(s)) * discounted[token](exp(s), tanh(mean[token in batch](s))))
      metric apart = mean[rollout in batch](abs(sum[token](mean[token in batch](s) - s)))
    }`,
  ],
  [
    'leave_one_out',
    `objective leave_one_out {
      param tau in (0, inf) = 0.5
      model logp : token
      model value : rollout
      data old_logp : token
      data reward : rollout
      data weight : group
      let s = mean[token](logp - old_logp)
      let positive = reward > 1
      let advantage = (reward - mean[others](reward)) / (std[others](reward) + 0.1)
      let rest = logsumexp[others where positive](s / tau, anchor: 0) + logsumexp[others](value * s, anchor: value)
      let rival = max[others](s + value, anchor: reward / 4) - min[others where not positive](value, anchor: weight)
      let spread = var[others](s) + pstd[others](value) + pvar[others](s * value)
      let bare = sum[others](exp(s)) + mean[others](value) * mean[others where positive](sum[others](s * value))
      minimize mean[rollout in batch](tau * rest - advantage * s + rival + spread + bare) + mean[token in batch](logp * mean[others](weight * value))
      metric alone = sum[rollout in batch](if count[others] == 0 then 1 else 0)
      metric better = mean[rollout in batch](if any[others where positive](value > 0) or all[others](positive) then count[others where positive] else -1)
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
    'tags',
    `objective tags {
      model logp : token
      data reward : rollout
      tag action : token
      tag kind : rollout
      tag task : group in integer [-2147483648, 2147483647]
      tag main : batch
      let counted = action != kind and action != 16777217
      let same = task == kind or kind == -3
      minimize mean[token in batch where counted](-logp * reward)
        + sum[group in batch where task == main](mean[rollout](mean[token](if action == task then logp else 2 * logp)))
        + mean[rollout in batch](if same then sum[token where main == action](square(logp)) else 0)
      metric large = count[token in batch where action == 16777216] + count[rollout in batch where kind == 5000000000]
      metric others = count[group in batch where task != main]
    }`,
  ],
  [
    'trajectory_balance',
    `objective trajectory_balance {
      param low in (0, 1) = 0.25
      param high in [low, inf) = 3
      model logp : token
      model log_z : group
      model shift : batch in [-3, 3]
      data ref_logp : token
      data reward : rollout
      data scale : group in [-high, high]
      data step : batch
      let gap = log_z + sum[token](logp - ref_logp) - scale * reward / low + shift * exp(-square(step))
      minimize mean[group in batch](scale * mean[rollout](square(clip(gap, -high, high)))) + square(shift)
      metric mean_z = mean[group in batch](log_z)
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
      metric plain = mean[group in batch](quantile[token in group](reward, 0.5)) + quantile[token in batch where reward > 0.5](old_logp, q) + mean[rollout in batch](quantile[token](reward, 0.2))
    }`,
  ],
];

/** Three losses: two of their own inputs, one of both; tags, a value per group, and a bound that is a parameter. */
export const ACTOR_CRITIC = `objective actor_critic {
  param eps in (0, 1) = 0.2
  param cap in [eps, inf) = 0.5
  model logp : token
  model value : token
  data old_logp : token
  data old_value : token
  data target : token
  data weight : group
  tag task : rollout
  tag main : batch

  let advantage = stop(target - value)
  let ratio = exp(logp - old_logp)
  let surrogate = min(ratio * advantage, clip(ratio, 1 - eps, 1 + eps) * advantage)
  let near = clip(value, old_value - cap, old_value + cap)
  let counts = task == main or task != 16777217

  maximize mean[rollout in batch where counts](mean[token](surrogate) * weight) as actor
  minimize 0.5 * mean[token in batch](max(square(value - target), square(near - target))) as critic
  minimize mean[token in batch](square(logp) + value) as both

  metric share = mean[rollout in batch](if counts then 1 else 0)
}`;

/** Shifts by more tokens than most rollouts have, and by more than any has. */
export const FAR = `objective far {
  model logp : token
  data reward : token
  data final : rollout
  let early = shift[token](square(logp), by: 1100, fill: 0.5)
  let late = shift[token](reward, by: -1100, fill: final)
  let outside = shift[token](logp, by: 400000000, fill: 0.25) + shift[token](logp, by: -400000000, fill: final)
  let never = outside + shift[token](logp, by: 3000000000, fill: 0.125)
  minimize mean[token in batch](early * logp + late * square(logp) + never * logp)
  metric inside = sum[token in batch](shift[token](1, by: 1100, fill: 0) + shift[token](1, by: -3000000000, fill: 0.5))
}`;

/** Deviations from the mean of all tokens, for `outlyingBatches`. */
export const OUTLYING = `objective outlying {
  model logp : token
  let far = sum[token](logp - mean[token in batch](logp))
  minimize mean[rollout in batch](abs(far))
  metric middle = mean[token in batch](logp)
  metric spread = std[token in batch](logp)
}`;

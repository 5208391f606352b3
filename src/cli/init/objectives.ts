/** The objectives that a project may begin with: short ones, in the layout of `veriloss fmt`. */

const GRPO = `# GRPO: the clipped surrogate of PPO, with the group's own mean and deviation in place of a critic.
# paper: arXiv:2402.03300, "DeepSeekMath", section 4.1
objective grpo {
  # Clip radius ε of the ratio.
  param eps in (0, 1) = 0.2

  # log π_θ of the sampled token.
  model logp : token
  # log π_old of the same token.
  data old_logp : token
  # Reward of the rollout; any real number.
  data reward : rollout

  let advantage = (reward - mean[rollout](reward)) / (std[rollout](reward) + 1e-6)
  let ratio     = exp(logp - old_logp)
  let surrogate = min(ratio * advantage, clip(ratio, 1 - eps, 1 + eps) * advantage)

  minimize mean[rollout in batch](mean[token](-surrogate))

  metric mean_ratio = mean[token in batch](ratio)
}
`;

const REAL = `# REAL: the reward is read as a class label, and each group is a classification problem.
# paper: arXiv:2602.05630, "Rewards as Labels: Revisiting RLVR from a Classification Perspective", equation 8
objective real {
  # Temperature of the logits; the weight of a rollout is at most 1/τ.
  param tau in (0, inf) = 0.5

  # log π_θ of the sampled token.
  model logp : token
  # log π_old of the same token.
  data old_logp : token
  # 1 for a right answer, 0 for a wrong one.
  data reward : rollout in {0, 1}

  let positive       = reward == 1
  let mean_log_ratio = mean[token](logp - old_logp)
  let mixed          = any[rollout](positive) and any[rollout](not positive)
  let right          = logsumexp[rollout where positive](-mean_log_ratio / tau, anchor: 0)
  let wrong          = logsumexp[rollout where not positive](mean_log_ratio / tau, anchor: 0)

  minimize sum[group in batch where mixed](right + wrong) / count[group in batch]

  metric accuracy = mean[rollout in batch](reward)
}
`;

export const FIRST_OBJECTIVES = { grpo: GRPO, real: REAL } as const;

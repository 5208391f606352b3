/** Which family of the catalogue each objective belongs to, in the order in which they are best read. */

export interface Family {
  /** The page's file name, without extension. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** File names under objectives/, without extension. */
  readonly members: readonly string[];
}

const names = (text: string): readonly string[] => text.trim().split(/\s+/);

export const FAMILIES: readonly Family[] = [
  {
    id: 'tokens',
    title: 'Token-level surrogates',
    about:
      'Each token has its own ratio, and is pushed on its own. They differ in what bounds the ratio, and where.',
    members: names(`reinforce gpg importance_sampling grpo dapo dr_grpo ppo two_sided_clip vapo cispo
      cispo_two_sided sapo dppo_tv dppo_kl dppo_prime prime_ipo clip_cov kl_cov fipo entropy_mask`),
  },
  {
    id: 'rollouts',
    title: 'Rollouts and groups as a whole',
    about:
      'A rollout has one score, and every token of it shares the weight. In some, the rollouts of a group are also weighed against each other.',
    members: names(`gspo gspo_token luspo gmpo hmpo vespo topr kimi astar_po real real_bce real_product
      disco_b disco disco_ratio pacs gvpo flowrl`),
  },
  {
    id: 'imitation',
    title: 'Imitation and distillation',
    about:
      'Tokens that somebody else wrote, or scored: demonstrations, right rollouts, a stronger model, a teacher.',
    members: names('sft rft dft luffy chord opd'),
  },
  {
    id: 'advantages',
    title: 'Advantages and filters',
    about: 'What stands in for the critic: baselines, scales, and which rollouts and groups count.',
    members: names(`rloo rloo_rollout grpo_leave_one_out opo remax pass_at_k gdpo grpo_batch_std reinforce_pp
      reinforce_pp_baseline
      dapo_filtered grpo_finished`),
  },
  {
    id: 'kl',
    title: 'KL terms',
    about:
      'One divergence, many estimators. What matters is what is differentiated: most of these have the same value and another gradient. The weights below are those of the penalty.',
    members: names(`grpo_kl_abs grpo_kl_k2 grpo_kl_k3 grpo_kl_straight grpo_kl_weighted grpo_kl_rollout
      grpo_kl_bounded grpo_kl_reward`),
  },
  {
    id: 'samplers',
    title: 'Corrections for the sampler',
    about: 'The engine that samples and the one that trains disagree a little, or the rollouts are old.',
    members: names('grpo_tis grpo_icepop grpo_mis grpo_seq_mask_tis grpo_opsm decoupled_ppo'),
  },
  {
    id: 'values',
    title: 'Entropy and values',
    about: 'Other outputs of the model: the entropy of its distributions, the values of a critic.',
    members: names('ppo_entropy value_clip value_huber actor_critic'),
  },
  {
    id: 'preferences',
    title: 'Preferences and labels',
    about: 'Pairs of answers of which one was preferred, and single answers with a label. A group is a pair.',
    members:
      names(`dpo dpo_norm dpo_hinge ipo cdpo robust_dpo exo_pair discopop dpo_js dpo_forward_kl simpo cpo orpo
      nca_pair sppo_hard apo_zero apo_down bco kto`),
  },
];

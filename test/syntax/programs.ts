/** Right programs: the two of the specification, and one for each form of the grammar. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const REAL = `# REAL: rewards as labels (arXiv:2602.05630)
objective real {
  param tau in (0, inf) = 0.5

  model logp     : token                # log π_θ of the sampled token; the only differentiable input
  data  old_logp : token                # log π_old, the policy that is improved on
  data  reward   : rollout in {0, 1}

  let positive = reward == 1
  let s        = mean[token](logp - old_logp)                              # one number per rollout
  let mixed    = any[rollout](positive) and any[rollout](not positive)    # one per group

  let cost = logsumexp[rollout where positive](-s / tau, anchor: 0)
           + logsumexp[rollout where not positive](s / tau, anchor: 0)

  minimize sum[group in batch where mixed](cost) / count[group in batch]

  let w = grad(cost, s)                                                    # the gradient weight

  verify "no gradient misassignment" for positive     : abs(w) is nonincreasing in s
  verify "no gradient domination"    for not positive : abs(w) <= 1 / tau
  verify "right direction"           for positive     : w <= 0
}
`;

export const GRPO = `objective grpo {
  param eps  in (0, 1)   = 0.2
  param beta in [0, inf) = 0

  model logp : token
  data  old_logp : token
  data  ref_logp : token
  data  reward   : rollout

  let advantage = (reward - mean[rollout](reward)) / (std[rollout](reward) + 1e-6)
  let s         = logp - old_logp
  let ratio     = exp(s)
  let surrogate = min(ratio * advantage, clip(ratio, 1 - eps, 1 + eps) * advantage)
  let kl        = exp(ref_logp - logp) - (ref_logp - logp) - 1

  minimize mean[rollout in batch](mean[token](beta * kl - surrogate))

  metric clip_fraction = mean[token in batch](if abs(ratio - 1) > eps then 1 else 0)

  let w = grad(-surrogate, s)
  refute "no gradient misassignment" for advantage > 0 : abs(w) is nonincreasing in s
  refute "no gradient domination"    for advantage < 0 : abs(w) is bounded
}
`;

/** Items that are right in the grammar, one form each. */
export const items: readonly string[] = [
  'param a in real',
  'param a in integer = 3',
  'param a in integer [1, inf) = 1 "how many"',
  'param a in (-inf, -1.5e-3] = -2.',
  'param a in {0, 1, -1} = -1 "sign"',
  'model x : batch',
  'data x : group in [0, 1]',
  'data x : rollout in {0, 1} "label"',
  'data is : token in integer',
  'let sum = sum[token](real)',
  'let integer = 1',
  'let others = mean[rollout](others)',
  'let a = mean[others where others > 0](others)',
  'let a = count[others]',
  'let τ = ε_low + 中文 - _x1',
  'let a = -inf',
  'let a = clip(x, 0, inf)',
  'let a = max[token](x, anchor: -inf)',
  'let a = count[rollout where positive]',
  'let a = mean[token in batch where x > 0](x)',
  'let a = if p then x else if q then y else z',
  'let a = 1 + (if p then x else y)',
  'let a = not not p and q or r',
  'let a = p or q and r or not q == r',
  'let a = x + y * z - - x * y ^ 2 < z',
  'let a = not x < y',
  'let a = - - x ^ - 2 ^ 3',
  'let a = a - b - c / d * e',
  'let a = pi * (true == false)',
  'let a = quantile[token](x, 0.5)',
  'let a = shift[token](x, by: 1, fill: 0)',
  'let a = f()',
  'minimize x',
  'maximize mean[rollout in batch](x)',
  'metric at = at',
  'assume x > 0 and y < 1',
  'verify : w <= 0',
  'verify for x > 0 assuming y < 1 : w >= 0',
  'refute "a label" assuming p : w == 0',
  'verify : w is constant in x',
  'verify : w is bounded',
  'verify : w is bounded in x',
  'verify : w is lipschitz in x by 1 / tau',
  'verify : w is nowhere zero in x',
  'verify : w is independent of y',
  'verify : w tends to 0 as x -> inf',
  'verify : w tends to -1 as x -> -inf',
  'verify : sup(w, x) == 1',
  'verify : inf(w, x) == -1',
  'verify : is is convex in by',
];

export const programs: readonly string[] = [
  REAL,
  GRPO,
  `objective everything "a title" {\n${items.map((item) => `  ${item}\n`).join('')}}\n`,
];

/** Wrong programs of the corpus. */
export const corpus = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../corpus/invalid/${name}.obj`, import.meta.url)), 'utf8');

/** Wrong implementations of the catalogue's objectives: one at least for every known difference. Not a test. */
import type { Found } from '../../src/conform/compare.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { mapLeaves } from '../../src/vectors/tree.js';
import type { Vector } from '../../src/vectors.js';
import { given, groupOf, mapRows, maskOf, scaled, type Params } from './implementations.js';

export interface Wrong {
  readonly difference: string;
  readonly objective: string;
  /** Another program … */
  readonly edits?: readonly (readonly [string, string])[];
  /** … or other numbers. */
  readonly numbers?: (program: DerivedProgram, vector: Vector) => Found;
  readonly params?: Params;
  /** Other differences that no vector tells apart from this one. */
  readonly also?: readonly string[];
}

const GRPO_LOSS = 'mean[rollout in batch](mean[token](beta * kl_k3 - surrogate))';
const ADVANTAGE = '(reward - mean[rollout](reward)) / (std[rollout](reward) + std_eps)';
const LOG_RATIO = 'let log_ratio = logp - old_logp';
const CENTRED = 'let advantage = reward - mean[rollout](reward)';
const count = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

/** The rows of a batch from one to another, for objectives with values per token and per rollout. */
const rows = (batch: Vector['batch'], from: number, to: number): Vector['batch'] =>
  Object.fromEntries(
    Object.entries(batch).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : value.slice(from, to),
    ]),
  ) as Vector['batch'];

function inPieces(program: DerivedProgram, { batch, params }: Vector, size: number): Found {
  const total = (batch['group'] as readonly number[]).length;
  const starts = Array.from({ length: Math.ceil(total / size) }, (_, at) => at * size);
  const parts = starts.map((from) => given(program, { batch: rows(batch, from, from + size), params }));
  const grads = parts.map(({ grad }) => (grad as { logp: number[][] }).logp);
  return {
    loss: count(parts.map(({ loss }) => loss as number)) / parts.length,
    grad: { logp: grads.flat().map((row) => row.map((value) => value / parts.length)) },
  };
}

export const WRONG: readonly Wrong[] = [
  {
    difference: 'token-mean',
    objective: 'grpo',
    edits: [[GRPO_LOSS, 'mean[token in batch](beta * kl_k3 - surrogate)']],
  },
  {
    difference: 'token-mean',
    objective: 'gspo',
    edits: [['mean[rollout in batch](-surrogate)', 'mean[token in batch](-surrogate)']],
  },
  {
    difference: 'rollout-mean',
    objective: 'dapo',
    edits: [['mean[token in batch](-surrogate)', 'mean[rollout in batch](mean[token](-surrogate))']],
  },
  {
    difference: 'rollout-mean',
    objective: 'dr_grpo',
    edits: [
      [
        'sum[token in batch](-surrogate) / (count[rollout in batch] * max_length)',
        'mean[rollout in batch](mean[token](-surrogate)) + 0 * max_length',
      ],
    ],
  },
  { difference: 'rollout-sum', objective: 'grpo', edits: [['(mean[token](beta', '(sum[token](beta']] },
  {
    difference: 'rollout-sum',
    objective: 'dapo',
    edits: [['mean[token in batch](-surrogate)', 'sum[token in batch](-surrogate)']],
    also: ['other-normaliser'],
  },
  {
    difference: 'padded-width',
    objective: 'dr_grpo',
    numbers: (program, vector) =>
      scaled(given(program, vector), (vector.params['max_length'] ?? 0) / (maskOf(vector)[0] ?? []).length),
  },
  {
    difference: 'empty-rollouts-dropped',
    objective: 'grpo',
    edits: [
      [
        'mean[rollout in batch](mean[token](beta',
        'mean[rollout in batch where count[token] > 0](mean[token](beta',
      ],
    ],
    also: ['other-normaliser'],
  },
  {
    difference: 'filtered-denominator',
    objective: 'real',
    edits: [
      [
        'sum[group in batch where mixed](cost) / count[group in batch]',
        'mean[group in batch where mixed](cost)',
      ],
    ],
  },
  {
    difference: 'filtered-denominator',
    objective: 'real_bce',
    edits: [
      [
        'mean[rollout in batch where mixed](cost)',
        'sum[rollout in batch where mixed](cost) / count[rollout in batch]',
      ],
    ],
  },
  {
    difference: 'micro-batch',
    objective: 'dapo',
    numbers: (program, vector) => inPieces(program, vector, 4),
  },
  {
    difference: 'micro-batch',
    objective: 'real',
    numbers: (program, vector) => inPieces(program, vector, 2),
  },
  {
    difference: 'group-order',
    objective: 'real',
    numbers: (program, { batch, params }) => {
      const ids = groupOf({ batch });
      const groups = new Set(ids).size;
      const size = Math.floor(ids.length / groups);
      const group = ids.map((_, row) => Math.min(groups - 1, Math.floor(row / size)));
      return given(program, { batch: { ...batch, group }, params });
    },
  },
  {
    difference: 'std-ddof',
    objective: 'grpo',
    edits: [
      [
        'let advantage = (reward - mean[rollout](reward)) / (std[',
        'let advantage = (reward - mean[rollout](reward)) / (pstd[',
      ],
    ],
  },
  {
    difference: 'std-eps',
    objective: 'grpo',
    edits: [[ADVANTAGE, '(reward - mean[rollout](reward)) / sqrt(var[rollout](reward) + std_eps)']],
  },
  {
    difference: 'std-eps',
    objective: 'gspo',
    edits: [['(std[rollout](reward) + std_eps)', '(std[rollout](reward) + 1e-4 + 0 * std_eps)']],
    also: ['parameter-ignored'],
  },
  {
    difference: 'std-presence',
    objective: 'grpo',
    edits: [[ADVANTAGE, 'reward - mean[rollout](reward) + 0 * std_eps']],
  },
  {
    difference: 'std-presence',
    objective: 'dr_grpo',
    edits: [[CENTRED, 'let advantage = (reward - mean[rollout](reward)) / (std[rollout](reward) + 1e-4)']],
  },
  {
    difference: 'batch-statistics',
    objective: 'grpo',
    edits: [[ADVANTAGE, '(reward - mean[rollout](reward)) / (std[rollout in batch](reward) + std_eps)']],
  },
  {
    difference: 'leave-one-out',
    objective: 'dr_grpo',
    edits: [
      [
        CENTRED,
        'let n = count[rollout]\n  let advantage = if n > 1 then (reward - mean[rollout](reward)) * n / max(n - 1, 1) else 0',
      ],
    ],
  },
  {
    difference: 'lone-rollout',
    objective: 'grpo',
    edits: [
      [`let advantage = ${ADVANTAGE}`, `let advantage = if count[rollout] > 1 then ${ADVANTAGE} else reward`],
    ],
  },
  {
    difference: 'guarded-ratio',
    objective: 'grpo',
    edits: [[LOG_RATIO, 'let log_ratio = clip(logp - old_logp, -20, 20)']],
  },
  {
    difference: 'guarded-ratio',
    objective: 'gspo',
    edits: [['exp(mean_log_ratio)', 'exp(clip(mean_log_ratio, -inf, 10))']],
  },
  { difference: 'clip-side', objective: 'grpo', edits: [['let surrogate = min(', 'let surrogate = max(']] },
  {
    difference: 'clip-side',
    objective: 'dapo',
    edits: [
      [
        'min(ratio * advantage, clip(ratio, 1 - eps_low, 1 + eps_high) * advantage)',
        'clip(ratio, 1 - eps_low, 1 + eps_high) * advantage',
      ],
    ],
  },
  {
    difference: 'clip-bounds',
    objective: 'cispo',
    edits: [['min(ratio, ratio_max)', 'clip(ratio, 0, 1 + ratio_max)']],
  },
  {
    difference: 'clip-bounds',
    objective: 'dapo',
    edits: [
      [
        'min(ratio * advantage, clip(ratio, 1 - eps_low, 1 + eps_high)',
        'min(ratio * advantage, clip(ratio, 1 - eps_low, 1 + eps_low)',
      ],
    ],
  },
  {
    difference: 'dual-clip',
    objective: 'ppo',
    edits: [
      [
        'let surrogate = if advantage < 0 then max(clipped, dual_clip * advantage) else clipped',
        'let surrogate = clipped + 0 * dual_clip',
      ],
    ],
  },
  {
    difference: 'dual-clip',
    objective: 'grpo',
    edits: [
      [
        'let surrogate = min(ratio * advantage, clip(ratio, 1 - eps, 1 + eps) * advantage)',
        'let inner = min(ratio * advantage, clip(ratio, 1 - eps, 1 + eps) * advantage)\n  let surrogate = if advantage < 0 then max(inner, 3 * advantage) else inner',
      ],
    ],
  },
  {
    difference: 'sequence-ratio',
    objective: 'gspo',
    edits: [['mean[token](log_ratio)', 'sum[token](log_ratio)']],
  },
  {
    difference: 'sequence-ratio',
    objective: 'real',
    edits: [['let mean_log_ratio = mean[token]', 'let mean_log_ratio = sum[token]']],
  },
  {
    difference: 'kl-clamped',
    objective: 'grpo',
    params: { beta: 0.1 },
    edits: [
      [
        'let kl_k3 = expm1(ref_logp - logp) - (ref_logp - logp)',
        'let kl_k3 = clip(expm1(ref_logp - logp) - (ref_logp - logp), -10, 10)',
      ],
    ],
  },
  {
    difference: 'kl-estimator',
    objective: 'grpo',
    params: { beta: 0.1 },
    edits: [
      ['let kl_k3 = expm1(ref_logp - logp) - (ref_logp - logp)', 'let kl_k3 = square(ref_logp - logp) / 2'],
    ],
  },
  {
    difference: 'stop-missing',
    objective: 'cispo',
    edits: [['stop(min(ratio, ratio_max))', 'min(ratio, ratio_max)']],
  },
  {
    difference: 'stop-added',
    objective: 'dapo',
    numbers: (program, vector) => ({ ...given(program, vector), grad: mapLeaves(vector.grad, () => 0) }),
  },
  { difference: 'anchor-missing', objective: 'real', edits: [['anchor: 0', 'anchor: -inf']] },
  {
    difference: 'sign',
    objective: 'gspo',
    numbers: (program, vector) => scaled(given(program, vector), -1),
    also: ['constant-factor'],
  },
  {
    difference: 'constant-factor',
    objective: 'gmpo',
    numbers: (program, vector) => scaled(given(program, vector), 8),
  },
  {
    difference: 'other-normaliser',
    objective: 'sapo',
    numbers: (program, vector) => scaled(given(program, vector), groupOf(vector).length),
  },
  {
    difference: 'row-length-factor',
    objective: 'gspo',
    numbers: (program, vector) => {
      const { loss, grad } = given(program, vector);
      return { loss, grad: mapRows(grad, (value, row) => value * count(maskOf(vector)[row] ?? [])) };
    },
  },
  {
    difference: 'parameter-ignored',
    objective: 'grpo',
    numbers: (program, { batch, params }) => given(program, { batch, params: { ...params, eps: 0.2 } }),
  },
  {
    difference: 'mask-ignored',
    objective: 'dapo',
    numbers: (program, { batch, params }) => {
      const mask = maskOf({ batch }).map((row) => row.map(() => 1));
      return given(program, { batch: { ...batch, mask }, params });
    },
  },
  {
    difference: 'mask-leak',
    objective: 'real',
    numbers: (program, vector) =>
      ['masked-nan', 'masked-inf', 'masked-minus-inf'].includes(vector.name)
        ? { loss: NaN, grad: mapLeaves(vector.grad, () => NaN) }
        : given(program, vector),
  },
  {
    difference: 'masked-gradient',
    objective: 'dapo',
    numbers: (program, vector) => {
      const { loss, grad } = given(program, vector);
      return {
        loss,
        grad: mapRows(grad, (value, row, at) => (maskOf(vector)[row]?.[at] === 1 ? value : 0.5)),
      };
    },
  },
  {
    difference: 'empty-nan',
    objective: 'real',
    numbers: (program, vector) =>
      maskOf(vector).some((row) => !row.includes(1))
        ? { loss: NaN, grad: mapLeaves(vector.grad, () => NaN) }
        : given(program, vector),
  },
  {
    difference: 'overflow',
    objective: 'real',
    numbers: (program, vector) =>
      vector.name === 'extreme-1000'
        ? { loss: Infinity, grad: mapLeaves(vector.grad, () => NaN) }
        : given(program, vector),
  },
  {
    difference: 'single-precision',
    objective: 'grpo',
    numbers: (program, vector) => given(program, vector, Math.fround),
  },
];

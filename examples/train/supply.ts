/**
 * What this trainer can give an objective, by the name the objective declares it under. To supply another input, add a
 * line to the table: its levels and how it comes out of a minibatch.
 */
import * as tf from '@tensorflow/tfjs';
import { type Minibatch } from './minibatch.js';
import { type Batch, type ObjectiveModule, type Parameters } from './objective-module.js';
import { usageError } from './usage-error.js';

interface Supply {
  /** Values per token [B·T] or per rollout [B], row-major. */
  readonly level: 'token' | 'rollout';
  readonly values: (minibatch: Minibatch) => Float32Array;
}

/** The data inputs. The one model input is `logp`, which the training step computes. */
const supplies: Readonly<Record<string, Supply>> = {
  old_logp: { level: 'token', values: (minibatch) => minibatch.samplerLogp },
  rollout_logp: { level: 'token', values: (minibatch) => minibatch.samplerLogp },
  ref_logp: { level: 'token', values: (minibatch) => minibatch.referenceLogp },
  reward: { level: 'rollout', values: (minibatch) => minibatch.reward },
  baseline: { level: 'rollout', values: (minibatch) => groupMoments(minibatch).mean },
  advantage: { level: 'rollout', values: groupAdvantage },
};

/** Throws a usage error that names every input of the objective that this trainer cannot give it. */
export function checkInputs(objective: ObjectiveModule): void {
  const missing = objective.inputs.filter(({ name, role, level }) =>
    role === 'model' ? name !== 'logp' || level !== 'token' : role !== 'data' || !fits(supplies[name], level),
  );
  if (missing.length === 0) return;
  const list = missing.map(({ name, role, level }) => `\`${role} ${name} : ${level}\``).join(', ');
  const known = Object.entries(supplies).map(([name, { level }]) => `\`data ${name} : ${level}\``);
  throw usageError(
    `objective \`${objective.name}\` needs ${list}, which this trainer cannot supply\n` +
      `it supplies: \`model logp : token\`, ${known.join(', ')} (see examples/train/supply.ts)`,
  );
}

/** Throws a usage error when a parameter is set that the objective lacks, or one without a default is not set. */
export function checkParameters(objective: ObjectiveModule, parameters: Parameters): void {
  const names = objective.parameters.map(({ name }) => name);
  const known = names.length > 0 ? `its parameters: ${names.join(', ')}` : 'it has no parameters';
  for (const name of Object.keys(parameters)) {
    if (!names.includes(name))
      throw usageError(`--set ${name}: not a parameter of \`${objective.name}\`; ${known}`);
  }
  for (const { name, default: value } of objective.parameters) {
    if (value === undefined && parameters[name] === undefined) {
      throw usageError(
        `parameter \`${name}\` of \`${objective.name}\` has no default: give it with --set ${name}=…`,
      );
    }
  }
}

/** Does the objective read this input? */
export function reads(objective: ObjectiveModule, name: string): boolean {
  return objective.inputs.some((input) => input.name === name);
}

/** Everything of a batch but `logp`; the caller owns the tensors. */
export function dataOf(objective: ObjectiveModule, minibatch: Minibatch): Batch {
  const { rollouts: B, positions: T, group } = minibatch;
  const data: Record<string, tf.Tensor> = {};
  for (const { name, role, level } of objective.inputs) {
    const supply = supplies[name];
    if (role !== 'data' || supply === undefined) continue;
    const values = supply.values(minibatch);
    if (supply.level === 'token') data[name] = tf.tensor2d(values, [B, T]);
    else if (level === 'rollout') data[name] = tf.tensor1d(values);
    else
      data[name] = tf.tensor2d(
        Float32Array.from({ length: B * T }, (_, i) => values[Math.floor(i / T)] ?? 0),
        [B, T],
      );
  }
  return { ...data, group, mask: tf.tensor2d(minibatch.mask, [B, T]) };
}

/** A value per rollout also serves an input per token: it is repeated. */
function fits(supply: Supply | undefined, level: string): boolean {
  return (
    supply !== undefined && (level === supply.level || (level === 'token' && supply.level === 'rollout'))
  );
}

/** reward − group mean, over the group's sample deviation. */
function groupAdvantage(minibatch: Minibatch): Float32Array {
  const { mean, deviation } = groupMoments(minibatch);
  return minibatch.reward.map((reward, row) => (reward - (mean[row] ?? 0)) / ((deviation[row] ?? 0) + 1e-6));
}

/** Mean and sample deviation (n − 1) of the rewards in each rollout's group, both [B]. */
function groupMoments({ group, reward }: Minibatch): {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
} {
  const members = new Map<number, number[]>();
  group.forEach((id, row) => members.set(id, [...(members.get(id) ?? []), reward[row] ?? 0]));
  const moments = new Map(
    Array.from(members, ([id, rewards]) => {
      const mean = rewards.reduce((sum, value) => sum + value, 0) / rewards.length;
      const squares = rewards.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return [
        id,
        { mean, deviation: rewards.length > 1 ? Math.sqrt(squares / (rewards.length - 1)) : 0 },
      ] as const;
    }),
  );
  return {
    mean: Float32Array.from(group, (id) => moments.get(id)?.mean ?? 0),
    deviation: Float32Array.from(group, (id) => moments.get(id)?.deviation ?? 0),
  };
}

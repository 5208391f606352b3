/** Random batches and parameters, ends of domains among them. */
import type { Decimal } from 'decimal.js';
import { fixedDomain, inDomain, type Domain } from '../../../src/base/domain.js';
import type { Ragged } from '../../../src/base/ragged.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { decimal, type DecimalValues } from './decimal.js';
import type { Random } from './random.js';

export interface Sampled {
  readonly ragged: Ragged;
  readonly values: DecimalValues;
}

const NUMBERS = [0, 0, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 8, 20, 40] as const;

export function numberIn(
  random: Random,
  domain: Domain | undefined,
  params: ReadonlyMap<string, Decimal>,
): number {
  const drawn = (): number =>
    random.chance(0.5)
      ? random.pick(NUMBERS) * (random.chance(0.5) ? -1 : 1)
      : Math.round(random.between(-3, 3) * 1000) / 1000;
  const fixed =
    domain === undefined ? undefined : fixedDomain(domain, (name) => params.get(name)?.toNumber());
  if (fixed === undefined) return drawn();
  if (fixed.kind === 'set') return random.pick(fixed.values);
  const { low, high } = fixed.interval;
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const near = random.pick([1e-3, 0.01, 0.1, 0.5, 1, 2, 10, 100]) * random.next();
    const raw = random.chance(0.4)
      ? drawn()
      : Number.isFinite(low) && (random.chance(0.5) || !Number.isFinite(high))
        ? low + (random.chance(0.2) ? 0 : near)
        : Number.isFinite(high)
          ? high - (random.chance(0.2) ? 0 : near)
          : drawn();
    const value = fixed.integer ? Math.round(raw) : raw;
    if (inDomain(fixed, value)) return value;
  }
  return Number.isFinite(low) && Number.isFinite(high)
    ? (low + high) / 2
    : Number.isFinite(low)
      ? low + 1
      : 0;
}

/** One batch and parameters; sizes are 1 and more, as claims take them. */
export function sample(program: DerivedProgram, random: Random): Sampled {
  const rollouts = random.pick([1, 1, 2, 2, 3, 4]);
  const groups = rollouts > 1 && random.chance(0.3) ? 2 : 1;
  const groupOfRollout = Int32Array.from({ length: rollouts }, (_, row) => (row === 0 ? 0 : row % groups));
  const rolloutOfToken = Int32Array.from(
    [...groupOfRollout].flatMap((_, row) => Array<number>(random.pick([1, 1, 2, 3])).fill(row)),
  );
  const ragged: Ragged = {
    sizes: { batch: 1, group: groups, rollout: rollouts, token: rolloutOfToken.length },
    groupOfRollout,
    rolloutOfToken,
  };
  const params = new Map<string, Decimal>();
  for (const { name, domain } of program.params) params.set(name, decimal(numberIn(random, domain, params)));
  const inputs = new Map(
    program.inputs.map(({ name, level, domain }) => [
      name,
      Array.from({ length: ragged.sizes[level] }, () => decimal(numberIn(random, domain, params))),
    ]),
  );
  return { ragged, values: { params, inputs } };
}

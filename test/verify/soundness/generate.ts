/**
 * Random objectives with random claims, as text: clips, gates, selections, stops, sums over groups and tokens; bounds that
 * are true, false, and false by a hair.
 */
import { randomOf, type Random } from './random.js';

interface Shape {
  readonly random: Random;
  readonly params: readonly string[];
  /** Names that may stand in a cost, besides the score. */
  readonly data: readonly string[];
  readonly score: string;
}

const PARAMS = [
  'tau in (0, inf) = 0.5',
  'eps in (0, 1) = 0.2',
  'beta in [0, 2] = 1',
  'k in [1, inf) = 2',
  'c in {0.5, 1.5} = 0.5',
] as const;
const nameIn = (declaration: string): string => declaration.split(' ')[0] ?? '';

const NUMBERS = ['1', '2', '0.5', '3', '0.1', '1.05'] as const;

/** A positive quantity that does not depend on the score. */
function positive({ random, params }: Shape): string {
  const usable = params.filter((name) => name !== 'beta');
  const own = usable.length > 0 && random.chance(0.6) ? random.pick(usable) : random.pick(NUMBERS);
  return random.chance(0.2) ? `(1 + ${own})` : own;
}

/** A function of the score. */
function term(shape: Shape, depth: number): string {
  const { random, score, data } = shape;
  if (depth === 0) return random.chance(0.7) ? score : `${score} / ${positive(shape)}`;
  const inner = (): string => term(shape, depth - 1);
  switch (random.below(15)) {
    case 0:
      return `exp(${inner()})`;
    case 1:
      return `sigmoid(${inner()})`;
    case 2:
      return `softplus(${inner()})`;
    case 3:
      return `tanh(${inner()})`;
    case 4:
      return `clip(${inner()}, -${positive(shape)}, ${positive(shape)})`;
    case 5:
      return `min(${inner()}, ${random.chance(0.5) ? positive(shape) : inner()})`;
    case 6:
      return `max(${inner()}, ${random.chance(0.5) ? `-${positive(shape)}` : inner()})`;
    case 7:
      return `abs(${inner()})`;
    case 8:
      return `square(${inner()})`;
    case 9:
      return `${positive(shape)} * ${wrapped(inner())}`;
    case 10:
      return `(${inner()} ${random.pick(['+', '-'])} ${inner()})`;
    case 11:
      return `stop(${inner()}) * ${score}`;
    case 12:
      return `(if ${score} ${random.pick(['>', '<=', '>='])} ${random.pick(['0', `-${positive(shape)}`, positive(shape)])} then ${inner()} else ${inner()})`;
    case 13:
      return data.length > 0 ? `${random.pick(data)} * ${wrapped(inner())}` : `-${wrapped(inner())}`;
    default:
      return `${wrapped(inner())} / (1 + exp(${score}))`;
  }
}
const wrapped = (text: string): string => `(${text})`;

/** A condition on what does not depend on the score. */
function guard({ random, data }: Shape): string {
  const name = data.length === 0 ? undefined : random.pick(data);
  if (name === undefined || random.chance(0.3)) return '';
  return ` for ${name} ${random.pick(['> 0', '< 0', '>= 0', '!= 0'])}`;
}
function assumption({ random, score }: Shape): string {
  if (random.chance(0.8)) return '';
  return ` assuming ${random.pick([`${score} == 0`, `${score} > 0`, `abs(${score}) <= 2`, `${score} < 1`])}`;
}

function claims(shape: Shape): readonly string[] {
  const { random, score } = shape;
  const of = (): string => random.pick(['w', 'w', 'abs(w)', 'cost', '-w']);
  const bound = (): string =>
    random.pick([
      '0',
      '1',
      '-1',
      positive(shape),
      `1 / ${positive(shape)}`,
      `${positive(shape)} * ${positive(shape)}`,
      `-${positive(shape)}`,
    ]);
  const statement = (): string => {
    switch (random.below(11)) {
      case 0:
      case 1:
      case 2:
        return `${of()} ${random.pick(['<=', '<', '>=', '>', '=='])} ${bound()}`;
      case 3:
      case 4:
        return `${of()} is ${random.pick(['nonincreasing', 'nondecreasing', 'increasing', 'decreasing', 'constant'])} in ${score}`;
      case 5:
        return `${of()} is bounded${random.chance(0.4) ? ` in ${score}` : ''}`;
      case 6:
        return `${random.pick(['sup', 'inf'])}(${of()}, ${score}) == ${bound()}`;
      case 7:
        return `${of()} is continuous in ${score}`;
      case 8:
        return `${of()} is lipschitz in ${score} by ${positive(shape)}`;
      case 9:
        return random.chance(0.5) ? `${of()} is convex in ${score}` : `${of()} is nowhere zero in ${score}`;
      default:
        return `${of()} tends to ${bound()} as ${score} -> ${random.pick(['inf', '-inf', '0'])}`;
    }
  };
  return Array.from({ length: 4 }, () => `  verify${guard(shape)}${assumption(shape)} : ${statement()}`);
}

/** One objective; some seeds give programs that the checker refuses. */
export function objectiveText(seed: number): string {
  const random = randomOf(seed);
  const declared = PARAMS.filter(() => random.chance(0.45));
  const params = declared.map(nameIn);
  const isOfGroups = random.chance(0.4);
  const body = isOfGroups ? groupBody(random, params) : tokenBody(random, params);
  return ['objective fuzzed {', ...declared.map((one) => `  param ${one}`), ...body, '}', ''].join('\n');
}

function tokenBody(random: Random, params: readonly string[]): readonly string[] {
  const domain = random.pick(['', '', ' in (0, inf)', ' in (-inf, 0)', ' in [-1, 1]']);
  const shape: Shape = { random, params, data: ['a'], score: 's' };
  const usesMean = random.chance(0.25);
  const cost = term(shape, 1 + random.below(3));
  return [
    '  model logp : token',
    '  data old_logp : token',
    `  data a : token${domain}`,
    '  let s = logp - old_logp',
    `  let cost = ${usesMean ? `${wrapped(cost)} * ${random.pick(['mean[token](s)', 'count[token]', 'exp(mean[token](stop(s)))'])}` : cost}`,
    '  minimize mean[token in batch](cost)',
    '  let w = grad(cost, s)'.replace('cost', usesMean ? 'sum[token](cost)' : 'cost'),
    ...claims(shape),
  ];
}

function groupBody(random: Random, params: readonly string[]): readonly string[] {
  const shape: Shape = { random, params, data: ['(reward - 0.5)', 'centred'], score: 's' };
  const own: Shape = { ...shape, data: ['reward'] };
  const inner = term(own, 1 + random.below(2));
  const reduced = random.pick([
    `logsumexp[rollout where reward == 1](${random.pick(['s', '-s', inner])}, anchor: 0)`,
    `log(1 + sum[rollout](exp(${random.pick(['s', '-s'])})))`,
    `sum[rollout](${inner})`,
    `mean[rollout](centred * (${inner}))`,
    `sum[rollout where reward == 1](${inner}) / count[rollout]`,
    `softplus(sum[rollout where reward == 1](s) - sum[rollout where reward == 0](s))`,
    `max[rollout](${inner})`,
  ]);
  return [
    '  model logp : token',
    '  data old_logp : token',
    '  data reward : rollout in {0, 1}',
    '  let centred = reward - mean[rollout](reward)',
    '  let s = mean[token](logp - old_logp)',
    `  let cost = ${reduced}`,
    '  minimize mean[group in batch](cost)',
    '  let w = grad(cost, s)',
    ...claims(shape),
  ];
}

/** Quantiles in WGSL: exactly the elements that the reference takes, of whatever sets and numbers. */
import { beforeAll, expect, test } from 'vitest';
import { nameable } from '../../../src/base/level.js';
import { wgslKernels } from '../../../src/emit/wgsl/emit.js';
import { constant, gt, reduce, swap, type IndexSet } from '../../../src/ir/build.js';
import type { Expr, Input } from '../../../src/ir/expr.js';
import { intern } from '../../../src/ir/graph.js';
import { quantileOf } from '../../../src/ir/ops/reduce.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { fuse } from '../../../src/plan/fused/fuse.js';
import { rowLayout, type RowLayout } from '../../../src/runtime/plain/row-layout.js';
import { announceMissing } from '../../backends/backend.js';
import { randomFrom } from '../../property/batches.js';
import { programOf } from '../compiled.js';
import { openDevice, run, type Given, type Grain } from './executor.js';

let device: GPUDevice | undefined;
beforeAll(async () => {
  device = await openDevice();
  if (device === undefined) announceMissing('quantiles in WGSL', 'WebGPU found no adapter');
});

/** Ties, both zeros, the least and the largest that there are, and infinities. */
const HARD = [
  0,
  -0,
  0,
  1,
  1,
  -1,
  1e-40,
  -1e-40,
  1e-38,
  3.4e38,
  -3.4e38,
  0.1,
  -0.1,
  0.10000001,
  2,
  Infinity,
  -Infinity,
];

const program = programOf(`objective inputs {
  model x : token
  data r : rollout
  data v : group
  data q : batch
  minimize mean[token in batch](x * r * v * q)
}`);
const inputOf = (of: DerivedProgram, name: string): Input => {
  const found = intern(of.losses.map(({ loss }) => loss)).nodes.find(
    (node): node is Input => node.op === 'input' && node.name === name,
  );
  if (found === undefined) throw new Error(`no input ${name}`);
  return found;
};
const [x, r, v, q] = ['x', 'r', 'v', 'q'].map((name) => inputOf(program, name)) as [
  Input,
  Input,
  Input,
  Input,
];

interface Case {
  readonly set: IndexSet;
  readonly of: Expr;
  /** The numbers in each set. */
  readonly elements: (given: Given) => readonly (readonly number[])[];
}
const range = (size: number): readonly number[] => Array.from({ length: size }, (_, at) => at);
const numbers = ({ inputs }: Given, name: string): readonly number[] => [...(inputs[name] ?? [])];
const tokensOf = (given: Given, rollouts: readonly number[]): readonly number[] =>
  rollouts.flatMap((b) => {
    const { positions } = given.layout;
    return range(positions)
      .map((t) => b * positions + t)
      .filter((i) => given.mask[i] !== 0)
      .map((i) => numbers(given, 'x')[i] ?? NaN);
  });
const membersOf = ({ groupOf }: RowLayout, g: number): readonly number[] =>
  [...groupOf].flatMap((own, b) => (own === g ? [b] : []));
const rewards = (given: Given, rollouts: readonly number[]): readonly number[] =>
  rollouts.map((b) => numbers(given, 'r')[b] ?? NaN);

const LEAST = -0.05;
const isLarge = gt(x, constant('-0.05'));
const CASES: Readonly<Record<string, Case>> = {
  'tokens in a rollout': {
    set: { from: 'token', to: 'rollout' },
    of: x,
    elements: (given) => range(given.layout.rollouts).map((b) => tokensOf(given, [b])),
  },
  'tokens in a group': {
    set: { from: 'token', to: 'group' },
    of: x,
    elements: (given) => range(given.layout.groups).map((g) => tokensOf(given, membersOf(given.layout, g))),
  },
  'tokens in the batch': {
    set: { from: 'token', to: 'batch' },
    of: x,
    elements: (given) => [tokensOf(given, range(given.layout.rollouts))],
  },
  'some tokens in the batch': {
    set: { from: 'token', to: 'batch', where: isLarge },
    of: x,
    elements: (given) => [tokensOf(given, range(given.layout.rollouts)).filter((one) => one > LEAST)],
  },
  'some tokens in a rollout': {
    set: { from: 'token', to: 'rollout', where: isLarge },
    of: x,
    elements: (given) =>
      range(given.layout.rollouts).map((b) => tokensOf(given, [b]).filter((one) => one > LEAST)),
  },
  'rollouts in a group': {
    set: { from: 'rollout', to: 'group' },
    of: r,
    elements: (given) => range(given.layout.groups).map((g) => rewards(given, membersOf(given.layout, g))),
  },
  'rollouts in the batch': {
    set: { from: 'rollout', to: 'batch' },
    of: r,
    elements: (given) => [rewards(given, range(given.layout.rollouts))],
  },
  'groups in the batch': {
    set: { from: 'group', to: 'batch' },
    of: v,
    elements: (given) => [numbers(given, 'v')],
  },
  'the others of a group': {
    set: { from: 'peer', to: 'rollout' },
    of: swap(r),
    elements: (given) =>
      range(given.layout.rollouts).map((b) =>
        rewards(
          given,
          membersOf(given.layout, given.layout.groupOf[b] ?? 0).filter((other) => other !== b),
        ),
      ),
  },
};

function givenOf(rollouts: number, positions: number, from: readonly number[]): Given {
  const random = randomFrom(17);
  const draw = (): number => from[Math.floor(random() * from.length)] ?? 0;
  // The first rollout has no token, the second one all.
  const mask = Float32Array.from(range(rollouts * positions), (_, i) =>
    i < positions ? 0 : i < 2 * positions || random() < 0.7 ? 1 : 0,
  );
  const group = range(rollouts).map(() => Math.floor(random() * 3));
  const layout = rowLayout(group, mask);
  const inputs = {
    x: Float32Array.from(mask, draw),
    r: Float32Array.from(group, draw),
    v: Float32Array.from(range(layout.groups), draw),
    q: Float32Array.of(0.25),
  };
  return { layout, mask, inputs, params: {} };
}

/** An element is taken as it is; between two of them float32 rounds, and what is too small to be normal may be 0. */
function isSame(got: number, want: number, between: boolean): boolean {
  if (!between || !Number.isFinite(want)) return got === want || (Number.isNaN(got) && Number.isNaN(want));
  return Math.abs(got - want) <= 3e-7 * Math.abs(want) + 1e-37;
}

/** All of them together, so that orderings share kernels. */
const plan = fuse(
  Object.entries(CASES).map(([name, { set, of }]) => ({
    name,
    level: nameable(set.to),
    value: reduce('quantile', set, of, q),
  })),
);
const form = wgslKernels(plan);

/** What differs from the reference, of whatever set. */
async function differences(on: GPUDevice, given: Given, share: number, grain: Grain): Promise<object> {
  if ('because' in form) throw new Error(form.because);
  const changed = { ...given, inputs: { ...given.inputs, q: Float32Array.of(share) } };
  const { outputs } = await run(on, form, changed, grain);
  const wrong = Object.entries(CASES).flatMap(([name, { elements: of }], output) =>
    of(changed).flatMap((elements, at) => {
      const got = outputs.get(output)?.[at] ?? NaN;
      const expected = quantileOf.eval(elements, share);
      const isBetween = !Number.isInteger(share * (elements.length - 1));
      return isSame(got, expected, isBetween) ? [] : [{ name, at, got, expected }];
    }),
  );
  return { share, wrong };
}

const random = randomFrom(23);
const SMOOTH = range(500).map(() => Math.fround((random() - 0.5) * 2 ** Math.floor(random() * 12)));
test.for([
  ['hard ones', givenOf(13, 37, HARD), 8, 1],
  ['smooth ones', givenOf(9, 70, SMOOTH), 8, 1],
  ['hard ones of few sets', givenOf(2, 1, HARD), 8, 1],
  ['hard ones, by one lane', givenOf(13, 37, HARD), 1, 1],
  ['smooth ones, by more lanes than there are sums of counts', givenOf(9, 70, SMOOTH), 64, 1],
  ['smooth ones, four at once', givenOf(9, 72, SMOOTH), 8, 4],
  ['some that are no numbers', givenOf(11, 20, [NaN, 1, 2, 3, 4, 5, 6, 7]), 8, 1],
] as const)('of %s', async ([, given, lanes, width], context) => {
  const on = device ?? context.skip('no adapter');
  for (const share of [0, 1, 0.25, 0.5, 0.75, 1.5, NaN])
    expect(await differences(on, given, share, { lanes, width })).toEqual({ share, wrong: [] });
});

test('with a kernel for each digit of all tokens, and one for all sets of a level', () => {
  if ('because' in form) throw new Error(form.because);
  expect(form.kernels.map(({ workgroups }) => workgroups)).toEqual([
    // Of rollouts and groups: in the batch, in a group, of the others.
    ...['one', 'rollouts', 'rollouts'],
    // A walk that keeps which tokens count; then of tokens in a group and in a rollout.
    ...['rollouts', 'rollouts', 'rollouts'],
    ...['few', 'few', 'few', 'few', 'one'],
  ]);
});

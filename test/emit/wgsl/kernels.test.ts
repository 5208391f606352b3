/** Kernels in WGSL against the reference, for every objective; how many there are, and what is said where there are none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { wgslKernels } from '../../../src/emit/wgsl/emit.js';
import type { Kernels } from '../../../src/emit/wgsl/kernel.js';
import { evaluateProgram } from '../../../src/evaluation.js';
import { reduce } from '../../../src/ir/build.js';
import { intern } from '../../../src/ir/graph.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { fuse } from '../../../src/plan/fused/fuse.js';
import { lossesOf } from '../../../src/report/evaluated.js';
import { shaderText } from '../../../src/runtime/fused/webgpu-kernels.js';
import { announceMissing } from '../../backends/backend.js';
import { randomFrom } from '../../property/batches.js';
import { ROOT } from '../../sources.js';
import { farBatches, outlyingBatches, randomBatch, withOne, type RawBatch, type Shape } from '../batches.js';
import { AMPLIFIED, INFINITE_FACTOR, deviation } from '../compare.js';
import { OBJECTIVES, objective, programOf } from '../compiled.js';
import { FAR, OUTLYING } from '../programs.js';
import { openDevice, pipelines, run, type Grain } from './executor.js';
import { givenOf, paramsOf, programs, subjectsOf } from './subjects.js';

const ONE_AT_ONCE: Grain = { lanes: 32, width: 1 };
const FOUR_AT_ONCE: Grain = { lanes: 4, width: 4 };

/** Fewer positions than lanes, and more; groups of one, rollouts without a token. */
const SHAPES: readonly (readonly [Shape, Grain])[] = [
  [{ rollouts: 8, positions: 5, regular: true }, ONE_AT_ONCE],
  [{ rollouts: 11, positions: 4, regular: false }, FOUR_AT_ONCE],
  [{ rollouts: 1, positions: 1, regular: true }, ONE_AT_ONCE],
  [{ rollouts: 41, positions: 71, regular: false }, ONE_AT_ONCE],
  [{ rollouts: 17, positions: 36, regular: false }, FOUR_AT_ONCE],
];
/**
 * In units of what the others are allowed. `gvpo` has residuals that are almost the mean of their group: its largest error is 2e-7 of
 * the largest gradient, but 1e-3 of a gradient that all but vanishes. `returns` are running sums, which one lane adds up in float32.
 */
const ALLOWED: Readonly<Record<string, number>> = { ...AMPLIFIED, returns: 3, gvpo: 100 };

let device: GPUDevice | undefined;
beforeAll(async () => {
  device = await openDevice();
  if (device !== undefined) return;
  const why = 'WebGPU found no adapter, not even a software one';
  announceMissing('kernels in WGSL', why);
  if (process.env.CI !== undefined && process.env.CI !== '' && process.env.CI !== 'false')
    throw new Error(why);
});
const opened = (context: TestContext): GPUDevice => device ?? context.skip('no adapter');

interface Worst {
  readonly worst: number;
  readonly at: string;
}

/** The largest deviation of losses, gradients and metrics, in units of what is allowed, and where it is. */
async function worstOf(
  on: GPUDevice,
  program: DerivedProgram,
  raw: RawBatch,
  grain = ONE_AT_ONCE,
): Promise<Worst> {
  const params = paramsOf(program);
  const outcome = evaluateProgram(program, raw, params);
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  const { evaluation } = outcome;
  let found: Worst = { worst: 0, at: '' };
  const note = (name: string, got: readonly number[], want: unknown, allowed: number): void => {
    const worst = deviation(got, want, allowed);
    if (!(worst <= found.worst))
      found = { worst, at: `${name}: ${got.slice(0, 8)} for ${JSON.stringify(want).slice(0, 80)}` };
  };
  for (const [index, { loss, plan, form }] of subjectsOf(program).entries()) {
    if ('because' in form) throw new Error(`no WGSL form, because ${form.because}`);
    const expected = lossesOf(evaluation)[index];
    const { outputs } = await run(on, form, givenOf(program, raw, params), grain);
    const gradients = loss.gradients.length;
    plan.outputs.forEach(({ name, level }, at) => {
      const got = outputs.get(at) ?? [];
      if (at === 0) note('loss', got, expected?.loss, 10);
      else if (at <= gradients) note(`by ${name}`, got, expected?.grad[name], level === 'batch' ? 10 : 1);
      else note(`metric ${name}`, got, evaluation.metrics[name], 10);
    });
  }
  return found;
}

/** The kernels of the only loss of an objective that has them. */
function kernelsOf(name: string): Kernels {
  const form = subjectsOf(objective(name))[0]?.form;
  if (form === undefined || 'because' in form) throw new Error(`${name} has no kernels`);
  return form;
}

describe('kernels in WGSL', () => {
  test.for(programs)('%s agrees with the reference', async ([name, load], context) => {
    const on = opened(context);
    const program = load();
    const random = randomFrom(7);
    for (const [at, [shape, grain]] of SHAPES.entries()) {
      const raw = randomBatch(random, program.inputs, shape);
      const { worst, at: where } = await worstOf(on, program, raw, grain);
      if (worst > (ALLOWED[name] ?? 1)) expect.fail(`batch ${at}: ${worst} at ${where}`);
    }
  });

  const special = [NaN, Infinity, -Infinity].flatMap((value) =>
    ['logp', 'reward'].map((name) => [value, name] as const),
  );
  test.for(special)(
    '%s in %s that counts goes where the reference has it',
    async ([value, input], context) => {
      const on = opened(context);
      for (const name of OBJECTIVES) {
        const program = objective(name);
        if (!program.inputs.some((one) => one.name === input && one.domain === undefined)) continue;
        if (value === Infinity && [...INFINITE_FACTOR, ...FOLDED].includes(name)) continue;
        const drawn = randomBatch(randomFrom(11), program.inputs, {
          rollouts: 8,
          positions: 4,
          regular: false,
        });
        const raw = { ...drawn, [input]: withOne(drawn[input], drawn.mask, value) };
        const { worst, at } = await worstOf(on, program, raw, FOUR_AT_ONCE);
        if (worst > 10 * (ALLOWED[name] ?? 1)) expect.fail(`${name}: ${worst} at ${at}`);
      }
    },
  );

  test.for(['grpo', 'real', 'gspo', 'sapo', 'kto', 'dpo'])(
    '%s bears log-ratios up to 80',
    async (name, context) => {
      const on = opened(context);
      const program = objective(name);
      const drawn = randomBatch(randomFrom(5), program.inputs, {
        rollouts: 12,
        positions: 40,
        regular: false,
      });
      const logp = drawn.mask.map((row, b) => row.map((_, t) => -((7 * b + 11 * t) % 81)));
      // The exponential of 80 has as large a relative error as its argument has an absolute one: 80 · 2⁻²⁴.
      const { worst, at } = await worstOf(on, program, { ...drawn, logp }, FOUR_AT_ONCE);
      if (worst > 10) expect.fail(`${worst} at ${at}`);
    },
  );

  test.for([
    { lanes: 1, width: 1, positions: 71 },
    { lanes: 8, width: 1, positions: 71 },
    { lanes: 128, width: 1, positions: 71 },
    { lanes: 1, width: 4, positions: 72 },
    { lanes: 8, width: 4, positions: 72 },
  ] as const)('$lanes lanes that take $width at once', async ({ positions, ...grain }, context) => {
    const on = opened(context);
    for (const name of [
      'grpo',
      'real',
      'actor_critic',
      'clip_cov',
      'kl_cov',
      'grpo_leave_one_out',
      'flowrl',
      'fipo',
    ]) {
      const program = objective(name);
      const raw = randomBatch(randomFrom(3), program.inputs, { rollouts: 41, positions, regular: false });
      const { worst, at } = await worstOf(on, program, raw, grain);
      if (worst > 1) expect.fail(`${name}: ${worst} at ${at}`);
    }
  });

  test('a shift by more tokens than any rollout has is its filling', async (context) => {
    const on = opened(context);
    const program = programOf(FAR);
    for (const raw of farBatches(program)) {
      const { worst, at } = await worstOf(on, program, raw);
      if (worst > 1) expect.fail(`${worst} at ${at}`);
    }
  });

  test.for([ONE_AT_ONCE, FOUR_AT_ONCE])(
    'of equal elements the first is taken, by $lanes lanes',
    async (grain, context) => {
      const on = opened(context);
      const program = programs.find(([name]) => name === 'extremes')?.[1]();
      if (program === undefined) throw new Error('no program of extremes');
      const drawn = randomBatch(randomFrom(3), program.inputs, {
        rollouts: 41,
        positions: 72,
        regular: false,
      });
      const same = drawn.mask.map((row) => row.map(() => -0.25));
      const raw: RawBatch = { ...drawn, logp: same, old_logp: same, reward: drawn.group.map(() => 1) };
      const { worst, at } = await worstOf(on, program, raw, grain);
      if (worst > 1) expect.fail(`${worst} at ${at}`);
    },
  );

  test.for([ONE_AT_ONCE, FOUR_AT_ONCE])(
    'the first of all tokens is the first that counts, by $lanes lanes',
    async (grain, context) => {
      const on = opened(context);
      const program = objective('sft');
      const logp = intern(program.losses.map(({ loss }) => loss)).nodes.find(({ op }) => op === 'input');
      if (logp === undefined) throw new Error('no input');
      const value = reduce('first', { from: 'token', to: 'batch' }, logp);
      const form = wgslKernels(fuse([{ name: 'first', level: 'batch', value }]));
      if ('because' in form) throw new Error(form.because);
      const raw = randomBatch(randomFrom(3), program.inputs, { rollouts: 41, positions: 72, regular: false });
      const given = givenOf(program, raw, {});
      const { outputs } = await run(on, form, given, grain);
      expect(outputs.get(0)).toEqual([given.inputs.logp?.[given.mask.indexOf(1)]]);
    },
  );

  test.for([1, 4] as const)(
    'sums of many numbers are as exact as those of few, %s at once',
    async (width, context) => {
      const on = opened(context);
      const program = objective('sft');
      const [rollouts, positions] = [2, 262_144];
      // Equal numbers are rounded the same way again and again.
      const one = Math.fround(-0.1);
      const logp = Array.from({ length: rollouts }, () => Array.from({ length: positions }, () => one));
      const raw: RawBatch = { group: [0, 1], mask: logp.map((row) => row.map(() => 1)), logp };
      const { outputs } = await run(on, kernelsOf('sft'), givenOf(program, raw, {}), { lanes: 8, width });
      expect(Math.abs((outputs.get(0)?.[0] ?? NaN) / -one - 1)).toBeLessThan(1e-5);
    },
  );

  test.for([ONE_AT_ONCE, FOUR_AT_ONCE])(
    'the same batch gives the same bits, whatever is masked, by $lanes lanes',
    async (grain, context) => {
      const on = opened(context);
      for (const name of ['grpo', 'real', 'actor_critic', 'clip_cov', 'kl_cov']) {
        const program = objective(name);
        const raw = randomBatch(randomFrom(3), program.inputs, {
          rollouts: 20,
          positions: 72,
          regular: false,
        });
        const given = givenOf(program, raw, paramsOf(program));
        const harmless = Object.entries(given.inputs).map(([key, values]) => {
          const isToken = values.length === given.mask.length;
          return [key, isToken ? values.map((one, at) => (given.mask[at] === 0 ? 0 : one)) : values] as const;
        });
        const kernels = kernelsOf(name);
        const first = await run(on, kernels, given, grain);
        expect(await run(on, kernels, given, grain)).toEqual(first);
        expect(await run(on, kernels, { ...given, inputs: Object.fromEntries(harmless) }, grain)).toEqual(
          first,
        );
      }
    },
  );

  test.for([ONE_AT_ONCE, FOUR_AT_ONCE])(
    'a token that is far from the others leaves them their digits, by $lanes lanes',
    async (grain, context) => {
      const on = opened(context);
      for (const raw of outlyingBatches) {
        const { worst, at } = await worstOf(on, programOf(OUTLYING), raw, grain);
        if (worst > 1) expect.fail(`${worst} at ${at}`);
      }
    },
  );

  test('more rollouts than one dimension of workgroups has', { timeout: 120_000 }, async (context) => {
    const on = opened(context);
    const program = objective('real');
    expect(kernelsOf('real').kernels.map(({ workgroups }) => workgroups)).toContain('rollouts');
    const rollouts = 65_535 + 40;
    const raw: RawBatch = {
      group: Array.from({ length: rollouts }, (_, b) => Math.floor(b / 8)),
      mask: Array.from({ length: rollouts }, (_, b) => [b % 3 === 0 ? 0 : 1]),
      logp: Array.from({ length: rollouts }, (_, b) => [-(b % 5)]),
      old_logp: Array.from({ length: rollouts }, (_, b) => [-(b % 7) / 4]),
      reward: Array.from({ length: rollouts }, (_, b) => b % 2),
    };
    const { worst, at } = await worstOf(on, program, raw);
    if (worst > 1) expect.fail(`${worst} at ${at}`);
  });
});

describe('without a driver', () => {
  test('every kernel is valid', async () => {
    const nothing = await openDevice(['backend=null']);
    if (nothing === undefined) throw new Error('Dawn has lost its null backend');
    for (const [, load] of programs)
      for (const { form } of subjectsOf(load()))
        for (const grain of [ONE_AT_ONCE, FOUR_AT_ONCE])
          if ('kernels' in form) await pipelines(nothing, form, grain);
  });

  test('a kernel that is not valid is an error', async () => {
    const nothing = await openDevice(['backend=null']);
    if (nothing === undefined) throw new Error('Dawn has lost its null backend');
    const { kernels, ...rest } = kernelsOf('grpo');
    const wrong = kernels.map((kernel) => ({
      ...kernel,
      parts: kernel.parts.map((part) => part.replace('var<uniform>', 'var')),
    }));
    await expect(pipelines(nothing, { ...rest, kernels: wrong })).rejects.toThrow();
    const unbound = kernels.map((kernel) => ({ ...kernel, bound: kernel.bound.slice(1) }));
    await expect(pipelines(nothing, { ...rest, kernels: unbound })).rejects.toThrow();
  });

  test('of what takes more buffers than a kernel has there are no kernels, and it says so', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const many = programOf(`objective many {
      model logp : token
      ${names.map((name) => `data ${name} : token`).join('\n')}
      minimize mean[token in batch](logp * (${names.join(' + ')}))
    }`);
    expect(subjectsOf(many).map(({ form }) => form)).toEqual([
      { because: 'a kernel needs 11 storage buffers, and no more than 8 are sure to be had' },
    ]);
  });

  test('3 kernels are enough but for quantiles of all tokens', () => {
    const counts = OBJECTIVES.flatMap((name) =>
      subjectsOf(objective(name)).map(({ plan, form }) => {
        if ('because' in form) throw new Error(form.because);
        const walks = plan.blocks.filter(({ kind }) => kind === 'rows').length;
        return { name, walks, kernels: form.kernels.length };
      }),
    );
    const more = counts.filter(({ kernels }) => kernels > 3);
    expect(Object.fromEntries(more.map(({ name, kernels }) => [name, kernels]))).toEqual(MORE_THAN_THREE);
    // Beside its walks an objective has kernels of quantiles, a last one for results, and one in the middle where a value of
    // the batch is made of groups.
    const others = counts.filter(({ name }) => MORE_THAN_THREE[name] === undefined);
    expect(Math.max(...others.map(({ walks, kernels }) => kernels - walks))).toBe(2);
    for (const [name, kernels] of [
      ['clip_cov', 3],
      ['grpo_kl_reward', 3],
      ['reinforce', 2],
    ] as const)
      expect(counts.find((one) => one.name === name)?.kernels).toBe(kernels);
  });

  test.each(['grpo', 'real'])('the kernels of %s', async (name) => {
    const source = readFileSync(join(ROOT, `objectives/${name}.obj`), 'utf8');
    const texts = kernelsOf(name).kernels.map(
      ({ parts, isWide, bound, workgroups }, at) =>
        `==== kernel ${at + 1}: ${workgroups}; bound to ${bound.map((one) => (one.kind === 'input' ? one.name : one.kind)).join(', ')}\n\n${shaderText(parts, 8, isWide ? 4 : 1)}`,
    );
    await expect([source, ...texts].join('\n')).toMatchFileSnapshot(`kernels/${name}.txt`);
  });
});

/** It adds `b` to `a − b`: a shader may be compiled to `a`, which is NaN no more where both are infinite. */
const FOLDED: readonly string[] = ['grpo_kl_straight'];

/** They sort all tokens. */
const MORE_THAN_THREE: Readonly<Record<string, number>> = { entropy_mask: 7, kl_cov: 8 };

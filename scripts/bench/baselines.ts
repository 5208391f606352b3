/**
 * GRPO and REAL by hand with the gradients of tfjs, as operations and as kernels of ours, in jax-js, and, in processes of
 * Python, compiled by XLA and by torch.compile. What cannot be had is said, and the others are measured all the same.
 *
 *   npm run bench -- baselines [ROUNDS] [--torch]      --torch gets PyTorch, which takes 5 GB on Linux
 */
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { openBackend } from '../../test/backends/backend.js';
import { compileWithKernels, objective } from '../../test/emit/compiled.js';
import { output } from '../process.mjs';
import { dataOf, type Data } from './data.js';
import { pythonWith } from './environments.mjs';
import { jaxSteps, type JaxSteps } from './jax-js.js';
import { naiveGrpo, naiveReal } from './naive.js';
import { copyOf, inTurns, row, surroundings, timedRow, type Timed, type Turn } from './turns.js';

export const SHAPES = [
  [64, 2048],
  [512, 1024],
] as const;
const OBJECTIVES = [
  { name: 'grpo', naive: naiveGrpo, params: { beta: 0.04 }, bytesPerToken: 16 },
  { name: 'real', naive: naiveReal, params: {}, bytesPerToken: 12 },
] as const;
type Subject = (typeof OBJECTIVES)[number];
const WARM_UP = 10;

/** A way to compute loss and gradient. */
interface Contender extends Turn {
  /** The gradient, of whose absolute values the sum is compared. */
  readonly gradient: () => Promise<ArrayLike<number>>;
}

/** One backend of tfjs, in this process. */
export async function baselinesOn(backend: 'cpu' | 'wasm', rounds: number): Promise<void> {
  const opened = await openBackend(backend);
  if ('missing' in opened) {
    missing(backend, opened.missing);
    return;
  }
  console.log(surroundings());
  for (const shape of SHAPES) {
    const data = dataOf(shape[0], shape[1]);
    const jax = backend === 'wasm' ? await jaxSteps(data).catch(noJaxJs) : undefined;
    for (const subject of OBJECTIVES) {
      head(`${subject.name} at [${shape.join(', ')}] on ${backend}`, ['faster than by hand']);
      const contenders = await contendersOf(subject, data, jax);
      const copy = copyOf(await tokensIn(data), subject.bytesPerToken);
      const measured = await inTurns([...contenders, copy], rounds, WARM_UP);
      const [byHand, copied] = [measured[0], measured.at(-1)];
      for (const one of measured) if (copied !== undefined) console.log(timedRow(one, copied, byHand));
      const sizes = await Promise.all(contenders.map(async ({ gradient }) => sizeOf(await gradient())));
      console.log(
        `  sums of the gradients' absolute values: ${sizes.map((one) => one.toPrecision(7)).join(', ')}`,
      );
    }
  }
}

const sizeOf = (gradient: ArrayLike<number>): number =>
  Array.from(gradient).reduce((sum, one) => sum + Math.abs(one), 0);

async function contendersOf(
  { name, naive, params }: Subject,
  data: Data,
  jax: JaxSteps | undefined,
): Promise<readonly Contender[]> {
  const module = await compileWithKernels(objective(name));
  const { group, groupSize: _size, ...tensors } = data;
  const batch = { group, ...tensors };
  const layout = module.prepare(batch);
  delete process.env['VERILOSS_PATH'];
  const own = module.path().path;
  const by = (path: string): Contender =>
    inTfjs(`ours, ${path}`, () => {
      process.env['VERILOSS_PATH'] = path;
      const { loss, gradients } = module.lossAndGradients(batch, layout, params);
      return [loss, ...Object.values(gradients)];
    });
  const withMetrics = (together: boolean): Contender =>
    inTfjs(`ours, metrics ${together ? 'together' : 'apart'}`, () => {
      process.env['VERILOSS_PATH'] = own;
      const { loss, gradients, metrics } = together
        ? module.lossGradientsAndMetrics(batch, layout, params)
        : {
            ...module.lossAndGradients(batch, layout, params),
            metrics: module.metrics(batch, layout, params),
          };
      return [loss, ...Object.values(gradients), ...Object.values(metrics)];
    });
  const jaxStep = jax?.[name];
  return [
    inTfjs('by hand, tfjs gradients', () => {
      const { value, grad } = tf.valueAndGrad((logp) => naive(logp, data))(data.logp);
      return [value, grad];
    }),
    by('ops'),
    by(own),
    withMetrics(false),
    withMetrics(true),
    ...(jaxStep === undefined
      ? []
      : [
          {
            name: 'jax-js, jit',
            step: async () => {
              (await jaxStep()).dispose();
            },
            gradient: async () => (await jaxStep()).data(),
          },
        ]),
  ];
}

/** A step is over when its loss is read, as in training. */
const inTfjs = (name: string, start: () => readonly tf.Tensor[]): Contender => ({
  name,
  step: async () => {
    const made = start();
    await made[0]?.data();
    tf.dispose([...made]);
  },
  gradient: async () => (await start()[1]?.data()) ?? [],
});

const tokensIn = async ({ mask }: Data): Promise<number> =>
  Array.from(await mask.data()).reduce((sum, one) => sum + one, 0);

/** The compilers of Python, a process each. */
export async function compilers(rounds: number, withTorch: boolean): Promise<void> {
  const script = fileURLToPath(new URL('compilers.py', import.meta.url));
  for (const which of ['jax', 'torch'] as const) {
    if (which === 'torch' && !withTorch) {
      missing('torch.compile', 'it is not asked for: `--torch` gets it, which takes 5 GB on Linux');
      continue;
    }
    try {
      const { program, packages } = await pythonWith(which);
      for (const shape of SHAPES) {
        const args = [script, which, ...[...shape, rounds].map(String)];
        // As numpy finds the machine, whatever the surroundings say of its BLAS.
        const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, ...env } = process.env;
        const said = await output(program, args, { env: { ...env, PYTHONPATH: packages } });
        for (const line of said.split('\n').filter((one) => one.startsWith('{'))) {
          const { objective: name, times, copies, size } = JSON.parse(line) as Measured;
          head(`${name} at [${shape.join(', ')}] by ${which}, one thread`, []);
          const [own, copy]: [Timed, Timed] = [
            { name: which === 'jax' ? 'JAX, XLA for CPUs' : 'torch.compile', times },
            { name: 'copy (numpy)', times: copies },
          ];
          console.log(timedRow(own, copy, undefined));
          console.log(timedRow(copy, copy, undefined));
          console.log(`  sum of the gradient's absolute values: ${size.toPrecision(7)}`);
        }
      }
    } catch (error) {
      missing(which, error instanceof Error ? error.message : String(error));
    }
  }
}

interface Measured {
  readonly objective: string;
  readonly times: readonly number[];
  readonly copies: readonly number[];
  readonly size: number;
}

function head(title: string, more: readonly string[]): void {
  console.log(`\n${title}\n${row(['', 'processor ms', 'least', 'slower than the copy', ...more])}`);
}

function missing(what: string, why: string): void {
  console.log(`\n!!! ${what} IS NOT MEASURED: ${why}`);
}

const noJaxJs = (error: unknown): undefined => {
  missing('jax-js', error instanceof Error ? error.message : String(error));
  return undefined;
};

/**
 * What a token costs as there are more of them: kernels on the wasm backend of tfjs, and modules that need no tfjs, beside a
 * copy of as many bytes. Rollouts of 1,000 tokens in groups of 8, none masked; the layout is kept.
 *
 *   npm run bench -- scaling
 */
import * as tf from '@tensorflow/tfjs';
import { openBackend } from '../../test/backends/backend.js';
import { compileWithKernels, objective, type Batch } from '../../test/emit/compiled.js';
import { arrayModule, type ArrayBatch } from '../../test/emit/loops/arrays.js';
import { copyOf } from './baselines.js';
import { inTurns, perTokenRow, row, surroundings, type Turn } from './turns.js';

/** Where the loss is computed: in tfjs, or in a module of `--target js` or `--target wasm`. */
export const WAYS = ['tfjs', 'wasm', 'js'] as const;
export type Way = (typeof WAYS)[number];

/** Sizes are powers of ten. The largest takes half of the 4 GiB that a memory of WebAssembly can have. */
const [SMALLEST, LARGEST] = [4, 8];

/** One with an exponential and more for each token, and one with a multiplication. */
const SUBJECTS = [
  { name: 'grpo', params: { beta: 0.04 }, bytesPerToken: 16 },
  { name: 'reinforce', params: {}, bytesPerToken: 12 },
] as const;
type Subject = (typeof SUBJECTS)[number];

const POSITIONS = 1000;
const GROUP = 8;
/** About so many tokens in all rounds, but not fewer rounds than 3, and not more than 101. */
const WORK = 3e7;
/** Fewer tokens than these are computed several times in a round: the clock has steps of a microsecond. */
const WORTH_TIMING = 1e5;

export async function scaling(way: Way): Promise<void> {
  if (way === 'tfjs') await openBackend('wasm');
  console.log(surroundings());
  for (const subject of SUBJECTS) {
    console.log(
      `\n${subject.name}, ${{ tfjs: 'kernels on the wasm backend of tfjs', wasm: '--target wasm', js: '--target js' }[way]}\n` +
        row(['tokens', 'ns per token', 'least', 'copy', 'slower than the copy', 'rounds']),
    );
    for (let power = SMALLEST; power <= LARGEST; power += 1) {
      const tokens = 10 ** power;
      const rounds = Math.min(101, Math.max(3, Math.round(WORK / tokens)));
      try {
        const { turn, dispose } = await turnOf(way, subject, tokens);
        const repeats = Math.max(1, WORTH_TIMING / tokens);
        const contenders = [turn, copyOf(tokens, subject.bytesPerToken)].map((one) => repeated(one, repeats));
        const [own, copy] = await inTurns(contenders, rounds, Math.min(10, rounds));
        dispose();
        if (own !== undefined && copy !== undefined)
          console.log(perTokenRow(`10^${power}`, tokens * repeats, own, copy));
      } catch (error) {
        console.log(row([`10^${power}`, `!!! ${error instanceof Error ? error.message : String(error)}`]));
      }
    }
  }
}

const repeated = ({ name, step }: Turn, times: number): Turn => ({
  name,
  step: async () => {
    for (let time = 0; time < times; time += 1) await step();
  },
});

interface Made {
  readonly turn: Turn;
  readonly dispose: () => void;
}

/** A period of this many numbers: drawing each anew would take longer than measuring. */
const PERIOD = 2 ** 16;
function wave(tokens: number, phase: number): Float32Array {
  const values = new Float32Array(tokens);
  for (let at = 0; at < Math.min(PERIOD, tokens); at += 1)
    values[at] = -1 + 0.6 * Math.sin(at * 0.37 + phase);
  for (let done = PERIOD; done < tokens; done *= 2) values.copyWithin(done, 0, Math.min(done, tokens - done));
  return values;
}

function turnOf(way: Way, subject: Subject, tokens: number): Promise<Made> {
  const rollouts = tokens / POSITIONS;
  const group = Array.from({ length: rollouts }, (_, at) => Math.floor(at / GROUP));
  const inputs = objective(subject.name).inputs.map(({ name, level }, at) => {
    if (level === 'token') return [name, wave(tokens, 0.3 * at)] as const;
    return [name, Float32Array.from({ length: rollouts }, (_, row_) => (row_ % 3 === 0 ? 1 : 0))] as const;
  });
  return way === 'tfjs'
    ? inTfjs(subject, group, inputs, tokens)
    : overArrays(way, subject, {
        ...Object.fromEntries(inputs),
        group,
        mask: new Uint8Array(tokens).fill(1),
      });
}

async function overArrays(way: 'wasm' | 'js', { name, params }: Subject, batch: object): Promise<Made> {
  const module = await arrayModule(objective(name), way);
  const given = batch as ArrayBatch;
  const layout = module.prepare(given);
  const step = (): void => {
    module.losses['loss']?.lossAndGradients(given, layout, params);
  };
  return { turn: { name, step }, dispose: () => undefined };
}

async function inTfjs(
  { name, params }: Subject,
  group: readonly number[],
  inputs: readonly (readonly [string, Float32Array])[],
  tokens: number,
): Promise<Made> {
  const module = await compileWithKernels(objective(name));
  const shape = [group.length, tokens / group.length];
  const tensors = inputs.map(
    ([input, values]) =>
      [input, tf.tensor(values, values.length === tokens ? shape : [values.length])] as const,
  );
  const mask = tf.ones(shape);
  const batch: Batch = { ...Object.fromEntries(tensors), group, mask };
  const layout = module.prepare(batch);
  const step = async (): Promise<void> => {
    const { loss, gradients } = module.lossAndGradients(batch, layout, params);
    await loss.data();
    tf.dispose([loss, ...Object.values(gradients)]);
  };
  return {
    turn: { name, step },
    dispose: () => {
      layout.dispose();
      tf.dispose([mask, ...tensors.map(([, one]) => one)]);
    },
  };
}

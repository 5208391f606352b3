/**
 * What a token costs as there are more of them: kernels on the wasm backend of tfjs, and modules that need no tfjs, beside a
 * copy of as many bytes. Rollouts of 1,000 tokens in groups of 8, none masked; the layout is kept.
 *
 *   npm run bench -- scaling
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RowLayout } from '../../src/runtime/plain/row-layout.js';
import type { InputSpec } from '../../src/runtime/specs.js';
import type { ArrayBatch, ArrayModule } from '../../test/emit/loops/arrays.js';
import { copyOf, inTurns, perTokenRow, row, surroundings, type Turn } from './turns.js';

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

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const POSITIONS = 1000;
const GROUP = 8;
/** About so many tokens in all rounds, but not fewer rounds than 3, and not more than 101. */
const WORK = 3e7;
/** Fewer tokens than these are computed several times in a round: the clock has steps of a microsecond. */
const WORTH_TIMING = 1e5;

export async function scaling(way: Way): Promise<void> {
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
        const { turns, dispose } = await turnsOf(way, subject, tokens);
        const repeats = Math.max(1, WORTH_TIMING / tokens);
        const contenders = [...turns, copyOf(tokens, subject.bytesPerToken)];
        const timed = await inTurns(
          contenders.map((one) => repeated(one, repeats)),
          rounds,
          Math.min(10, rounds),
        );
        dispose();
        const copy = timed.at(-1);
        turns.forEach(({ name }, at) => {
          const own = timed[at];
          if (own !== undefined && copy !== undefined)
            console.log(perTokenRow(`10^${power}${name}`, tokens * repeats, own, copy));
        });
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

export type Params = Readonly<Record<string, number>>;
export interface Made {
  /** Named by what distinguishes them. */
  readonly turns: readonly Turn[];
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

async function turnsOf(way: Way, { name, params }: Subject, tokens: number): Promise<Made> {
  if (way !== 'tfjs') return overArrays(await compiledApart(name, way), params, tokens);
  const { inTfjs } = await import('./scaling-tfjs.js');
  return inTfjs(name, params, (inputs) => batchFor(inputs, tokens), tokens);
}

/** A batch of so many tokens, as arrays. */
function batchFor(inputs: readonly InputSpec[], tokens: number): ArrayBatch {
  const rollouts = tokens / POSITIONS;
  const values = inputs.map(({ name, level }, at) => {
    if (level === 'token') return [name, wave(tokens, 0.3 * at)] as const;
    return [name, Float32Array.from({ length: rollouts }, (_, row_) => (row_ % 3 === 0 ? 1 : 0))] as const;
  });
  const group = Array.from({ length: rollouts }, (_, at) => Math.floor(at / GROUP));
  return { ...Object.fromEntries(values), group };
}

/** With new arrays for gradients, and with one that the caller has. */
function overArrays(module: CompiledModule, params: Params, tokens: number): Made {
  const batch = batchFor(module.inputs, tokens);
  const layout = module.prepare({ ...batch, mask: new Uint8Array(tokens).fill(1) });
  const into = { logp: new Float32Array(tokens) };
  const step = (at?: typeof into): void => {
    module.losses['loss']?.lossAndGradients(batch, layout, params, at);
  };
  const turns = [
    { name: '', step: () => step() },
    { name: ' into', step: () => step(into) },
  ];
  return { turns, dispose: () => undefined };
}

interface CompiledModule extends Omit<ArrayModule, 'prepare'> {
  readonly inputs: readonly InputSpec[];
  readonly prepare: (batch: object) => RowLayout;
}
/**
 * A module that the command has compiled. This process loads neither compiler nor tfjs, since loops take half as long
 * again with them: once any buffer was detached, V8 asks at every access to an array whether that one is.
 */
async function compiledApart(name: string, way: 'wasm' | 'js'): Promise<CompiledModule> {
  const path = join(ROOT, `build/bench/${name}-${way}.mjs`);
  const command = [
    join(ROOT, 'src/cli/main.ts'),
    'compile',
    join(ROOT, `objectives/${name}.obj`),
    '--isolated',
  ];
  const options = ['--target', way, '--language', 'js', '--stdout'];
  const { stdout, status } = spawnSync(process.execPath, [...process.execArgv, ...command, ...options]);
  if (status !== 0) throw new Error(`${name} was not compiled`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, stdout);
  return (await import(pathToFileURL(path).href)) as CompiledModule;
}

const asked = process.argv[2];
if (process.argv[1] === fileURLToPath(import.meta.url))
  await scaling(WAYS.find((way) => way === asked) ?? 'js');

/** What one step costs: kernels, peak memory, time. */
import * as tf from '@tensorflow/tfjs';

export interface Contender {
  readonly name: string;
  /** One step: loss, then gradients. The tensors are read, all or the loss alone, then freed. */
  readonly step: () => readonly tf.Tensor[];
}
export interface Cost {
  readonly name: string;
  /** All kernels of a step, and those that compute: neither a copy nor another view of the same values. */
  readonly kernels: number;
  readonly computing: number;
  /** Bytes beyond what was there before the step. */
  readonly peak: number;
  /** Milliseconds of each round, all results read, and with gradients left where they are. */
  readonly times: readonly number[];
  readonly timesLeft: readonly number[];
}

/** Measures the contenders in turns, so that both see the same machine. */
export async function measure(contenders: readonly Contender[], rounds: number): Promise<readonly Cost[]> {
  const counted: Counted[] = [];
  for (const contender of contenders) {
    await finish(contender.step(), 'all');
    counted.push(await count(contender));
  }
  const [times, timesLeft] = [contenders.map((): number[] => []), contenders.map((): number[] => [])];
  for (let round = 0; round < rounds; round += 1) {
    for (const [read, into] of [['all', times] as const, ['loss', timesLeft] as const]) {
      for (const [at, { step }] of contenders.entries()) {
        const start = performance.now();
        await finish(step(), read);
        into[at]?.push(performance.now() - start);
      }
    }
  }
  return contenders.map(({ name }, at) => ({
    name,
    kernels: counted[at]?.kernels ?? NaN,
    computing: counted[at]?.computing ?? NaN,
    peak: counted[at]?.peak ?? NaN,
    times: times[at] ?? [],
    timesLeft: timesLeft[at] ?? [],
  }));
}

async function finish(tensors: readonly tf.Tensor[], read: 'all' | 'loss'): Promise<void> {
  for (const tensor of read === 'all' ? tensors : tensors.slice(0, 1)) await tensor.data();
  tf.dispose([...tensors]);
}

type Counted = Pick<Cost, 'kernels' | 'computing' | 'peak'>;

/** What tfjs does for its own sake, and what leaves values as they are. */
const [PSEUDO, VIEWS] = [['forward'], ['Identity', 'Reshape']];

async function count({ step }: Contender): Promise<Counted> {
  const before = tf.memory().numBytes;
  let made: readonly tf.Tensor[] = [];
  const profile = await tf.profile(() => {
    made = step();
    return [...made];
  });
  // tfjs counts what a kernel leaves; its inputs are still there, so the largest total is the peak.
  const kernels = profile.kernels.filter(({ name }) => !PSEUDO.includes(name));
  const computing = kernels.filter(({ name }) => !VIEWS.includes(name));
  const peak = Math.max(0, ...profile.kernels.map(({ totalBytesSnapshot }) => totalBytesSnapshot)) - before;
  tf.dispose([...made]);
  return { kernels: kernels.length, computing: computing.length, peak };
}

/**
 * Along each rollout, from token to token: masked positions are skipped wherever they stand, and never read. Nothing is
 * read back from a device: where the tokens stand is computed there, once for a layout.
 */
import * as tf from '@tensorflow/tfjs-core';
import { clip } from './elementwise.js';
import type { Layout } from './layout.js';
import { spreadFactor } from './levels.js';
import { select } from './select.js';
import { entriesAt, take } from './take.js';

/** How many tokens of its rollout come before each position: [B, T]. */
const ranks = (layout: Layout): tf.Tensor =>
  layout.derived('ranks', () => tf.cumsum(layout.weights, 1, true));

/** The number of each position: [1, T]. */
const positions = (layout: Layout): tf.Tensor => tf.reshape(tf.range(0, layout.positions), [1, -1]);

/** The column of each position where tokens stand in front, in order, and masked positions behind them: [B, T]. */
const places = (layout: Layout): tf.Tensor =>
  layout.derived('places', () => {
    const masked = tf.add(layout.lengths, tf.sub(positions(layout), ranks(layout)));
    return select(layout.mask, ranks(layout), masked);
  });
const toFront = (layout: Layout): tf.Tensor => layout.derived('to front', () => entriesAt(places(layout)));

/** The other way round: the position of what stands at each column there, [B, T]. */
const columns = (layout: Layout): tf.Tensor =>
  layout.derived('columns', () => {
    const [rows, width] = [layout.rollouts, layout.positions];
    const pairs = tf.reshape(entriesAt(places(layout)), [rows * width, 2]);
    const own = tf.tile(tf.range(0, width, 1, 'int32'), [rows]);
    return tf.scatterND(pairs as tf.Tensor2D, own, [rows, width]);
  });
const fromFront = (layout: Layout): tf.Tensor =>
  layout.derived('from front', () => entriesAt(columns(layout)));

/** Whether a token stands at each column there: [B, T]. */
const isToken = (layout: Layout): tf.Tensor =>
  layout.derived('is token', () => tf.less(tf.add(layout.zeros, positions(layout)), layout.lengths));

/** Whether the rollout of each position has a token `by` places earlier than the own one: [B, T]. */
export const within = (layout: Layout, by: number): tf.Tensor =>
  layout.derived(`within ${by}`, () =>
    by >= 0 ? tf.greaterEqual(ranks(layout), by) : tf.less(ranks(layout), tf.add(layout.lengths, by)),
  );

/** Where the token `by` places earlier stands; anywhere, where there is none. */
const sources = (layout: Layout, by: number): tf.Tensor =>
  layout.derived(`sources ${by}`, () => {
    const rank = tf.clipByValue(tf.sub(ranks(layout), by), 0, layout.positions - 1);
    return entriesAt(take(columns(layout), entriesAt(rank)));
  });

/** The value of the token `by` places earlier, and `fill` where the rollout has none; a condition is false there. */
export const shift = (layout: Layout, x: tf.Tensor, by: number, fill?: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    const from = sources(layout, by);
    if (fill === undefined)
      return tf.logicalAnd(within(layout, by), tf.cast(take(tf.cast(x, 'float32'), from), 'bool'));
    return select(within(layout, by), take(x, from), fill);
  });

/** Each value and what comes before it (`forward`) or after it (`backward`), discounted by its distance. */
export const scan = (
  layout: Layout,
  direction: 'forward' | 'backward',
  x: tf.Tensor,
  gamma?: tf.Tensor | number,
): tf.Tensor =>
  tf.tidy(() => {
    const isForward = direction === 'forward';
    if (gamma === undefined) {
      const values = select(layout.mask, x, layout.zeros);
      return isForward ? tf.cumsum(values, 1) : sumFromEnd(values);
    }
    if (liesOnHost()) return scanOnHost(layout, isForward, x, gamma);
    let total = select(isToken(layout), take(x, fromFront(layout)), layout.zeros);
    // Behind the last token stand zeros, which only a factor that is not finite would change.
    const staysZero = isForward || (typeof gamma === 'number' && Number.isFinite(gamma));
    for (const { distance, factors } of powersOf(gamma, layout)) {
      const scaled = factors.reduce<tf.Tensor>((product, factor) => tf.mul(product, factor), total);
      const kept = staysZero ? scaled : select(isToken(layout), scaled, layout.zeros);
      total = tf.add(total, moved(kept, isForward ? distance : -distance, layout));
    }
    return take(total, toFront(layout));
  });

/** WebGPU's sum from the end goes on with the row length that it saw first. */
const sumFromEnd = (x: tf.Tensor): tf.Tensor =>
  tf.getBackend() === 'webgpu' ? tf.reverse(tf.cumsum(tf.reverse(x, 1), 1), 1) : tf.cumsum(x, 1, false, true);

/** Whether tensors lie in the host's memory, where a loop is far cheaper than the kernels that would do the same. */
const liesOnHost = (): boolean => tf.getBackend() === 'cpu' || tf.getBackend() === 'wasm';

function scanOnHost(layout: Layout, isForward: boolean, x: tf.Tensor, gamma: tf.Tensor | number): tf.Tensor {
  const { rollouts, positions: width } = layout;
  const [values, mask] = [x.dataSync(), layout.mask.dataSync()];
  const factors = typeof gamma === 'number' ? [gamma] : gamma.dataSync();
  const result = new Float32Array(values.length);
  for (let row = 0; row < rollouts; row += 1) {
    const factor = factors[factors.length === 1 ? 0 : row] ?? NaN;
    let total: number | undefined;
    for (let count = 0; count < width; count += 1) {
      const at = row * width + (isForward ? count : width - 1 - count);
      if (mask[at] === 0) continue;
      const own = values[at] ?? NaN;
      total = total === undefined ? own : own + factor * total;
      result[at] = total;
    }
  }
  return tf.tensor2d(result, [rollouts, width]);
}

/** Every row moved by some columns, to the right where positive, with zeros behind. */
function moved(x: tf.Tensor, by: number, { rollouts, positions: width }: Layout): tf.Tensor {
  const size = Math.abs(by);
  const part = tf.slice(x, [0, Math.max(0, -by)], [rollouts, width - size]);
  return tf.pad(part, [
    [0, 0],
    [Math.max(0, by), Math.max(0, -by)],
  ]);
}

interface Power {
  readonly distance: number;
  /** Their product is gamma to the power of the distance. */
  readonly factors: readonly (tf.Tensor | number)[];
}

const SMALLEST_FACTOR = 1.1754943508222875e-38;
const LARGEST_FACTOR = 3.4028234663852886e38;

/**
 * The powers of gamma for the distances 1, 2, 4, … below T. One that float32 cannot hold comes as two factors that it
 * can: a product with infinity or with 0 would be NaN where the sum itself has a value.
 */
function powersOf(gamma: tf.Tensor | number, layout: Layout): readonly Power[] {
  const powers: Power[] = [];
  let root: tf.Tensor | undefined;
  for (let distance = 1; distance < layout.positions; distance *= 2) {
    if (typeof gamma === 'number') {
      powers.push({ distance, factors: factorsOf(gamma, distance) });
      continue;
    }
    const next: tf.Tensor = root === undefined ? gamma : distance === 2 ? gamma : squared(root, gamma);
    root = next;
    const factor = spreadFactor(next, layout);
    powers.push({ distance, factors: distance === 1 ? [factor] : [factor, factor] });
  }
  return powers;
}

function factorsOf(gamma: number, distance: number): readonly number[] {
  const power = gamma ** distance;
  const size = Math.abs(power);
  const fits = size >= SMALLEST_FACTOR && size <= LARGEST_FACTOR;
  if (fits || distance === 1 || gamma === 0 || !Number.isFinite(gamma)) return [power];
  const half = Math.min(Math.max(Math.abs(gamma) ** (distance / 2), SMALLEST_FACTOR), LARGEST_FACTOR);
  return [half, half];
}

/** The square of a power of gamma, which is 0 only where gamma is. */
const squared = (power: tf.Tensor, gamma: tf.Tensor): tf.Tensor =>
  select(tf.equal(gamma, 0), 0, clip(tf.square(power), SMALLEST_FACTOR, LARGEST_FACTOR));

/**
 * Along each row of a table: sums, discounted sums, and where the nearest token stands. XLA's own `Cumsum` takes T²
 * steps; these double the distance that they reach, in a loop of log₂ T passes over the table, and skip what is masked.
 */
import type { AlongTemplates } from '../backend.js';
import type { ScanDirection } from '../../ir/expr.js';
import { builder, type Builder, type Library, type Ref } from './builder.js';
import { opsOn, type Ops } from './ops.js';
import type { DType } from './saved-model.js';
import type { Space } from './space.js';

/** What one pass does: the state with what stands at the distance, and where there is something at that distance. */
type Pass = (tf: Ops, state: readonly Ref[], moved: readonly Ref[], isInside: Ref) => readonly Ref[];
interface Scan {
  readonly name: string;
  readonly direction: ScanDirection;
  readonly pass: Pass;
}

/** Doubles the distance until it reaches over the whole row. `tables` are [N, M]; `fixed` stay as they are. */
export function doubled(
  ops: Ops,
  own: Builder,
  library: Library,
  { name, direction, pass }: Scan,
  tables: readonly Ref[],
  fixed: readonly Ref[] = [],
): readonly Ref[] {
  const state = [ops.integer(1), ...tables, ...fixed];
  const dtypes: readonly DType[] = state.map((ref) => own.dtypeOf(ref));
  const args = dtypes.map((dtype, at) => ({ name: at === 0 ? 'distance' : `state_${at}`, dtype }));
  const within = (what: string, make: (tf: Ops, refs: readonly Ref[]) => readonly Ref[]): string =>
    own.library(`${name}_${direction}_${what}`, (called) => {
      const inner = builder(args, library);
      const results = make(
        opsOn(inner),
        args.map((arg) => arg.name),
      );
      return inner.finish(
        called,
        results.map((from, at) => ({ name: `result_${at}`, dtype: inner.dtypeOf(from), from })),
        {},
      );
    });
  const widthOf = (tf: Ops, table: Ref): Ref => tf.size(tf.shape(table), 1);
  const condition = within('goes_on', (tf, [distance = '', table = '']) => [
    tf.less(distance, widthOf(tf, table)),
  ]);
  const body = within('step', (tf, [distance = '', ...rest]) => {
    const [first = ''] = rest;
    const width = widthOf(tf, first);
    const place = tf.reshape(tf.range(width), tf.ints([1, -1]));
    const isForward = direction === 'forward';
    const isInside = isForward ? tf.greaterEqual(place, distance) : tf.less(place, tf.sub(width, distance));
    const by = isForward ? distance : tf.neg(distance);
    const moved = rest.slice(0, tables.length).map((table) => tf.roll(table, by, 1));
    return [tf.add(distance, distance), ...pass(tf, rest, moved, isInside), ...rest.slice(tables.length)];
  });
  return ops.loop(condition, body, state).slice(1, 1 + tables.length);
}

const SUM: Pass = (tf, [x = ''], [moved = ''], isInside) => [
  tf.add(x, tf.select(isInside, moved, tf.scalar('float32', 0))),
];
const COUNT: Pass = (tf, [x = ''], [moved = ''], isInside) => [
  tf.add(x, tf.select(isInside, moved, tf.integer(0))),
];
const NEAREST: Pass = (tf, [x = ''], [moved = ''], isInside) => [
  tf.maximum(x, tf.select(isInside, moved, tf.integer(-1))),
];
/**
 * Of every stretch of a row: its discounted sum, the product of its factors, and whether it holds a token. A product
 * that is too large for float32 does not make NaN of a 0; a factor that is not finite does.
 */
const DISCOUNTED: Pass = (
  tf,
  [x = '', g = '', has = '', isFinite = ''],
  [y = '', h = '', had = ''],
  isInside,
) => {
  const isReached = tf.and(isInside, had);
  const isNothing = tf.and(tf.equal(y, tf.number(0)), isFinite);
  const added = tf.select(isNothing, y, tf.mul(g, y));
  return [
    tf.select(isReached, tf.add(x, added), x),
    tf.select(isInside, tf.mul(g, h), g),
    tf.or(has, isReached),
  ];
};

export const countAlong = (tf: Ops, own: Builder, library: Library, x: Ref): Ref =>
  doubled(tf, own, library, { name: 'count', direction: 'forward', pass: COUNT }, [x])[0] ?? '';

/** No rollout is longer: beyond it, every token is the first and the last of so many. */
const FARTHEST = 2 ** 30;

export function alongTemplates(tf: Ops, own: Builder, library: Library, space: Space): AlongTemplates {
  const { mask, tokenShape, positions } = space;
  const full = (x: Ref): Ref => tf.broadcast(x, tokenShape());
  const place = (): Ref => tf.broadcast(tf.reshape(tf.range(positions()), tf.ints([1, -1])), tokenShape());

  /** The position of the token before (forward) or after (backward) each position; −1 where there is none. */
  const neighbour = (direction: ScanDirection): Ref => {
    const isForward = direction === 'forward';
    const last = tf.sub(positions(), tf.integer(1));
    const counted = isForward ? place() : tf.sub(last, place());
    const marked = tf.select(mask(), counted, tf.integer(-1));
    const moved = tf.roll(marked, tf.integer(isForward ? 1 : -1), 1);
    const isInside = isForward ? tf.greater(place(), tf.integer(0)) : tf.less(place(), last);
    const beside = tf.select(isInside, moved, tf.integer(-1));
    const [found = ''] = doubled(tf, own, library, { name: 'nearest', direction, pass: NEAREST }, [beside]);
    return isForward ? found : tf.select(tf.less(found, tf.integer(0)), found, tf.sub(last, found));
  };
  const isSome = (at: Ref): Ref => tf.greaterEqual(at, tf.integer(0));
  const taken = (x: Ref, at: Ref): Ref => tf.gather(x, tf.maximum(at, tf.integer(0)), 1, 1);
  /** The position of the token that is `by` tokens earlier; −1 where there is none. */
  const source = (by: number): Ref => {
    let power = neighbour(by > 0 ? 'forward' : 'backward');
    let result: Ref | undefined;
    const after = (first: Ref, second: Ref): Ref =>
      tf.select(isSome(first), taken(second, first), tf.integer(-1));
    for (let left = Math.min(Math.abs(by), FARTHEST); left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) result = result === undefined ? power : after(result, power);
      if (left > 1) power = after(power, power);
    }
    return result ?? place();
  };

  return {
    scan: (direction, x, gamma) => {
      const values = tf.select(mask(), full(x), tf.number(0));
      if (gamma === undefined)
        return doubled(tf, own, library, { name: 'sum', direction, pass: SUM }, [values])[0] ?? '';
      const factors = tf.select(mask(), full(gamma), tf.number(1));
      const isFinite = tf.broadcast(tf.isFinite(gamma), tokenShape());
      const scan = { name: 'discounted', direction, pass: DISCOUNTED };
      return doubled(tf, own, library, scan, [values, factors, mask()], [isFinite])[0] ?? '';
    },
    shift: (x, by, fill) => {
      if (by === 0) return x;
      const from = source(by);
      const moved = taken(full(x), from);
      return fill === undefined ? tf.and(isSome(from), moved) : tf.select(isSome(from), moved, fill);
    },
    place: (by) => (by === 0 ? mask() : isSome(source(by))),
  };
}

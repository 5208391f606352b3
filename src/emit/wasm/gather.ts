/** What a walk gathers from four tokens at a time, or from one: sums in float64, extremes, places. */
import type { Reduce } from '../../ir/expr.js';
import type { Fold } from '../../plan/fused/program.js';
import type { Code, Local, Value } from './code.js';
import { choose, f32x4, f64x2, get, set, shuffle, v128 } from './instructions.js';

/** A token's value and, where only some count, which do; lanes above `lanes` hold nothing. */
export interface Element {
  readonly lanes: 4 | 1;
  readonly x: Local;
  readonly where: Local | undefined;
  /** The index, in the batch, of the first lane's token. */
  readonly index: () => Value;
  /** The address of room for a vector. */
  readonly scratch: () => Local;
}

export interface Gatherer {
  readonly add: (element: Element) => void;
  /** The result, in a local as a number of its kind is held. */
  readonly result: () => Local;
}

/** Starts a gathering; it is written before the walk. */
export function gatherer(fold: Fold, code: Code): Gatherer {
  if (fold.op === 'attains') return places(fold.extreme, code);
  switch (fold.reduce) {
    case 'sum':
      return sums(code);
    case 'max':
    case 'min':
      return extremes(fold.reduce, code);
    case 'any':
    case 'all':
      return conditions(fold.reduce, code);
    case 'first':
      return firsts(fold, code);
    default:
      throw new Error(`internal: ${fold.reduce} is not gathered in one walk`);
  }
}

const zero = (code: Code): Value => code.splat(0);
const kept = (code: Code, { x, where }: Element, otherwise: Value): Value =>
  where === undefined ? get(x) : choose(code, get(where), get(x), otherwise);
const lane = (value: Value): Value => `(f32x4.extract_lane 0 ${value})`;
const added = (code: Code, to: Local, value: Value, add = f64x2.add): void => {
  code.line(set(to, add(get(to), value)));
};

/**
 * Every value is added in float64, to one of four partial sums, or to a fifth at the ends of runs: of n numbers the sum
 * is off by less than n · 2⁻⁵³ of the sum of their sizes.
 */
function sums(code: Code): Gatherer {
  const [low, high] = [code.let('v128', code.splatDouble(0)), code.let('v128', code.splatDouble(0))];
  const rest = code.let('f64', '(f64.const 0)');
  return {
    add(element) {
      const value = kept(code, element, zero(code));
      if (element.lanes === 1) {
        code.line(set(rest, `(f64.add ${get(rest)} (f64.promote_f32 ${lane(value)}))`));
        return;
      }
      const x = code.let('v128', value);
      added(code, low, f64x2.promote(get(x)));
      added(code, high, f64x2.promote(shuffle(get(x), get(x), [2, 3, 2, 3])));
    },
    result() {
      const both = code.let('v128', f64x2.add(get(low), get(high)));
      const pair = `(f64.add (f64x2.extract_lane 0 ${get(both)}) (f64x2.extract_lane 1 ${get(both)}))`;
      return code.let('f64', `(f64.add ${get(rest)} ${pair})`);
    },
  };
}

function extremes(op: 'max' | 'min', code: Code): Gatherer {
  const start = op === 'max' ? -Infinity : Infinity;
  const best = code.let('v128', code.splat(start));
  const rest = code.let('f32', `(f32.const ${op === 'max' ? '-inf' : 'inf'})`);
  return {
    add(element) {
      const value = kept(code, element, code.splat(start));
      if (element.lanes === 1) code.line(set(rest, `(f32.${op} ${get(rest)} ${lane(value)})`));
      else code.line(set(best, f32x4[op](get(best), value)));
    },
    result() {
      const lanes = [0, 1, 2, 3].map((at) => `(f32x4.extract_lane ${at} ${get(best)})`);
      const all = lanes.reduce((one, other) => `(f32.${op} ${one} ${other})`, get(rest));
      return code.let('f64', `(f64.promote_f32 ${all})`);
    },
  };
}

/** `all` is that there is none whose condition fails. */
function conditions(op: 'any' | 'all', code: Code): Gatherer {
  const found = code.let('v128', zero(code));
  return {
    add(element) {
      const own = op === 'any' ? get(element.x) : v128.not(get(element.x));
      const value = element.where === undefined ? own : v128.and(get(element.where), own);
      const first = element.lanes === 1 ? v128.and(value, FIRST_LANE) : value;
      code.line(set(found, v128.or(get(found), first)));
    },
    result: () =>
      code.let(
        'i32',
        op === 'any' ? `(v128.any_true ${get(found)})` : `(i32.eqz (v128.any_true ${get(found)}))`,
      ),
  };
}
const FIRST_LANE: Value = '(v128.const i32x4 -1 0 0 0)';

/** Which lanes count, as the lowest bits of a number. */
const bitsOf = ({ lanes, where }: Element): Value => {
  const all = lanes === 1 ? 1 : 15;
  return where === undefined
    ? `(i32.const ${all})`
    : `(i32.and (i32x4.bitmask ${get(where)}) (i32.const ${all}))`;
};

/** A lane of a vector that has been written to the scratch. */
const loaded = (scratch: Local, place: Local): Value =>
  `(f32.load (i32.add ${get(scratch)} (i32.shl ${get(place)} (i32.const 2))))`;

/** The value of the first token that counts; its bits are kept, a condition's too. */
function firsts(fold: Reduce, code: Code): Gatherer {
  if (fold.type.kind === 'bool') throw new Error('internal: the first of conditions');
  const [value, seen] = [code.let('f64', '(f64.const 0)'), code.let('i32', '(i32.const 0)')];
  return {
    add(element) {
      code.block(`if (i32.eqz ${get(seen)})`, () => {
        code.block('then', () => {
          const bits = code.let('i32', bitsOf(element));
          code.block(`if ${get(bits)}`, () => {
            code.block('then', () => {
              const scratch = element.scratch();
              code.line(`(v128.store ${get(scratch)} ${get(element.x)})`);
              const place = code.let('i32', `(i32.ctz ${get(bits)})`);
              code.line(set(value, `(f64.promote_f32 ${loaded(scratch, place)})`));
              code.line(set(seen, '(i32.const 1)'));
            });
          });
        });
      });
    },
    result: () => value,
  };
}

/**
 * Where the first token stands that attains the extreme; NaN is one. Most vectors hold none that is better than what is
 * known; of one that does, the lanes are looked at one by one.
 */
function places(extreme: 'max' | 'min', code: Code): Gatherer {
  const place = code.let('i32', '(i32.const -1)');
  const best = code.let('f32', '(f32.const nan)');
  const isBetter = extreme === 'max' ? 'gt' : 'lt';
  return {
    add(element) {
      const x = get(element.x);
      // NaN as the best that is known: of nothing before the first, of a NaN afterwards, which nothing betters.
      const better = v128.or(f32x4[isBetter](x, `(f32x4.splat ${get(best)})`), f32x4.ne(x, x));
      const isNone = `(i32.lt_s ${get(place)} (i32.const 0))`;
      code.block(`if (i32.or ${isNone} (v128.any_true ${better}))`, () => {
        code.block('then', () => {
          const [scratch, bits] = [element.scratch(), code.let('i32', bitsOf(element))];
          code.line(`(v128.store ${get(scratch)} ${x})`);
          for (let at = 0; at < element.lanes; at += 1) look(element, at, scratch, bits);
        });
      });
    },
    result: () => place,
  };

  function look(element: Element, at: number, scratch: Local, bits: Local): void {
    const value = code.let('f32', `(f32.load offset=${4 * at} ${get(scratch)})`);
    const counts = `(i32.and (i32.shr_u ${get(bits)} (i32.const ${at})) (i32.const 1))`;
    const isFirst = `(i32.lt_s ${get(place)} (i32.const 0))`;
    const isFirstNaN = `(i32.and (f32.ne ${get(value)} ${get(value)}) (f32.eq ${get(best)} ${get(best)}))`;
    const takes = `(i32.or ${isFirst} (i32.or (f32.${isBetter} ${get(value)} ${get(best)}) ${isFirstNaN}))`;
    code.block(`if (i32.and ${counts} ${takes})`, () => {
      code.block('then', () => {
        code.line(set(best, get(value)));
        code.line(set(place, `(i32.add ${element.index()} (i32.const ${at}))`));
      });
    });
  }
}

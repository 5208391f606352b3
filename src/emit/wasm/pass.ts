/** One walk over the tokens of a rollout: four at a time, and one at a time at the end of each run. */
import { isFiner } from '../../base/level.js';
import { toDouble } from '../../ir/constant.js';
import { isBinary, isPlace, isTernary, isUnary, type Expr, type Shift } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import type { FusedPlan, TokenPass } from '../../plan/fused/program.js';
import type { Local, Value } from './code.js';
import { gatherer } from './gather.js';
import { choose, get, i32x4, set, v128 } from './instructions.js';
import { VECTOR_FUNCTIONS } from './math/index.js';
import { numberOf, placeOf, share, type Own } from './own.js';

export interface Row extends Own {
  readonly plan: FusedPlan;
  /** Token values that an earlier step of the rollout has kept. */
  readonly kept: Set<Expr>;
}

/** Where a walk is: in bytes from the beginning of [B, T], and from that of the rollout's kept rows. */
interface Position {
  readonly at: Local;
  readonly along: Local;
}

/** The lanes' own numbers. */
const LANES: Value = '(v128.const i32x4 0 1 2 3)';
const BYTES = 4;
/** More tokens than a rollout has: a memory of 2³² bytes holds two arrays of them, or fewer. */
const MORE_THAN_TOKENS = 2 ** 29;

export function walk(pass: TokenPass, row: Row): void {
  const { code, plan, numbers, kept } = row;
  const position: Position = { at: code.local('i32'), along: code.local('i32') };
  const written = pass.writes.flatMap((at) => {
    const output = plan.outputs[at];
    return output === undefined ? [] : [{ at, value: output.value }];
  });
  const sinks = [
    ...pass.folds.flatMap(({ x, where }) => (where === undefined ? [x] : [x, where])),
    ...pass.keeps,
    ...pass.stores,
    ...written.map(({ value }) => value),
  ];
  const before = spreadBefore(pass, sinks, row);
  const gatherers = pass.folds.map((fold) => ({ fold, gathering: gatherer(fold, code) }));
  let scratch: Local | undefined;
  const body = (lanes: 4 | 1): void => {
    const values = vectorsOf(pass.computes, lanes, position, before, row);
    const index = (): Value => `(i32.shr_u ${get(position.at)} (i32.const 2))`;
    for (const { fold, gathering } of gatherers)
      gathering.add({
        lanes,
        x: values(fold.x),
        where: fold.where === undefined ? undefined : values(fold.where),
        index,
        scratch: () => (scratch ??= row.args.of({ kind: 'scratch' })),
      });
    const put = (base: Local, offset: Local, value: Expr): void => {
      const lanesOf =
        value.type.kind === 'bool' ? v128.and(get(values(value)), code.splatBits(1)) : get(values(value));
      const address = `(i32.add ${get(base)} ${get(offset)})`;
      code.line(
        lanes === 4 ? `(v128.store ${address} ${lanesOf})` : `(v128.store32_lane 0 ${address} ${lanesOf})`,
      );
    };
    for (const value of pass.keeps) put(row.args.of({ kind: 'row', value }), position.along, value);
    for (const value of pass.stores) put(row.args.of({ kind: 'store', value }), position.at, value);
    for (const { at, value } of written) put(row.args.of({ kind: 'output', at }), position.at, value);
  };
  runs(body, position, row);
  for (const value of pass.keeps) kept.add(value);
  for (const { fold, gathering } of gatherers) {
    const result = gathering.result();
    numbers.set(fold, result);
    if (plan.shared.has(fold)) share(fold, result, row);
  }
}

/** Goes over the runs of a rollout. */
function runs(body: (lanes: 4 | 1) => void, { at, along }: Position, { code, args, rollout }: Row): void {
  const load = (name: 'runOf' | 'runStart' | 'runEnd', index: Value): Value =>
    `(i32.load (i32.add ${get(args.of({ kind: 'layout', name }))} (i32.shl ${index} (i32.const 2))))`;
  const [run, lastRun] = [
    code.let('i32', load('runOf', get(rollout))),
    code.let('i32', load('runOf', `(i32.add ${get(rollout)} (i32.const 1))`)),
  ];
  const [end, last] = [code.local('i32'), code.local('i32')];
  const step = (bytes: number): void => {
    code.line(set(at, `(i32.add ${get(at)} (i32.const ${bytes}))`));
    code.line(set(along, `(i32.add ${get(along)} (i32.const ${bytes}))`));
    code.line('(br $tokens)');
  };
  code.line(set(along, '(i32.const 0)'));
  code.block('block $end', () => {
    code.block('loop $runs', () => {
      code.line(`(br_if $end (i32.ge_s ${get(run)} ${get(lastRun)}))`);
      code.line(set(at, `(i32.shl ${load('runStart', get(run))} (i32.const 2))`));
      code.line(set(end, `(i32.shl ${load('runEnd', get(run))} (i32.const 2))`));
      code.line(set(last, `(i32.sub ${get(end)} (i32.const ${4 * BYTES}))`));
      for (const lanes of [4, 1] as const)
        code.block('block $done', () => {
          code.block('loop $tokens', () => {
            const isOver =
              lanes === 4 ? `(i32.gt_s ${get(at)} ${get(last)})` : `(i32.ge_s ${get(at)} ${get(end)})`;
            code.line(`(br_if $done ${isOver})`);
            body(lanes);
            step(lanes * BYTES);
          });
        });
      code.line(set(run, `(i32.add ${get(run)} (i32.const 1))`));
      code.line('(br $runs)');
    });
  });
}

/** Vectors that are the same for all tokens of the rollout, by value; and places, as vectors of integers. */
interface Before {
  readonly vectors: ReadonlyMap<Expr, Local>;
  readonly places: ReadonlyMap<Expr, Local>;
  /** The rollout's length, and the same as a vector of integers, where a shift asks for it. */
  readonly length: Length | undefined;
}

interface Length {
  readonly number: Local;
  readonly spread: Local;
}

/** What a walk reads that is no token's, spread over four lanes before it begins. */
function spreadBefore(pass: TokenPass, sinks: readonly Expr[], row: Row): Before {
  const { code } = row;
  const vectors = new Map<Expr, Local>();
  const places = new Map<Expr, Local>();
  let length: Length | undefined;
  const stack = [...pass.computes.flatMap(operandsOf), ...sinks];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (expr.op === 'shift') {
      stack.push(expr.fill);
      length ??= lengthOf(row);
    } else if (expr.op === 'attains' && expr.from === 'token') {
      if (!places.has(expr)) {
        const place = row.numbers.get(expr) ?? placeOf(expr, row);
        places.set(expr, code.let('v128', `(i32x4.splat ${get(place)})`));
      }
    } else if (isFiner('token', expr.type.level) && !vectors.has(expr)) vectors.set(expr, spread(expr, row));
  }
  return { vectors, places, length };
}

function lengthOf({ code, args, rollout }: Row): Length {
  const base = get(args.of({ kind: 'layout', name: 'lengths' }));
  const number = code.let('i32', `(i32.load (i32.add ${base} (i32.shl ${get(rollout)} (i32.const 2))))`);
  return { number, spread: code.let('v128', `(i32x4.splat ${get(number)})`) };
}

/** A number in four lanes; what is real is rounded to float32. */
function spread(expr: Expr, row: Row): Local {
  const { code } = row;
  if (expr.op === 'const' && expr.type.kind === 'real')
    return code.let('v128', code.splat(toDouble(expr.value)));
  if (expr.op === 'bool') return code.let('v128', code.splatBits(expr.value ? -1 : 0));
  const number = get(numberOf(expr, row));
  if (expr.type.kind === 'real') return code.let('v128', `(f32x4.splat (f32.demote_f64 ${number}))`);
  // A condition is 0 or 1, and its lanes 0 or −1.
  const lane = expr.type.kind === 'bool' ? `(i32.sub (i32.const 0) ${number})` : number;
  return code.let('v128', `(i32x4.splat ${lane})`);
}

/** Computes vectors, operands first, and answers how to read any value at the walk's position. */
function vectorsOf(
  computes: readonly Expr[],
  lanes: 4 | 1,
  position: Position,
  before: Before,
  row: Row,
): (expr: Expr) => Local {
  const { code, args, plan, kept } = row;
  const vectors = new Map(before.vectors);
  const load = (address: Value): Value =>
    lanes === 4 ? `(v128.load ${address})` : `(v128.load32_zero ${address})`;
  const loaded = (base: Local, offset: Value, { type }: Expr): Value => {
    const value = load(`(i32.add ${get(base)} ${offset})`);
    return type.kind === 'bool' ? v128.not(i32x4.eq(value, code.splatBits(0))) : value;
  };
  const of = (expr: Expr): Local => {
    const known = vectors.get(expr);
    if (known !== undefined) return known;
    const local = code.let('v128', read(expr));
    vectors.set(expr, local);
    return local;
  };
  const read = (expr: Expr): Value => {
    if (expr.op === 'input') return loaded(args.of({ kind: 'input', value: expr }), get(position.at), expr);
    if (expr.op === 'attains') {
      const index = i32x4.add(`(i32x4.splat (i32.shr_u ${get(position.at)} (i32.const 2)))`, LANES);
      const place = before.places.get(expr);
      if (place === undefined) throw new Error('internal: a place is not known before the walk');
      return i32x4.eq(index, get(place));
    }
    if (expr.op === 'shift' && (isPlace(expr) || kept.has(expr.x))) return shifted(expr);
    const near = kept.has(expr);
    if (!near && !plan.stored.has(expr)) throw new Error(`internal: ${expr.op} is not there to be read`);
    return near
      ? loaded(args.of({ kind: 'row', value: expr }), get(position.along), expr)
      : loaded(args.of({ kind: 'store', value: expr }), get(position.at), expr);
  };
  const shifted = (expr: Shift): Value => {
    const { by, x, fill } = expr;
    if (by === 0) return isPlace(expr) ? code.splatBits(-1) : get(of(x));
    if (Math.abs(by) >= MORE_THAN_TOKENS) return isPlace(expr) ? code.splatBits(0) : get(of(fill));
    if (before.length === undefined) throw new Error('internal: a length is not known before the walk');
    const { number: length, spread: lengths } = before.length;
    const first = code.let(
      'i32',
      `(i32.sub (i32.shr_u ${get(position.along)} (i32.const 2)) (i32.const ${by}))`,
    );
    const from = code.let('v128', i32x4.add(`(i32x4.splat ${get(first)})`, LANES));
    const inside = v128.and(
      `(i32x4.ge_s ${get(from)} ${code.splatBits(0)})`,
      `(i32x4.lt_s ${get(from)} ${get(lengths)})`,
    );
    if (isPlace(expr)) return inside;
    // Of a vector that is wholly outside, no lane is taken: it is read right beside the row.
    const [edge, reaches] = by > 0 ? ['(i32.const -4)', 'i32.gt_s'] : [get(length), 'i32.lt_s'];
    const near = `(select ${get(first)} ${edge} (${reaches} ${get(first)} ${edge}))`;
    const offset = `(i32.shl ${near} (i32.const 2))`;
    const value = loaded(args.of({ kind: 'row', value: x }), offset, x);
    return choose(code, get(code.let('v128', inside)), value, get(of(fill)));
  };
  for (const node of computes) vectors.set(node, elementwise(node, of, row));
  return of;
}

function elementwise(node: Expr, of: (expr: Expr) => Local, { code }: Row): Local {
  const { unary, binary, ternary } = VECTOR_FUNCTIONS;
  if (isUnary(node)) return unary[node.op].emit(code, of(node.x));
  if (isBinary(node)) return binary[node.op].emit(code, of(node.x), of(node.y), node.x.type.kind);
  if (isTernary(node)) return ternary[node.op].emit(code, of(node.x), of(node.y), of(node.z));
  throw new Error(`internal: ${node.op} is not computed from its own element`);
}

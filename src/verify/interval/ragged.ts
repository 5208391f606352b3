/**
 * A program over one concrete batch, in enclosures: the exact real value of every expression, where the reference
 * interpreter gives a rounded one. The batch's and the parameters' doubles *are* the values; constants of the program are
 * exact rationals. Conditions are three-valued, and an undecided selection gives what holds for both branches.
 */
import type { IndexLevel } from '../../base/level.js';
import { ancestors, peersOf, sizeOf, type Ragged } from '../../base/ragged.js';
import type { Values } from '../../ir/eval.js';
import {
  isBinary,
  isTernary,
  isUnary,
  type Attains,
  type Expr,
  type Reduce,
  type Scan,
  type Shift,
} from '../../ir/expr.js';
import { intern } from '../../ir/graph.js';
import { NOTHING, isAtMost, isBelow, isNothing, ofRational, point, type Enclosure } from './enclosure.js';
import { numbering, type Numbered, type Numbering } from './numbered.js';
import { binary, ternary, unary } from './ops.js';
import { REDUCTIONS, reduced, type Member } from './reductions.js';
import { PI } from './term.js';
import { EITHER, FALSE, TRUE, truthOf } from './truth.js';

/**
 * Values that take the place of an expression's own, by element: of an input, or of a let wherever it is read. An interval
 * stands for every value in it.
 */
export type Overrides = ReadonlyMap<Expr, ReadonlyMap<number, Enclosure>>;

/**
 * An enclosure of each expression at each element of its level. A value that is undefined is `NOTHING`, and one that
 * may be is `ANYTHING`, however large a part of the reals another op may make of that.
 */
export function encloseProgram(
  exprs: readonly Expr[],
  ragged: Ragged,
  values: Values,
  overrides: Overrides = new Map(),
): readonly (readonly Enclosure[])[] {
  const replaced = [...overrides];
  const graph = intern([...exprs, ...replaced.map(([expr]) => expr)]);
  const instead = new Map(
    replaced.flatMap(([, own], at) => {
      const node = graph.roots[exprs.length + at];
      return node === undefined ? [] : [[node, own] as const];
    }),
  );
  const place: Place = { ragged, values, numbers: numbering(), results: new Map() };
  for (const node of graph.nodes) {
    const own = instead.get(node);
    const computed = enclosed(node, place);
    place.results.set(
      node,
      own === undefined ? computed : computed.map((one, at) => fixed(own.get(at), place.numbers) ?? one),
    );
  }
  return exprs.map((_, at) => {
    const root = graph.roots[at];
    return root === undefined ? [] : read(place, root, root.type.level).map(({ value }) => value);
  });
}
const fixed = (value: Enclosure | undefined, numbers: Numbering): Numbered | undefined =>
  value && numbers.fresh(value);

interface Place {
  readonly ragged: Ragged;
  readonly values: Values;
  readonly numbers: Numbering;
  readonly results: Map<Expr, readonly Numbered[]>;
}

/** An expression's values as seen from a finer level: coarser values repeat. */
function read({ ragged, results, numbers }: Place, expr: Expr, at: IndexLevel): readonly Numbered[] {
  const own = results.get(expr);
  if (own === undefined) throw new Error('internal: operand enclosed after its use');
  if (expr.type.level === at) return own;
  return Array.from(ancestors(ragged, at, expr.type.level), (index) => own[index] ?? numbers.fresh(NOTHING));
}

function enclosed(node: Expr, place: Place): readonly Numbered[] {
  const { ragged, numbers } = place;
  const { level } = node.type;
  const none = numbers.fresh(NOTHING);
  if (isUnary(node)) return read(place, node.x, level).map((x) => unary(node.op, x, numbers));
  if (isBinary(node)) {
    const [xs, ys] = [read(place, node.x, level), read(place, node.y, level)];
    return xs.map((x, at) => binary(node.op, x, ys[at] ?? none, numbers));
  }
  if (isTernary(node)) {
    const [ys, zs] = [read(place, node.y, level), read(place, node.z, level)];
    return read(place, node.x, level).map((x, at) =>
      ternary(node.op, [x, ys[at] ?? none, zs[at] ?? none], numbers),
    );
  }
  switch (node.op) {
    case 'const':
      return [
        numbers.of(`const ${node.value.toFraction()}`, () =>
          ofRational({ n: node.value.s * node.value.n, d: node.value.d }),
        ),
      ];
    case 'inf':
      return [numbers.fresh(point(node.negative ? -Infinity : Infinity))];
    case 'pi':
      return [numbers.of('pi', () => PI)];
    case 'bool':
      return [numbers.fresh(node.value ? TRUE : FALSE)];
    case 'input':
      return inputValues(node.name, node.role === 'param', place);
    case 'named':
      return read(place, node.x, level);
    case 'reduce':
      return reduceValues(node, place);
    case 'attains':
      return attainsValues(node, place);
    case 'swap': {
      const values = read(place, node.x, 'peer');
      return Array.from(peersOf(ragged).opposite, (at) => values[at] ?? none);
    }
    case 'scan':
      return scanValues(node, place);
    case 'shift':
      return shiftValues(node, place);
  }
}

function inputValues(name: string, isParam: boolean, { values, numbers }: Place): readonly Numbered[] {
  const found = isParam ? values.params.get(name) : values.inputs.get(name);
  if (found === undefined) throw new Error(`internal: no value for ${name}`);
  const doubles = typeof found === 'number' ? [found] : [...found];
  // 0 is one number, whatever its sign.
  return doubles.map((double) => numbers.fresh(Number.isNaN(double) ? NOTHING : point(double + 0)));
}

interface Candidate extends Member {
  readonly at: number;
}
/** For each element of `to`, the elements of `from` that it holds and `where` keeps, or may keep, in order. */
function membersOf(node: Reduce | Attains, place: Place): readonly (readonly Candidate[])[] {
  const { ragged } = place;
  const members: Candidate[][] = Array.from({ length: sizeOf(ragged, node.to) }, () => []);
  const kept = node.where === undefined ? undefined : read(place, node.where, node.from);
  const values = read(place, node.x, node.from);
  ancestors(ragged, node.from, node.to).forEach((outer, at) => {
    const truth = kept === undefined ? true : truthOf(kept[at]?.value ?? EITHER);
    const value = values[at];
    if (truth !== false && value !== undefined)
      members[outer]?.push({ ...value, at, isSure: truth === true });
  });
  return members;
}

function reduceValues(node: Reduce, place: Place): readonly Numbered[] {
  const { numbers } = place;
  const anchors = node.anchor && read(place, node.anchor, node.to);
  const shares = node.q && read(place, node.q, node.to);
  const { chosen } = REDUCTIONS[node.reduce];
  return membersOf(node, place).map((members, outer) => {
    const anchor = anchors?.[outer];
    const all = anchor === undefined ? members : [...members, { ...anchor, isSure: true }];
    const one = all.some(({ value }) => isNothing(value)) ? undefined : chosen?.(all);
    if (one !== undefined) return one;
    const q = shares?.[outer];
    const key = all.map(({ id, isSure }) => (isSure ? id : `${id}?`)).join(' ');
    return numbers.of(`${node.reduce} ${q?.id ?? ''} of ${key}`, () =>
      reduced(node.reduce, all, q?.value ?? point(0)),
    );
  });
}

/** Who is first among those that attain the extreme: sure to be, sure not to be, or either. */
function attainsValues(node: Attains, place: Place): readonly Numbered[] {
  const result: Enclosure[] = Array.from({ length: sizeOf(place.ragged, node.from) }, () => FALSE);
  const beats = (a: Member, b: Member): boolean =>
    a.id !== b.id && (node.extreme === 'max' ? isBelow(b.value, a.value) : isBelow(a.value, b.value));
  const matches = (a: Member, b: Member): boolean =>
    a.id === b.id || (node.extreme === 'max' ? isAtMost(b.value, a.value) : isAtMost(a.value, b.value));
  for (const members of membersOf(node, place)) {
    const isUndefined = members.some(({ value }) => isNothing(value));
    members.forEach((one, at) => {
      // One that comes earlier wins a tie.
      const loses = members.some(
        (other, then) => other.isSure && then !== at && (then < at ? matches(other, one) : beats(other, one)),
      );
      const wins =
        one.isSure &&
        members.every((other, then) => then === at || (then < at ? beats(one, other) : matches(one, other)));
      result[one.at] = isUndefined ? EITHER : loses ? FALSE : wins ? TRUE : EITHER;
    });
  }
  return result.map((truth) => place.numbers.fresh(truth));
}

function scanValues({ direction, x, gamma }: Scan, place: Place): readonly Numbered[] {
  const { numbers, ragged } = place;
  const values = read(place, x, 'token');
  const factors = gamma && read(place, gamma, 'token');
  const result: Numbered[] = [...values];
  const step = direction === 'forward' ? 1 : -1;
  for (let count = 0; count < values.length; count += 1) {
    const at = direction === 'forward' ? count : values.length - 1 - count;
    const [own, before, factor] = [values[at], result[at - step], factors?.[at]];
    const isFirst = ragged.rolloutOfToken[at - step] !== ragged.rolloutOfToken[at];
    if (isFirst || own === undefined || before === undefined) continue;
    const weighted = factor === undefined ? before : binary('mul', factor, before, numbers);
    result[at] = binary('add', own, weighted, numbers);
  }
  return result;
}

function shiftValues({ by, x, fill }: Shift, place: Place): readonly Numbered[] {
  const { rolloutOfToken } = place.ragged;
  const [values, filling] = [read(place, x, 'token'), read(place, fill, 'token')];
  return filling.map((own, at) =>
    rolloutOfToken[at - by] === rolloutOfToken[at] ? (values[at - by] ?? own) : own,
  );
}

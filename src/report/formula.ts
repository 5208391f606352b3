/** Expressions as a person writes them: Unicode for terminals, LaTeX for papers. */
import { constantText } from '../ir/constant.js';
import { parentOf } from '../base/level.js';
import type { IndexSet } from '../ir/build.js';
import {
  isBinary,
  isPlace,
  isTernary,
  isUnary,
  type Attains,
  type Binary,
  type BinaryOp,
  type Expr,
  type Reduce,
  type Scan,
  type Unary,
} from '../ir/expr.js';
import { operandsOf, sameExpr } from '../ir/graph.js';
import { PRECEDENCE } from '../ir/op.js';
import { OPS } from '../ir/ops/index.js';
import { expandedAggregate, type Expanded } from './expanded.js';
import { LATEX, UNICODE, type Notation, type Summand } from './notation.js';

export type Style = 'unicode' | 'latex';

interface Piece {
  readonly text: string;
  readonly precedence: number;
}

const NOTATION: Readonly<Record<Style, Notation>> = { unicode: UNICODE, latex: LATEX };
const ATOM = 9;
const atom = (text: string): Piece => ({ text, precedence: ATOM });

/** More than anyone reads; an expression that uses a part twice may be far longer than the program that it is from. */
const LONGEST = 2000;

/** A formula on one line; values named by `let` print as their names. A very long one is not written out. */
export function formula(expr: Expr, style: Style): string {
  const notation = NOTATION[style];
  const size = length(expr, new Map());
  return size > LONGEST ? notation.word(TOO_LONG) : print(expr, notation).text;
}
const TOO_LONG = '… (too long to write out: name its parts with `let`)';

/** The number of symbols of a formula. */
function length(expr: Expr, known: Map<Expr, number>): number {
  const counted = known.get(expr);
  if (counted !== undefined) return counted;
  const parts = expr.op === 'named' ? [] : operandsOf(expr);
  const size = parts.reduce((total, one) => total + length(one, known), 1);
  known.set(expr, size);
  return size;
}

/** The text of a declared name. */
export const nameText = (name: string, style: Style): string => NOTATION[style].name(name);

/** Among the others, over which a reduction runs, a value is that of the other; a rollout's own is said to be its own. */
function print(expr: Expr, notation: Notation, amongOthers = false): Piece {
  const alone = (operand: Expr): Piece => print(operand, notation);
  if (amongOthers && expr.type.level === 'rollout') return atom(notation.own(alone(expr).text));
  const of: Print = (operand, inside = amongOthers) => print(operand, notation, inside);
  const expanded = expandedAggregate(expr);
  if (expanded !== undefined) return printExpanded(expanded, notation, of);
  if (isUnary(expr)) return printUnary(expr, notation, of);
  if (isBinary(expr)) return printBinary(expr, notation, of);
  if (isTernary(expr)) {
    const [x, y, z] = [of(expr.x).text, of(expr.y).text, of(expr.z).text];
    if (expr.op === 'clip') return atom(notation.call('clip', [x, y, z]));
    return { text: notation.choice(x, y, z), precedence: 0 };
  }
  switch (expr.op) {
    case 'const': {
      const text = notation.number(constantText(expr.value));
      const isProduct = /\/|\\cdot/.test(text);
      const precedence = expr.value.s < 0n ? PRECEDENCE.sum : isProduct ? PRECEDENCE.term : ATOM;
      return { text, precedence };
    }
    case 'inf':
      return {
        text: `${expr.negative ? notation.minus : ''}${notation.infinity}`,
        precedence: PRECEDENCE.sign,
      };
    case 'pi':
      return atom(notation.pi);
    case 'bool':
      return atom(notation.word(String(expr.value)));
    case 'input':
    case 'named':
      return atom(notation.name(expr.name));
    case 'reduce':
      return printReduction(expr.reduce, expr, notation, of);
    case 'attains': {
      const whole = printReduction(expr.extreme, expr, notation, of).text;
      return atom(`${notation.word('attains')} ${amongOthers ? notation.own(whole) : whole}`);
    }
    case 'swap':
      if (expr.x.type.level === 'rollout') return alone(expr.x);
      return atom(`${notation.word('own')} ${alone(expr.x).text}`);
    case 'scan':
      return printScan(expr, notation, of);
    case 'shift':
      if (isPlace(expr)) return { text: notation.place(expr.by, true), precedence: PRECEDENCE.not };
      return atom(notation.shift(summand(expr.x, of), expr.by, of(expr.fill).text));
  }
}

type Print = (operand: Expr, amongOthers?: boolean) => Piece;

const summand = (expr: Expr, of: (operand: Expr) => Piece): Summand => ({
  text: of(expr).text,
  isName: expr.op === 'input' || expr.op === 'named',
});

/** Where quotients have a form of their own, so have powers and sums: they end where the next operator stands. */
function printScan({ direction, x, gamma }: Scan, notation: Notation, of: (operand: Expr) => Piece): Piece {
  const isSum = notation.fraction !== undefined;
  const factor = gamma && (isSum ? wrapBase(gamma, notation, of) : of(gamma).text);
  const text = notation.scan(direction, summand(x, of), factor);
  return { text, precedence: isSum ? BETWEEN_SUM_AND_TERM : ATOM };
}
const BETWEEN_SUM_AND_TERM = (PRECEDENCE.sum + PRECEDENCE.term) / 2;

function wrap(piece: Piece, loosest: number, notation: Notation): string {
  return piece.precedence >= loosest ? piece.text : notation.parentheses(piece.text);
}

/** Over the real numbers, where every two can be compared. */
const OPPOSITE: { readonly [op in BinaryOp]?: BinaryOp } = {
  lt: 'ge',
  le: 'gt',
  gt: 'le',
  ge: 'lt',
  eq: 'ne',
  ne: 'eq',
};

function printUnary(expr: Unary, notation: Notation, of: (operand: Expr) => Piece): Piece {
  const known = notation.unary[expr.op];
  if (known !== undefined) return atom(known(of(expr.x).text));
  const { notation: symbol } = OPS.unary[expr.op];
  if (symbol.form === 'function') return atom(notation.call(symbol.name, [of(expr.x).text]));
  if (expr.op === 'not') {
    if (expr.x.op === 'shift' && isPlace(expr.x))
      return { text: notation.place(expr.x.by, false), precedence: PRECEDENCE.not };
    const opposite = isBinary(expr.x) ? OPPOSITE[expr.x.op] : undefined;
    if (isBinary(expr.x) && opposite !== undefined) return of({ ...expr.x, op: opposite });
    return {
      text: `${notation.word('not')} ${wrap(of(expr.x), PRECEDENCE.not, notation)}`,
      precedence: PRECEDENCE.not,
    };
  }
  return {
    text: `${notation.minus}${wrap(of(expr.x), PRECEDENCE.term, notation)}`,
    precedence: PRECEDENCE.sum,
  };
}

interface Power {
  readonly base: Expr;
  readonly times: number;
}

/** The factors of a product, equal ones counted. */
function powersOf(expr: Expr): readonly Power[] {
  if (expr.op !== 'mul') return [{ base: expr, times: 1 }];
  const powers = [...powersOf(expr.x)];
  for (const { base, times } of powersOf(expr.y)) {
    const at = powers.findIndex((one) => sameExpr(one.base, base));
    const known = powers[at];
    if (known === undefined) powers.push({ base, times });
    else powers[at] = { base, times: known.times + times };
  }
  return powers;
}

function printProduct(powers: readonly Power[], notation: Notation, of: (operand: Expr) => Piece): Piece {
  const texts = powers.map(({ base, times }, at) => {
    if (times > 1) return notation.exponent(wrapBase(base, notation, of), `${times}`);
    return wrap(of(base), at === 0 ? PRECEDENCE.term : PRECEDENCE.term + 1, notation);
  });
  return {
    text: texts.reduce(notation.product),
    precedence: powers.length === 1 ? PRECEDENCE.power : PRECEDENCE.term,
  };
}

/** What stands under an exponent: where a quotient or a power has a form of its own, it needs brackets here. */
const wrapBase = (base: Expr, notation: Notation, of: (operand: Expr) => Piece): string =>
  ['div', 'exp'].includes(base.op) && notation.fraction !== undefined
    ? notation.parentheses(of(base).text)
    : wrap(of(base), PRECEDENCE.power + 1, notation);

function printBinary(expr: Binary, notation: Notation, of: (operand: Expr) => Piece): Piece {
  const powers = powersOf(expr);
  if (powers.some(({ times }) => times > 1)) return printProduct(powers, notation, of);
  const { notation: symbol } = OPS.binary[expr.op];
  if (symbol.form !== 'infix')
    return atom(
      notation.call(symbol.form === 'function' ? symbol.name : expr.op, [of(expr.x).text, of(expr.y).text]),
    );
  const { precedence, associative } = symbol;
  if (expr.op === 'div' && notation.fraction !== undefined) {
    return atom(notation.fraction(of(expr.x).text, of(expr.y).text));
  }
  if (expr.op === 'pow') {
    const power =
      notation.fraction === undefined ? wrap(of(expr.y), precedence + 1, notation) : of(expr.y).text;
    return { text: notation.exponent(wrapBase(expr.x, notation, of), power), precedence };
  }
  const left = wrap(of(expr.x), precedence === PRECEDENCE.compare ? precedence + 1 : precedence, notation);
  const right = wrap(of(expr.y), associative ? precedence : precedence + 1, notation);
  if (expr.op === 'mul') return { text: notation.product(left, right), precedence };
  return { text: `${left} ${notation.infix[expr.op] ?? symbol.symbol} ${right}`, precedence };
}

function printExpanded({ name, set, x }: Expanded, notation: Notation, of: Print): Piece {
  const inside = set.from === 'peer';
  const where = set.where === undefined ? undefined : of(set.where, inside).text;
  return atom(notation.reduction(name, indexOf(set), outerOf(set), where, of(x, inside).text));
}

const indexOf = ({ from }: IndexSet): string => (from === 'peer' ? 'others' : from);

/** The outer level, where it has to be written. */
const outerOf = ({ from, to }: IndexSet): string | undefined => (to === parentOf(from) ? undefined : to);

function printReduction(op: string, node: Reduce | Attains, notation: Notation, of: Print): Piece {
  const inside = node.from === 'peer';
  const where = node.where === undefined ? undefined : of(node.where, inside).text;
  const outer = outerOf(node);
  const isCount = op === 'sum' && node.x.op === 'const' && node.x.value.equals(1);
  if (isCount) return atom(notation.reduction('count', indexOf(node), outer, where, undefined));
  const text = (operand: Expr | undefined): string | undefined => operand && of(operand, false).text;
  const [anchor, q] = node.op === 'reduce' ? [text(node.anchor), text(node.q)] : [];
  const beside =
    (anchor === undefined ? '' : `, ${notation.word('anchor:')} ${anchor}`) +
    (q === undefined ? '' : `, ${q}`);
  return atom(notation.reduction(op, indexOf(node), outer, where, `${of(node.x, inside).text}${beside}`));
}

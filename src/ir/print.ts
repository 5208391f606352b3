/** The dump of an expression in the language's own notation: for tests, traces and people who debug. */
import { constantText } from './constant.js';
import {
  isBinary,
  isTernary,
  isUnary,
  type Attains,
  type Expr,
  type Reduce,
  type Scan,
  type Shift,
} from './expr.js';
import { PRECEDENCE } from './op.js';
import { OPS } from './ops/index.js';
import { parentOf } from '../base/level.js';

const ATOM = 9;

interface Piece {
  readonly text: string;
  readonly precedence: number;
}
const wrapped = (piece: Piece, above: number): string =>
  piece.precedence > above ? piece.text : `(${piece.text})`;

/** Prints with as few parentheses as the grammar allows; `named` values print as their name when `namesOnly`. */
export function printExpr(expr: Expr, namesOnly = false): string {
  return piece(expr, { namesOnly, amongOthers: false }).text;
}

interface How {
  readonly namesOnly: boolean;
  /** Whether it stands in a reduction over the others, where a name is read at the other. */
  readonly amongOthers: boolean;
}

function piece(expr: Expr, how: How): Piece {
  const alone = { ...how, amongOthers: false };
  if (how.amongOthers && expr.op === 'swap' && expr.x.type.level === 'rollout') return piece(expr.x, alone);
  if (how.amongOthers && expr.type.level === 'rollout')
    return { text: `own(${piece(expr, alone).text})`, precedence: ATOM };
  const of = (operand: Expr): Piece => piece(operand, how);
  const atom = (text: string): Piece => ({ text, precedence: ATOM });
  if (isUnary(expr)) {
    const { notation } = OPS.unary[expr.op];
    if (notation.form !== 'prefix') return atom(`${expr.op}(${of(expr.x).text})`);
    const space = notation.symbol === 'not' ? ' ' : '';
    return {
      text: `${notation.symbol}${space}${wrapped(of(expr.x), notation.precedence - 1)}`,
      precedence: notation.precedence,
    };
  }
  if (isBinary(expr)) {
    const { notation } = OPS.binary[expr.op];
    if (notation.form !== 'infix') return atom(`${expr.op}(${of(expr.x).text}, ${of(expr.y).text})`);
    const { precedence, associative, symbol } = notation;
    const chains = precedence !== PRECEDENCE.compare && precedence !== PRECEDENCE.power;
    const left = wrapped(of(expr.x), chains ? precedence - 1 : precedence);
    const right = wrapped(of(expr.y), associative ? precedence - 1 : precedence);
    return { text: `${left} ${symbol} ${right}`, precedence };
  }
  if (isTernary(expr)) {
    const [x, y, z] = [of(expr.x).text, of(expr.y).text, of(expr.z).text];
    if (expr.op === 'clip') return atom(`clip(${x}, ${y}, ${z})`);
    return { text: `if ${x} then ${y} else ${z}`, precedence: 0 };
  }
  switch (expr.op) {
    case 'const':
      return {
        text: constantText(expr.value),
        precedence:
          expr.value.s < 0n
            ? PRECEDENCE.sign
            : constantText(expr.value).includes('/')
              ? PRECEDENCE.term
              : ATOM,
      };
    case 'inf':
      return expr.negative ? { text: '-inf', precedence: PRECEDENCE.sign } : atom('inf');
    case 'pi':
      return atom('pi');
    case 'bool':
      return atom(String(expr.value));
    case 'input':
      return atom(expr.name);
    case 'named':
      return how.namesOnly ? atom(expr.name) : of(expr.x);
    case 'reduce':
      return atom(reduction(expr.reduce, expr, how));
    case 'attains':
      return atom(reduction(`attains_${expr.extreme}`, expr, how));
    case 'swap':
      return atom(`swap(${of(expr.x).text})`);
    case 'scan':
      return atom(scan(expr, of(expr.x).text, expr.gamma && of(expr.gamma).text));
    case 'shift':
      return atom(shift(expr, of(expr.x).text, of(expr.fill).text));
  }
}

function reduction(name: string, node: Reduce | Attains, { namesOnly }: How): string {
  const inside: How = { namesOnly, amongOthers: node.from === 'peer' };
  const outer = node.to === parentOf(node.from) ? '' : ` in ${node.to}`;
  const where = node.where === undefined ? '' : ` where ${piece(node.where, inside).text}`;
  const index = `[${node.from === 'peer' ? 'others' : node.from}${outer}${where}]`;
  const isCount = name === 'sum' && node.x.op === 'const' && node.x.value.equals(1);
  if (isCount) return `count${index}`;
  const [anchor, q] = node.op === 'reduce' ? [node.anchor, node.q] : [];
  const beside =
    (anchor === undefined ? '' : `, anchor: ${printExpr(anchor, namesOnly)}`) +
    (q === undefined ? '' : `, ${printExpr(q, namesOnly)}`);
  return `${name}${index}(${piece(node.x, inside).text}${beside})`;
}

/** As the language writes it; a scan that the language lacks says where it starts. */
function scan({ direction }: Scan, x: string, gamma: string | undefined): string {
  if (gamma === undefined) return `cumsum[token${direction === 'forward' ? '' : ' from end'}](${x})`;
  return `discounted[token${direction === 'backward' ? '' : ' from start'}](${x}, ${gamma})`;
}

const shift = ({ by }: Shift, x: string, fill: string): string =>
  `shift[token](${x}, by: ${by}, fill: ${fill})`;

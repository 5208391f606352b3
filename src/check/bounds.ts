/**
 * Which values an expression of literals and parameters can take. Only what is certain is used: a clip whose bounds
 * always cross, a power whose base is never positive.
 */
import { hullOf, type Domain } from '../base/domain.js';
import { negate, point, product, reciprocal, sum, type Interval } from '../base/interval.js';
import type { Expr } from '../syntax/ast.js';
import { readNumber } from './literals.js';
import type { Scope } from './scope.js';

type Known = ReadonlyMap<Expr, Interval>;

/** The values of one expression whose operands are known already; nothing where inputs are read. */
export function boundsOf(
  expr: Expr,
  known: Known,
  scope: Scope,
  domains: ReadonlyMap<string, Domain>,
): Interval | undefined {
  const found = find(expr, known, scope, domains);
  return found === undefined || Number.isNaN(found.low) || Number.isNaN(found.high) ? undefined : found;
}

function find(
  expr: Expr,
  known: Known,
  scope: Scope,
  domains: ReadonlyMap<string, Domain>,
): Interval | undefined {
  switch (expr.kind) {
    case 'number': {
      const read = readNumber(expr.text, expr.span);
      return 'value' in read ? point(read.value) : undefined;
    }
    case 'inf':
      return point(Infinity);
    case 'pi':
      return point(Math.PI);
    case 'name': {
      const entity = scope.known.get(expr.name);
      if (entity?.kind === 'let') return known.get(entity.value);
      const domain = entity?.kind === 'param' ? domains.get(expr.name) : undefined;
      return domain === undefined ? undefined : hullOf(domain);
    }
    case 'unary': {
      const x = known.get(expr.operand);
      return x === undefined || expr.operator === 'not' ? undefined : negate(x);
    }
    case 'binary': {
      const [x, y] = [known.get(expr.left), known.get(expr.right)];
      return x === undefined || y === undefined ? undefined : arithmetic[expr.operator]?.(x, y);
    }
    case 'inlined':
      return known.get(expr.body);
    default:
      return undefined;
  }
}

const arithmetic: Readonly<Partial<Record<string, (x: Interval, y: Interval) => Interval>>> = {
  '+': sum,
  '-': (x, y) => sum(x, negate(y)),
  '*': product,
  '/': (x, y) => product(x, reciprocal(y)),
};

/** Far more than the rounding of a few sums and products. */
const MARGIN = 1e-12;

/** Whether every value of `low` lies above every value of `high`. */
export function alwaysAbove(low: Interval, high: Interval): boolean {
  if (low.low === high.high) return Number.isFinite(low.low) && (low.lowOpen || high.highOpen);
  return low.low - high.high > MARGIN * Math.max(1, Math.min(Math.abs(low.low), Math.abs(high.high)));
}

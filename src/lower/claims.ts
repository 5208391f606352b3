/** Claims, with the expressions that they compare and vary. */
import type { Claim as Checked, Statement as CheckedStatement } from '../check/model.js';
import { ONE, ZERO, select } from '../ir/build.js';
import type { Claim, Statement } from '../ir/claim.js';
import type { Expr } from '../ir/expr.js';
import type * as ast from '../syntax/ast.js';
import { lowerExpr, type Names, type Places } from './expression.js';

export function lowerClaim(claim: Checked, names: Names, places: Places): Claim {
  const { mode, label, guard, assuming, span } = claim;
  const of = (expr: ast.Expr): Expr => lowerExpr(expr, names, places);
  return {
    mode,
    ...(label === undefined ? {} : { label }),
    ...(guard === undefined ? {} : { guard: of(guard) }),
    ...(assuming === undefined ? {} : { assuming: of(assuming) }),
    statement: statementOf(claim.statement, of, (name) => variableNamed(name, names)),
    span,
  };
}

function variableNamed(name: string, names: Names): Expr {
  const found = names.get(name);
  if (found === undefined) throw new Error(`internal: a claim varies ${name}, which is not lowered`);
  return found;
}

function statementOf(
  statement: CheckedStatement,
  of: (expr: ast.Expr) => Expr,
  named: (name: string) => Expr,
): Statement {
  switch (statement.kind) {
    case 'comparison':
      return { ...statement, left: numberOf(of(statement.left)), right: numberOf(of(statement.right)) };
    case 'extreme': {
      const { extreme, variable, value } = statement;
      return { kind: 'extreme', extreme, of: of(statement.of), variable: named(variable), value: of(value) };
    }
    case 'limit': {
      const { variable, point, limit } = statement;
      return {
        kind: 'limit',
        of: of(statement.of),
        variable: named(variable),
        point: of(point),
        limit: of(limit),
      };
    }
    case 'shape':
      return shapeOf(of(statement.of), statement.shape, of, named);
  }
}

/** A condition that is compared counts as 1 where it holds and as 0 where it does not. */
const numberOf = (expr: Expr): Expr => (expr.type.kind === 'bool' ? select(expr, ONE, ZERO) : expr);

function shapeOf(
  value: Expr,
  shape: ast.Shape,
  of: (expr: ast.Expr) => Expr,
  named: (name: string) => Expr,
): Statement {
  switch (shape.kind) {
    case 'nonincreasing':
    case 'nondecreasing':
    case 'increasing':
    case 'decreasing':
      return { kind: 'monotone', direction: shape.kind, of: value, variable: named(shape.variable.text) };
    case 'lipschitz':
      return { kind: 'lipschitz', of: value, variable: named(shape.variable.text), by: of(shape.by) };
    case 'bounded': {
      const { variable } = shape;
      return {
        kind: 'bounded',
        of: value,
        ...(variable === undefined ? {} : { variable: named(variable.text) }),
      };
    }
    case 'constant':
    case 'continuous':
    case 'convex':
    case 'nowhere zero':
    case 'independent':
      return { kind: shape.kind, of: value, variable: named(shape.variable.text) };
  }
}

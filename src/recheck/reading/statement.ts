/** What a claim says, of values that are read from the syntax tree. */
import { isFiner, type IndexLevel, type Level } from '../../base/level.js';
import type * as ast from '../../syntax/ast.js';
import { reject } from '../rejection.js';
import type { Condition, Relation, Term } from '../term.js';
import { nodeOf, numberOf } from './build.js';
import type { Claim } from './objective.js';
import * as n from './tree.js';
import { isTruth, type Node, type Number_ } from './tree.js';

/** What a claim varies. */
export interface Varied {
  readonly name: string;
  readonly node: Node;
  /** What was shown of all its values. */
  readonly permitted?: (x: Term) => readonly Condition[];
}

export type Statement =
  /** left − right stands so to 0. */
  | { readonly kind: 'comparison'; readonly op: Relation; readonly left: Number_; readonly right: Number_ }
  | {
      readonly kind: 'monotone';
      readonly of: Number_;
      readonly direction: 'nonincreasing' | 'nondecreasing' | 'increasing' | 'decreasing';
    }
  | { readonly kind: 'constant' | 'continuous' | 'convex' | 'nowhere zero' | 'bounded'; readonly of: Number_ }
  | { readonly kind: 'independent'; readonly of: Node }
  | { readonly kind: 'lipschitz'; readonly of: Number_; readonly by: Number_ }
  | { readonly kind: 'extreme'; readonly isSup: boolean; readonly of: Number_; readonly value: Number_ }
  | { readonly kind: 'limit'; readonly of: Number_; readonly point: Number_; readonly limit: Number_ };

export interface Said {
  readonly statement: Statement;
  readonly varied?: Varied;
  /** The level of the elements of which it is claimed. */
  readonly level: Level;
}

export function statementOf(claim: Claim): Said {
  const { syntax, scope, hypotheses } = claim;
  const number = (expr: ast.Expr): Number_ => numberOf(expr, scope);
  const variedBy = (name: string): Varied => ({
    name,
    node: scope.names.get(name) ?? reject('claim', `nothing is called ${name}`),
  });
  const said = (statement: Statement, varied?: Varied): Said => {
    const parts = [...partsOf(statement), ...hypotheses, ...(varied === undefined ? [] : [varied.node])];
    const level = parts.reduce<IndexLevel>(
      (finest, one) => (isFiner(one.level, finest) ? one.level : finest),
      'batch',
    );
    return {
      statement,
      level: level === 'peer' ? reject('claim', 'a claim of pairs') : level,
      ...(varied !== undefined && { varied }),
    };
  };
  if (syntax.kind === 'limit') {
    const [of, point, limit] = [number(syntax.expr), number(syntax.point), number(syntax.limit)];
    return said({ kind: 'limit', of, point, limit }, variedBy(syntax.variable.text));
  }
  if (syntax.kind === 'comparison') return comparison(syntax.expr, claim, said, variedBy);
  const { expr, shape } = syntax;
  const varied = shape.variable === undefined ? undefined : variedBy(shape.variable.text);
  switch (shape.kind) {
    case 'nonincreasing':
    case 'nondecreasing':
    case 'increasing':
    case 'decreasing':
      return said({ kind: 'monotone', of: number(expr), direction: shape.kind }, varied);
    case 'lipschitz':
      return said({ kind: 'lipschitz', of: number(expr), by: number(shape.by) }, varied);
    case 'independent':
      return said({ kind: 'independent', of: nodeOf(expr, scope) }, varied);
    default:
      return said({ kind: shape.kind, of: number(expr) }, varied);
  }
}

const RELATIONS: Readonly<Record<string, { readonly op: Relation; readonly isTurned: boolean }>> = {
  '<=': { op: '>=', isTurned: true },
  '<': { op: '>', isTurned: true },
  '>=': { op: '>=', isTurned: false },
  '>': { op: '>', isTurned: false },
  '==': { op: '==', isTurned: false },
};

function comparison(
  expr: ast.Expr,
  { scope }: Claim,
  said: (statement: Statement, varied?: Varied) => Said,
  variedBy: (name: string) => Varied,
): Said {
  if (expr.kind !== 'binary') return reject('claim', 'the claim is no comparison');
  const { left, right, operator } = expr;
  if (left.kind === 'call' && (left.callee.text === 'sup' || left.callee.text === 'inf')) {
    const [of, by] = left.args.map(({ value }) => value);
    if (of === undefined || by?.kind !== 'name' || operator !== '==')
      return reject('claim', 'the extreme is not that of a name');
    const isSup = left.callee.text === 'sup';
    return said(
      { kind: 'extreme', isSup, of: numberOf(of, scope), value: numberOf(right, scope) },
      variedBy(by.name),
    );
  }
  const relation = RELATIONS[operator];
  if (relation === undefined) return reject('claim', 'the claim is no comparison');
  // A condition that is compared counts as 1 where it holds, and as 0 where it does not.
  const counted = (node: Node): Number_ => (isTruth(node) ? n.select(node, n.number(1), n.number(0)) : node);
  const [x, y] = [counted(nodeOf(left, scope)), counted(nodeOf(right, scope))];
  return said({
    kind: 'comparison',
    op: relation.op,
    left: relation.isTurned ? y : x,
    right: relation.isTurned ? x : y,
  });
}

/** Everything that a statement reads. */
export function partsOf(statement: Statement): readonly Node[] {
  switch (statement.kind) {
    case 'comparison':
      return [statement.left, statement.right];
    case 'lipschitz':
      return [statement.of, statement.by];
    case 'extreme':
      return [statement.of, statement.value];
    case 'limit':
      return [statement.of, statement.point, statement.limit];
    default:
      return [statement.of];
  }
}

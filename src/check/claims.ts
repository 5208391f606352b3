/** Claims: what is compared, which name varies, and that every part is a number or a condition where it has to be. */
import type { Expr, Item, Name, Shape } from '../syntax/ast.js';
import type { Context } from './context.js';
import { demand, infer } from './infer.js';
import type { Claim, ComparisonOperator, Statement } from './model.js';
import { describeClaimShape } from './rules/claim-shape.js';
import { describeVariedCondition } from './rules/kind-mismatch.js';
import { describeVariedTag } from './rules/tag-used.js';
import { lookUp } from './scope.js';
import { quoted } from './context.js';
import { postOrder } from './walk.js';

type ClaimItem = Extract<Item, { kind: 'claim' }>;

/** Checks a claim with its guard and assumption; nothing where some part has no meaning. */
export function checkClaim(item: ClaimItem, context: Context): Claim | undefined {
  const { mode, label, guard, assuming, span } = item;
  const hypotheses = [guard, assuming].filter((one) => one !== undefined);
  for (const hypothesis of hypotheses) {
    infer(hypothesis, context);
    demand('bool', hypothesis, context);
  }
  const statement = statementOf(item, context);
  if (statement === undefined) return undefined;
  return {
    mode,
    ...(label === undefined ? {} : { label }),
    ...(guard === undefined ? {} : { guard }),
    ...(assuming === undefined ? {} : { assuming }),
    statement,
    span,
  };
}

function statementOf({ claim }: ClaimItem, context: Context): Statement | undefined {
  if (claim.kind === 'comparison') return comparison(claim.expr, context);
  if (claim.kind === 'shape') return shapeClaim(claim.expr, claim.shape, context);
  number(claim.expr, context);
  number(claim.limit, context, 'value');
  number(claim.point, context, 'value');
  const variable = variableOf(claim.variable, context);
  if (variable === undefined) return undefined;
  return { kind: 'limit', of: claim.expr, limit: claim.limit, variable, point: claim.point };
}

/** A part that has to be a number. */
function number(expr: Expr, context: Context, infinityMayBe: 'error' | 'value' = 'error'): void {
  infer(expr, context, infinityMayBe);
  demand('real', expr, context);
}

/** The name that a claim varies; a condition cannot be varied. */
function variableOf(name: Name, context: Context, anyKind = false): string | undefined {
  if (name.text === '') return undefined;
  const found = lookUp(name, context.scope);
  if ('problem' in found) {
    context.report(found.problem);
    return undefined;
  }
  if (!anyKind && found.entity.type?.kind === 'bool') {
    context.report(describeVariedCondition(name));
    return undefined;
  }
  if (!anyKind && found.entity.type?.kind === 'tag') {
    context.report(describeVariedTag(name));
    return undefined;
  }
  return name.text;
}

function shapeClaim(of: Expr, shape: Shape, context: Context): Statement | undefined {
  const anyKind = shape.kind === 'independent';
  if (anyKind) infer(of, context);
  else number(of, context);
  if (shape.kind === 'lipschitz') number(shape.by, context);
  if (shape.variable === undefined) return { kind: 'shape', of, shape };
  return variableOf(shape.variable, context, anyKind) === undefined
    ? undefined
    : { kind: 'shape', of, shape };
}

const OPERATORS: readonly string[] = ['<=', '<', '>=', '>', '=='] satisfies readonly ComparisonOperator[];
const isClaimed = (operator: string): operator is ComparisonOperator => OPERATORS.includes(operator);

function comparison(expr: Expr, context: Context): Statement | undefined {
  const extreme = extremeOf(expr);
  if (extreme !== undefined) return extremeStatement(extreme, context);
  const type = infer(expr, context);
  if (expr.kind === 'binary' && isClaimed(expr.operator)) {
    return { kind: 'comparison', operator: expr.operator, left: expr.left, right: expr.right };
  }
  const isBroken = type === undefined || postOrder(expr).some(({ kind }) => kind === 'missing');
  if (!isBroken) context.report(describeClaimShape(expr, type.kind, quoted(expr, context, 'c')));
  return undefined;
}

interface Extreme {
  readonly extreme: 'sup' | 'inf';
  readonly of: Expr;
  readonly by: Extract<Expr, { kind: 'name' }>;
  readonly value: Expr;
}

/** `sup(e, x) == f`, where the claim is one; anything else is an extreme outside its place, which `infer` reports. */
function extremeOf(expr: Expr): Extreme | undefined {
  if (expr.kind !== 'binary' || expr.operator !== '==' || expr.left.kind !== 'call') return undefined;
  const { callee, args } = expr.left;
  const extreme = callee.text;
  if (extreme !== 'sup' && extreme !== 'inf') return undefined;
  const [of, by] = args;
  if (of === undefined || by?.value.kind !== 'name' || args.length > 2) return undefined;
  if (args.some(({ label }) => label !== undefined)) return undefined;
  return { extreme, of: of.value, by: by.value, value: expr.right };
}

function extremeStatement({ extreme, of, by, value }: Extreme, context: Context): Statement | undefined {
  number(of, context);
  number(value, context);
  const variable = variableOf({ text: by.name, span: by.span }, context);
  return variable === undefined ? undefined : { kind: 'extreme', extreme, of, variable, value };
}

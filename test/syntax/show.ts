/** The syntax tree as indented prefix notation, for tests: every operator in its own parentheses. */
import type { Claim, DomainSyntax, Expr, Index, Item, Objective, Shape } from '../../src/syntax/ast.js';

export function showExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.text;
    case 'name':
      return expr.name;
    case 'boolean':
      return String(expr.value);
    case 'unary':
      return `(${expr.operator} ${showExpr(expr.operand)})`;
    case 'binary':
      return `(${expr.operator} ${showExpr(expr.left)} ${showExpr(expr.right)})`;
    case 'if':
      return `(if ${showExpr(expr.condition)} ${showExpr(expr.then)} ${showExpr(expr.else)})`;
    case 'call':
      return `${expr.callee.text}(${expr.args.map(showArgument).join(', ')})`;
    case 'reduction': {
      const where = expr.where === undefined ? '' : ` where ${showExpr(expr.where)}`;
      const args = expr.args.length === 0 ? '' : `(${expr.args.map(showArgument).join(', ')})`;
      return `${expr.aggregate.text}[${showIndex(expr.index)}${where}]${args}`;
    }
    default:
      return expr.kind;
  }
}

const showIndex = (index: Index): string =>
  index.kind === 'others'
    ? 'others'
    : `${index.level}${index.outer === undefined ? '' : ` in ${index.outer.level}`}`;

const showArgument = ({
  label,
  value,
}: {
  readonly label?: { readonly text: string };
  readonly value: Expr;
}): string => `${label === undefined ? '' : `${label.text}: `}${showExpr(value)}`;

export function showDomain(domain: DomainSyntax): string {
  const signed = ({ negative, text }: { readonly negative: boolean; readonly text: string }): string =>
    `${negative ? '-' : ''}${text}`;
  if (domain.kind === 'set') return `{${domain.values.map(signed).join(', ')}}`;
  if (domain.kind !== 'interval') return domain.kind;
  const { interval } = domain;
  const ends = [interval?.low, interval?.high].map((bound) => {
    if (bound === undefined || bound.kind === 'number') return bound === undefined ? '' : signed(bound.value);
    return `${bound.negative ? '-' : ''}${bound.kind === 'inf' ? 'inf' : bound.name.text}`;
  });
  const range =
    interval && `${interval.lowOpen ? '(' : '['}${ends.join(', ')}${interval.highOpen ? ')' : ']'}`;
  return [domain.integer ? 'integer' : '', range ?? ''].join(' ').trim();
}

function showShape(shape: Shape): string {
  const variable = shape.variable === undefined ? '' : ` ${shape.variable.text}`;
  return `${shape.kind}${variable}${shape.kind === 'lipschitz' ? ` by ${showExpr(shape.by)}` : ''}`;
}

function showClaim(claim: Claim): string {
  if (claim.kind === 'comparison') return showExpr(claim.expr);
  if (claim.kind === 'shape') return `${showExpr(claim.expr)} is ${showShape(claim.shape)}`;
  return `${showExpr(claim.expr)} -> ${showExpr(claim.limit)} as ${claim.variable.text} -> ${showExpr(claim.point)}`;
}

export function showItem(item: Item): string {
  switch (item.kind) {
    case 'param':
      return `param ${item.name.text} in ${showDomain(item.domain)}${
        item.default === undefined ? '' : ` = ${item.default.negative ? '-' : ''}${item.default.text}`
      }${item.description === undefined ? '' : ` "${item.description}"`}`;
    case 'input':
      return `${item.role} ${item.name.text} : ${item.level}${
        item.domain === undefined ? '' : ` in ${showDomain(item.domain)}`
      }${item.description === undefined ? '' : ` "${item.description}"`}`;
    case 'let':
    case 'metric':
      return `${item.kind} ${item.name.text} = ${showExpr(item.value)}`;
    case 'optimize':
      return `${item.direction} ${showExpr(item.value)}${item.name === undefined ? '' : ` as ${item.name.text}`}`;
    case 'assume':
      return `assume ${showExpr(item.value)}`;
    case 'claim':
      return [
        item.mode,
        item.label === undefined ? '' : ` "${item.label}"`,
        item.guard === undefined ? '' : ` for ${showExpr(item.guard)}`,
        item.assuming === undefined ? '' : ` assuming ${showExpr(item.assuming)}`,
        ` : ${showClaim(item.claim)}`,
      ].join('');
  }
}

export const showObjective = ({ name, title, items }: Objective): string =>
  [
    `objective ${name.text}${title === undefined ? '' : ` "${title}"`}`,
    ...items.map((item) => `  ${showItem(item)}`),
  ].join('\n');

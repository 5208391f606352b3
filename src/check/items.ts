/** The items of an objective, one by one: each sees those before it, and adds what it declares. */
import type { Domain } from '../base/domain.js';
import type { Type } from '../ir/type.js';
import type { Expr, Item } from '../syntax/ast.js';
import { checkClaim } from './claims.js';
import { quoted, type Context } from './context.js';
import { culprit } from './culprit.js';
import { defaultOf, domainOf } from './domains.js';
import { checkOptimized } from './gradients.js';
import { demand, infer } from './infer.js';
import type { Claim, Input, Let, Metric, Param } from './model.js';
import { describeDuplicateName } from './rules/duplicate-name.js';
import { describeMetricLevel } from './rules/metric-level.js';
import { describeObjectiveLevel } from './rules/objective-level.js';
import { describeReservedName } from './rules/reserved-name.js';
import type { Entity } from './scope.js';
import { expanded, postOrder } from './walk.js';

/** What has been checked so far. */
export interface Parts {
  readonly params: Param[];
  readonly inputs: Input[];
  readonly lets: Let[];
  readonly optimized: ItemOf<'optimize'>[];
  readonly metrics: Metric[];
  readonly claims: Claim[];
  readonly assumptions: Expr[];
}

export interface Work {
  readonly context: Context;
  readonly known: Map<string, Entity>;
  readonly domains: Map<string, Domain>;
  readonly parts: Parts;
  /** Whether the parser left a hole, so that what is absent may only be unread. */
  hole: boolean;
}

/** Checks one item and adds what it declares. */
export function checkItem(item: Item, work: Work): void {
  const { context, parts } = work;
  switch (item.kind) {
    case 'param':
      return checkParam(item, work);
    case 'input':
      return checkInput(item, work);
    case 'let':
      return checkLet(item, work);
    case 'optimize':
      return checkOptimize(item, work);
    case 'metric': {
      const type = inferPart(item.value, work);
      demand('real', item.value, context);
      const { name, value, doc } = item;
      if (type !== undefined && type.kind === 'real' && type.level !== 'batch') {
        context.report(
          describeMetricLevel(
            value.span,
            type.level,
            quoted(value, context),
            culprit(value, type.level, context),
          ),
        );
      }
      if (define({ kind: 'metric', name }, work))
        parts.metrics.push({ name, value, ...(doc === undefined ? {} : { doc }) });
      return;
    }
    case 'assume':
      inferPart(item.value, work);
      demand('bool', item.value, context);
      parts.assumptions.push(item.value);
      return;
    case 'claim': {
      const claim = checkClaim(item, context);
      work.hole ||= hasHole(exprsOf(item));
      if (claim !== undefined) parts.claims.push(claim);
    }
  }
}

const hasHole = (exprs: readonly Expr[]): boolean =>
  postOrder(...exprs).some(({ kind }) => kind === 'missing');

function exprsOf({ guard, assuming, claim }: Extract<Item, { kind: 'claim' }>): readonly Expr[] {
  const all = [
    guard,
    assuming,
    claim.expr,
    ...(claim.kind === 'limit' ? [claim.limit, claim.point] : []),
    ...(claim.kind === 'shape' && claim.shape.kind === 'lipschitz' ? [claim.shape.by] : []),
  ];
  return all.filter((one) => one !== undefined);
}

function inferPart(value: Expr, work: Work): Type | undefined {
  work.hole ||= hasHole([value]);
  return infer(value, work.context);
}

/** Binds a name that is free and may be used; whether it did. */
function define(entity: Entity, { context, known }: Work): boolean {
  const { name } = entity;
  if (name.text === '') return false;
  const first = known.get(name.text);
  if (first !== undefined) {
    context.report(describeDuplicateName(name, first.name));
    return false;
  }
  known.set(name.text, entity);
  // `group`, the other name of the boundary's own, is a level and was refused by the parser.
  if (name.text === 'mask') context.report(describeReservedName(name));
  return true;
}

type ItemOf<Kind extends Item['kind']> = Extract<Item, { kind: Kind }>;

const described = ({ doc, description }: ItemOf<'param' | 'input'>): Pick<Param, 'doc' | 'description'> => ({
  ...(doc === undefined ? {} : { doc }),
  ...(description === undefined ? {} : { description }),
});

function checkParam(item: ItemOf<'param'>, work: Work): void {
  const { context, parts } = work;
  const { name } = item;
  const domain = domainOf(item.domain, context);
  const defaults = (param: string): number | undefined =>
    parts.params.find((one) => one.name.text === param)?.default;
  const value =
    item.default === undefined
      ? undefined
      : defaultOf(item.default, domain, item.domain, defaults, context.report);
  work.hole ||= item.domain.kind === 'missing';
  if (!define({ kind: 'param', name, type: { kind: 'real', level: 'batch' } }, work) || domain === undefined)
    return;
  work.domains.set(name.text, domain);
  parts.params.push({
    kind: 'param',
    name,
    domain,
    ...(value === undefined ? {} : { default: value }),
    ...described(item),
  });
}

function checkInput(item: ItemOf<'input'>, work: Work): void {
  const { name, role, level } = item;
  const isTag = role === 'tag';
  const domain = item.domain === undefined ? undefined : domainOf(item.domain, work.context, isTag);
  work.hole ||= item.domain?.kind === 'missing';
  if (!define({ kind: role, name, type: { kind: isTag ? 'tag' : 'real', level } }, work)) return;
  work.parts.inputs.push({
    kind: 'input',
    name,
    role,
    level,
    ...(domain === undefined ? {} : { domain }),
    ...described(item),
  });
}

function checkLet({ name, value, doc }: ItemOf<'let'>, work: Work): void {
  const type = inferPart(value, work);
  if (!define({ kind: 'let', name, type, value }, work) || type === undefined) return;
  const weight = weightOf(value);
  work.parts.lets.push({
    kind: 'let',
    name,
    value,
    type,
    ...(weight === undefined ? {} : { weight }),
    ...(doc === undefined ? {} : { doc }),
  });
}

function weightOf(value: Expr): Let['weight'] {
  const derivative = expanded(value);
  if (derivative.kind !== 'call' || derivative.callee.text !== 'grad') return undefined;
  const [of, by] = derivative.args;
  return of !== undefined && by?.value.kind === 'name' ? { of: of.value, score: by.value.name } : undefined;
}

function checkOptimize(item: ItemOf<'optimize'>, work: Work): void {
  const { context, parts } = work;
  const { direction, value, name } = item;
  const type = inferPart(value, work);
  demand('real', value, context);
  parts.optimized.push(item);
  if (type?.kind !== 'real') return;
  if (type.level !== 'batch') {
    context.report(
      describeObjectiveLevel(
        value.span,
        type.level,
        quoted(value, context),
        culprit(value, type.level, context),
      ),
    );
  }
  checkOptimized(value, direction, name, context);
}

/** Items of an objective: concrete to abstract syntax. An item that declares no name is left out: nothing can refer to it. */
import type { Span } from '../../base/span.js';
import type * as cst from '../../../grammar/cst.gen.js';
import type { Token } from '../../../grammar/lexer.js';
import type { Item } from '../ast.js';
import { describeNotYet } from '../rules/not-yet.js';
import { spanOf } from '../token-list.js';
import { claimOf } from './claims.js';
import { anyOf, endOf, nameOf, one, stringOf, type Context } from './context.js';
import type { DocAt } from './documentation.js';
import { domainOf, signedOf } from './domains.js';
import { expression } from './expressions.js';
import { levelOf } from './levels.js';

export interface ItemContext extends Context {
  readonly docAt: DocAt;
}

function base(keyword: Token, end: number, context: ItemContext): Pick<Item, 'doc' | 'span'> {
  const doc = context.docAt(keyword.startOffset);
  return { ...(doc === undefined ? {} : { doc }), span: { start: keyword.startOffset, end } };
}

const described = (token: Token | undefined): { readonly description?: string } =>
  token === undefined ? {} : { description: stringOf(token) };

function param({ children }: cst.ParamCstNode, context: ItemContext): Item | undefined {
  const [keyword, name, text] = [one(children.Param), one(children.Name), one(children.String)];
  if (keyword === undefined || name === undefined) return undefined;
  const domain = domainOf(children.domain?.[0], endOf(one(children.In), spanOf(name).end));
  const value = signedOf(children.signed?.[0]);
  const end = endOf(text, Math.max(value?.span.end ?? 0, domain.span.end));
  const written = value === undefined ? {} : { default: value };
  return {
    kind: 'param',
    name: nameOf(name),
    domain,
    ...written,
    ...described(text),
    ...base(keyword, end, context),
  };
}

function input({ children }: cst.DeclarationCstNode, context: ItemContext): Item | undefined {
  const keyword = anyOf(children.Model, children.Data, children.Tag);
  const [name, text] = [one(children.Name), one(children.String)];
  if (keyword === undefined || name === undefined) return undefined;
  const place = children.level?.[0];
  const { token, level } = place === undefined ? { token: undefined, level: undefined } : levelOf(place);
  const inWord = one(children.In);
  const index = one(children.Index);
  let end = endOf(index, endOf(token, spanOf(name).end));
  if (token?.tokenType.name === 'Vocab')
    context.report(describeNotYet('the level `vocab` is', spanOf(token)));
  if (index !== undefined) context.report(describeNotYet('`index` is', spanOf(index)));
  const domain = inWord === undefined ? undefined : domainOf(children.domain?.[0], endOf(inWord, end));
  end = endOf(text, Math.max(end, domain?.span.end ?? 0));
  return {
    kind: 'input',
    role: one(children.Tag) ? 'tag' : one(children.Model) ? 'model' : 'data',
    name: nameOf(name),
    level: level ?? 'token',
    ...(domain === undefined ? {} : { domain }),
    ...described(text),
    ...base(keyword, end, context),
  };
}

function binding({ children }: cst.BindingCstNode, context: ItemContext): Item | undefined {
  const [keyword, name] = [anyOf(children.Let, children.Local), one(children.Name)];
  if (keyword === undefined || name === undefined) return undefined;
  if (one(children.Local) !== undefined) context.report(describeNotYet('`local` is', spanOf(keyword)));
  const value = expression(children.expr?.[0], endOf(one(children.Equals), spanOf(name).end), context);
  return { kind: 'let', name: nameOf(name), value, ...base(keyword, value.span.end, context) };
}

function metric({ children }: cst.MetricCstNode, context: ItemContext): Item | undefined {
  const [keyword, name] = [one(children.Metric), one(children.Name)];
  if (keyword === undefined || name === undefined) return undefined;
  const value = expression(children.expr?.[0], endOf(one(children.Equals), spanOf(name).end), context);
  return { kind: 'metric', name: nameOf(name), value, ...base(keyword, value.span.end, context) };
}

function optimize({ children }: cst.OptimizeCstNode, context: ItemContext): Item | undefined {
  const keyword = anyOf(children.Minimize, children.Maximize);
  if (keyword === undefined) return undefined;
  const span: Span = spanOf(keyword);
  const value = expression(children.expr?.[0], span.end, context);
  const name = one(children.Name);
  const direction = one(children.Minimize) === undefined ? 'maximize' : 'minimize';
  const end = endOf(name, endOf(one(children.As), value.span.end));
  const named = name === undefined ? {} : { name: nameOf(name) };
  return { kind: 'optimize', direction, value, ...named, keyword: span, ...base(keyword, end, context) };
}

function assumption({ children }: cst.AssumptionCstNode, context: ItemContext): Item | undefined {
  const keyword = one(children.Assume);
  if (keyword === undefined) return undefined;
  const value = expression(children.expr?.[0], spanOf(keyword).end, context);
  return { kind: 'assume', value, ...base(keyword, value.span.end, context) };
}

function property({ children }: cst.PropertyCstNode, context: ItemContext): Item | undefined {
  const keyword = anyOf(children.Verify, children.Refute);
  if (keyword === undefined) return undefined;
  const text = one(children.String);
  const [guardNode, hypothesisNode] = [children.guard?.[0], children.hypothesis?.[0]];
  const end = endOf(text, spanOf(keyword).end);
  const guardAt = endOf(one(guardNode?.children.For), end);
  const guard = guardNode && expression(guardNode.children.expr?.[0], guardAt, context);
  const assumingAt = endOf(one(hypothesisNode?.children.Assuming), guard?.span.end ?? end);
  const assuming = hypothesisNode && expression(hypothesisNode.children.expr?.[0], assumingAt, context);
  const claimAt = endOf(one(children.Colon), assuming?.span.end ?? guard?.span.end ?? end);
  const claim = claimOf(children.claim?.[0], claimAt, context);
  return {
    kind: 'claim',
    mode: one(children.Verify) === undefined ? 'refute' : 'verify',
    ...(text === undefined ? {} : { label: stringOf(text) }),
    ...(guard === undefined ? {} : { guard }),
    ...(assuming === undefined ? {} : { assuming }),
    claim,
    ...base(keyword, claim.span.end, context),
  };
}

const first = <Node>(
  nodes: readonly Node[] | undefined,
  build: (node: Node) => Item | undefined,
): Item | undefined => {
  const node = nodes?.[0];
  return node === undefined ? undefined : build(node);
};

/** Builds an item, if enough of it is there. */
export function itemOf({ children }: cst.ItemCstNode, context: ItemContext): Item | undefined {
  return (
    first(children.param, (node) => param(node, context)) ??
    first(children.declaration, (node) => input(node, context)) ??
    first(children.binding, (node) => binding(node, context)) ??
    first(children.optimize, (node) => optimize(node, context)) ??
    first(children.metric, (node) => metric(node, context)) ??
    first(children.assumption, (node) => assumption(node, context)) ??
    first(children.property, (node) => property(node, context))
  );
}

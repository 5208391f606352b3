/** Files, imports, definitions and objectives: concrete to abstract syntax. */
import type * as cst from '../../../grammar/cst.gen.js';
import { cover } from '../../base/span.js';
import type { Token } from '../../../grammar/lexer.js';
import type { Definition, File, Import, Objective } from '../ast.js';
import { spanOf } from '../token-list.js';
import { all, emptyAt, endOf, nameOf, one, stringOf } from './context.js';
import { expression } from './expressions.js';
import { itemOf, type ItemContext } from './items.js';

function objective({ children }: cst.ObjectiveCstNode, context: ItemContext): Objective | undefined {
  const keyword = one(children.Objective);
  if (keyword === undefined) return undefined;
  const [name, title] = [one(children.Name), one(children.String)];
  const items = (children.item ?? []).flatMap((node) => itemOf(node, context) ?? []);
  const doc = context.docAt(keyword.startOffset);
  const inner =
    items[items.length - 1]?.span.end ?? endOf(one(children.LCurly), endOf(name, spanOf(keyword).end));
  return {
    name: name === undefined ? { text: '', span: emptyAt(spanOf(keyword).end) } : nameOf(name),
    ...(title === undefined ? {} : { title: stringOf(title) }),
    ...(doc === undefined ? {} : { doc }),
    items,
    span: { start: keyword.startOffset, end: Math.max(inner, endOf(one(children.RCurly), inner)) },
  };
}

function imported({ children }: cst.ImportingCstNode): Import | undefined {
  const [keyword, path] = [one(children.Import), one(children.String)];
  if (keyword === undefined || path === undefined) return undefined;
  return {
    names: all(children.Name).map(nameOf),
    path: { text: stringOf(path), span: spanOf(path) },
    span: cover(spanOf(keyword), spanOf(path)),
  };
}

/** The first of the names is the function's own: the parameters follow its bracket. */
function definition({ children }: cst.DefinitionCstNode, context: ItemContext): Definition | undefined {
  const keyword = one(children.Def);
  const open = one(children.LParen);
  const names = all(children.Name);
  const isOwn = (token: Token): boolean => open === undefined || token.startOffset < open.startOffset;
  const own = names.find(isOwn);
  if (keyword === undefined || own === undefined) return undefined;
  const params = names.filter((token) => !isOwn(token)).map(nameOf);
  const head = endOf(
    one(children.Equals),
    endOf(one(children.RParen), params.at(-1)?.span.end ?? spanOf(own).end),
  );
  const body = expression(children.expr?.[0], head, context);
  const doc = context.docAt(keyword.startOffset);
  return {
    name: nameOf(own),
    params,
    body,
    ...(doc === undefined ? {} : { doc }),
    span: cover(spanOf(keyword), body.span),
  };
}

/** Builds the file. */
export function fileOf(node: cst.FileCstNode | undefined, context: ItemContext): Omit<File, 'unread'> {
  const { importing = [], definition: defining = [], objective: stated = [] } = node?.children ?? {};
  return {
    imports: importing.flatMap((each) => imported(each) ?? []),
    definitions: defining.flatMap((each) => definition(each, context) ?? []),
    objectives: stated.flatMap((each) => objective(each, context) ?? []),
    span: { start: 0, end: context.text.length },
  };
}

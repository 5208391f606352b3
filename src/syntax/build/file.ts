/** Files and objectives: concrete to abstract syntax. */
import type * as cst from '../../../grammar/cst.gen.js';
import type { File, Objective } from '../ast.js';
import { describeNotYet } from '../rules/not-yet.js';
import { spanOf } from '../token-list.js';
import { all, emptyAt, endOf, nameOf, one, stringOf } from './context.js';
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

/** Builds the file. Imports and definitions are of a later edition: they are refused, and only their names are kept. */
export function fileOf(node: cst.FileCstNode | undefined, context: ItemContext): Omit<File, 'unread'> {
  const span = { start: 0, end: context.text.length };
  if (node === undefined) return { objectives: [], laterNames: new Set(), span };
  for (const { children } of node.children.importing ?? [])
    for (const keyword of all(children.Import))
      context.report(describeNotYet('`import` is', spanOf(keyword)));
  for (const { children } of node.children.definition ?? [])
    for (const keyword of all(children.Def)) context.report(describeNotYet('`def` is', spanOf(keyword)));
  const imported = (node.children.importing ?? []).flatMap(({ children }) => all(children.Name));
  const defined = (node.children.definition ?? []).flatMap(({ children }) => all(children.Name).slice(0, 1));
  return {
    objectives: (node.children.objective ?? []).flatMap((each) => objective(each, context) ?? []),
    laterNames: new Set([...imported, ...defined].map((token) => nameOf(token).text)),
    span,
  };
}

/**
 * Calls of definitions replaced by their bodies, before anything is typed: a definition is polymorphic in level, so each
 * call has types of its own. Arguments are shared, not copied, and so are equal calls with the same arguments.
 */
import { inProgram, type Origin, type Span } from '../base/span.js';
import type { Diagnostic } from '../base/diagnostic.js';
import type { Argument, Definition, Expr, Index, Inlined, Name } from '../syntax/ast.js';
import type { DefinedFunction, Functions } from './functions.js';
import { describeExpansion } from './rules/expansion.js';
import { childrenOf, postOrder } from './walk.js';

/** Calls may expand to so many expressions in one objective. */
export const MAX_EXPANSION = 100_000;

export interface Inliner {
  /** The same expression without calls of right definitions; those of wrong ones stay. */
  readonly inline: (expr: Expr) => Expr;
}

type Call = Extract<Expr, { kind: 'call' }>;

/** One body that is being copied, or the expression of the program itself. */
interface Frame {
  readonly order: readonly Expr[];
  at: number;
  readonly done: Map<Expr, Expr>;
  /** What the parameters stand for. */
  readonly values: ReadonlyMap<string, Expr>;
  readonly functions: Functions;
  /** Present where a body is copied. */
  readonly origin?: Origin;
  /** Which call it is the body of. */
  readonly call?: { readonly node: Call; readonly key: string; readonly unread: readonly Expr[] };
}

/** An inliner for one objective: what its calls expand to is counted together. */
export function inliner(functions: Functions, report: (diagnostic: Diagnostic) => void): Inliner {
  const ids = new Map<Expr | DefinedFunction, number>();
  const idOf = (one: Expr | DefinedFunction): number => {
    const id = ids.get(one) ?? ids.size;
    ids.set(one, id);
    return id;
  };
  const instances = new Map<string, Expr>();
  const read = new Map<Definition, ReadonlySet<string>>();
  const namesIn = (definition: Definition): ReadonlySet<string> => {
    const names =
      read.get(definition) ??
      new Set(postOrder(definition.body).flatMap((one) => (one.kind === 'name' ? [one.name] : [])));
    read.set(definition, names);
    return names;
  };
  let copied = 0;
  let isTooLarge = false;

  function inline(root: Expr): Expr {
    const frames: Frame[] = [frameOf(root, new Map(), functions)];
    for (;;) {
      const frame = frames[frames.length - 1];
      if (frame === undefined) throw new Error('internal: no expression is left to inline');
      const node = frame.order[frame.at];
      if (node === undefined) {
        frames.pop();
        const last = frame.order[frame.order.length - 1];
        const result = last && frame.done.get(last);
        const below = frames[frames.length - 1];
        if (result === undefined) throw new Error('internal: an inlined expression was lost');
        if (below === undefined || frame.call === undefined) return result;
        instances.set(frame.call.key, result);
        const { node: call, unread } = frame.call;
        settle(below, call, inlinedCall(call, result, unread, below.origin));
        continue;
      }
      const target = node.kind === 'call' ? targetOf(node, frame.functions) : undefined;
      if (node.kind !== 'call' || target === undefined || isTooLarge) {
        settle(frame, node, copy(node, frame));
        continue;
      }
      const args = node.args.map(({ value }) => frame.done.get(value) ?? value);
      const key = [idOf(target), ...args.map(idOf)].join(' ');
      const known = instances.get(key);
      const used = namesIn(target.definition);
      const unread = args.filter((_, at) => !used.has(target.definition.params[at]?.text ?? ''));
      if (known !== undefined) settle(frame, node, inlinedCall(node, known, unread, frame.origin));
      else frames.push(bodyFrame({ node, key, unread }, target, args, frame));
    }
  }

  function settle(frame: Frame, node: Expr, result: Expr): void {
    frame.done.set(node, result);
    frame.at += 1;
  }

  function bodyFrame(
    call: NonNullable<Frame['call']>,
    { definition, module, scope }: DefinedFunction,
    args: readonly Expr[],
    from: Frame,
  ): Frame {
    const values = new Map(definition.params.map(({ text }, at) => [text, args[at] ?? call.node]));
    const place = placed(call.node.span, from.origin);
    const { text, name: file } = module.source;
    const origin = { call: place, definition: definition.name.text, text, source: file };
    const order = postOrder(definition.body);
    copied += order.length;
    if (copied > MAX_EXPANSION && !isTooLarge) {
      isTooLarge = true;
      report(describeExpansion(inProgram(place), MAX_EXPANSION));
    }
    return { ...frameOf(definition.body, values, scope, order), origin, call };
  }

  return { inline };
}

const frameOf = (
  root: Expr,
  values: ReadonlyMap<string, Expr>,
  functions: Functions,
  order: readonly Expr[] = postOrder(root),
): Frame => ({ order, at: 0, done: new Map(), values, functions });

/** The definition that a call means: one that is right, stands above it and takes these arguments. */
function targetOf({ callee, args }: Call, functions: Functions): DefinedFunction | undefined {
  const target = functions.get(callee.text);
  if (target?.signature === undefined || callee.span.start < target.from) return undefined;
  const { params } = target.definition;
  const fits = args.every(({ label }, at) => label === undefined || label.text === params[at]?.text);
  return args.length === params.length && fits ? target : undefined;
}

function inlinedCall(
  { callee, span }: Call,
  body: Expr,
  unread: readonly Expr[],
  origin: Origin | undefined,
): Inlined {
  return {
    kind: 'inlined',
    callee: placedName(callee, origin),
    body,
    unread,
    span: placed(span, origin),
  };
}

const placed = ({ start, end }: Span, origin: Origin | undefined): Span =>
  origin === undefined ? { start, end } : { start, end, origin };
const placedName = ({ text, span }: Name, origin: Origin | undefined): Name => ({
  text,
  span: placed(span, origin),
});

const placedIndex = (index: Index, origin: Origin | undefined): Index =>
  index.kind === 'others' || index.outer === undefined
    ? index
    : { ...index, outer: { ...index.outer, span: placed(index.outer.span, origin) } };

/** The node with its operands as they are done, and its spans where the body was called; itself where nothing changed. */
function copy(node: Expr, { done, values, origin }: Frame): Expr {
  if (node.kind === 'name' && values.has(node.name)) return values.get(node.name) ?? node;
  const of = (expr: Expr): Expr => done.get(expr) ?? expr;
  if (origin === undefined && childrenOf(node).every((child) => of(child) === child)) return node;
  const span = placed(node.span, origin);
  const argument = ({ label, value, span: at }: Argument): Argument => ({
    ...(label === undefined ? {} : { label: placedName(label, origin) }),
    value: of(value),
    span: placed(at, origin),
  });
  switch (node.kind) {
    case 'unary':
      return { ...node, operand: of(node.operand), span };
    case 'binary':
      return { ...node, left: of(node.left), right: of(node.right), span };
    case 'if':
      return { ...node, condition: of(node.condition), then: of(node.then), else: of(node.else), span };
    case 'call':
      return { ...node, callee: placedName(node.callee, origin), args: node.args.map(argument), span };
    case 'reduction':
      return {
        ...node,
        aggregate: placedName(node.aggregate, origin),
        index: placedIndex(node.index, origin),
        ...(node.where === undefined ? {} : { where: of(node.where) }),
        args: node.args.map(argument),
        indexSpan: placed(node.indexSpan, origin),
        span,
      };
    case 'inlined':
      return { ...node, body: of(node.body), unread: node.unread.map(of), span };
    default:
      return { ...node, span };
  }
}

/** Expressions, and whatever else stands inside an item, as documents that know where they may be broken. */
import { bindings, MINUS_STRENGTH } from '../../grammar/precedence.js';
import { group, indent, line, softline, type Doc } from './doc.js';
import { before, beforeCloser, joined } from './gaps.js';
import { firstLeaf, isLeaf, type Branch, type Part } from './tree.js';

/** Operands and operators in turn, as the grammar reads them. */
type Chain = readonly Part[];

const strengthOf = (operator: Part): number => bindings.get(firstLeaf(operator).role)?.strength ?? 0;

/** The operators of a chain that bind least. */
const weakest = (chain: Chain): number =>
  chain.reduce((least, part, at) => (at % 2 === 0 ? least : Math.min(least, strengthOf(part))), Infinity);

/** The sub-chains between the operators of one strength, and these operators. */
function cut(chain: Chain, strength: number): { readonly operands: readonly Chain[]; operators: Chain } {
  const operators = chain.filter((part, at) => at % 2 === 1 && strengthOf(part) === strength);
  const ends = [...operators.map((operator) => chain.indexOf(operator)), chain.length];
  const operands = ends.map((end, at) => chain.slice(at === 0 ? 0 : (ends[at - 1] ?? 0) + 1, end));
  return { operands, operators };
}

/** A chain, one operand on a line where it is broken, its operator in front of it; `nest` says how far in. */
export function chainDoc(chain: Chain, nest: (inner: Doc) => Doc): Doc {
  const strength = weakest(chain);
  const { operands, operators } = cut(chain, strength);
  // A power is never taken apart.
  const separator = strength > MINUS_STRENGTH ? ' ' : line;
  const docs = operands.map((operand, at): Doc => {
    const [first] = operand;
    const shown = operand.length === 1 && first !== undefined ? show(first) : chainDoc(operand, indent);
    const operator = operators[at - 1];
    if (operator === undefined || first === undefined) return shown;
    return [before(operator, separator), show(operator), before(first, ' '), shown];
  });
  return group(nest(docs));
}

/** The chain of an expression that is broken between its operators: not a single operand, not a conditional. */
export function chainOf(expression: Branch): Chain | undefined {
  const [only] = expression.parts;
  if (only === undefined || isLeaf(only) || only.role !== 'operation') return undefined;
  return weakest(only.parts) > MINUS_STRENGTH ? undefined : only.parts;
}

/** The operands that a broken chain has on lines of their own. */
export const operandsOf = (chain: Chain): readonly Doc[] =>
  cut(chain, weakest(chain)).operands.map((operand) => chainDoc(operand, indent));

/** A list in brackets: on one line, or one entry on each. */
export function bracketed([open, ...rest]: readonly Part[], padding: Doc = softline): Doc {
  const closer = rest[rest.length - 1];
  if (open === undefined || closer === undefined || !isLeaf(closer)) return joined(rest, ' ', show);
  const inner = rest.slice(0, -1).map((part, at): Doc => {
    const separator = at === 0 ? padding : part.role === 'Comma' ? '' : line;
    return [before(part, separator), show(part)];
  });
  const end = beforeCloser(closer, inner.length === 0 ? '' : padding);
  return group([show(open), indent(inner), end, show(closer)]);
}

/** `if a then b`, with the `else` before it. */
function clause(words: readonly Part[], [condition, then, value]: readonly Part[]): Doc {
  if (condition === undefined || then === undefined || value === undefined) return [];
  return group([
    joined(words, ' ', show),
    indent([before(condition, ' '), show(condition)]),
    indent([before(then, line), show(then), indent([before(value, ' '), show(value)])]),
  ]);
}

/** The conditional that an expression is, if it is one. */
export function conditionalIn(expression: Part | undefined): Branch | undefined {
  const only = expression === undefined || isLeaf(expression) ? undefined : expression.parts[0];
  return only === undefined || isLeaf(only) || only.role !== 'conditional' ? undefined : only;
}

/** `if a then b else if c then d else e` on one line, or a line for each of its clauses. */
function conditional(branch: Branch): Doc {
  const lines: Doc[] = [];
  let elseWord: Part | undefined;
  let rest: Part | undefined;
  for (let here: Branch | undefined = branch; here !== undefined; here = conditionalIn(rest)) {
    const [ifWord, ...parts] = here.parts;
    const words = [elseWord, ifWord].filter((word) => word !== undefined);
    lines.push(elseWord === undefined ? [] : before(elseWord, line), clause(words, parts));
    [elseWord, rest] = parts.slice(3);
  }
  if (elseWord === undefined || rest === undefined) return group(lines);
  const last = indent([before(rest, ' '), show(rest)]);
  return group([...lines, before(elseWord, line), show(elseWord), last]);
}

/** `[level in outer where condition]` */
function index({ parts }: Branch): Doc {
  const at = parts.findIndex(({ role }) => role === 'Where');
  const [open, ...inner] = parts.slice(0, at < 0 ? -1 : at);
  const [where, ...condition] = at < 0 ? [] : parts.slice(at, -1);
  const closer = parts[parts.length - 1];
  const [first] = inner;
  if (open === undefined || first === undefined || closer === undefined) return joined(parts, ' ', show);
  const choice: Doc =
    where === undefined ? [] : [before(where, line), joined([where, ...condition], ' ', show)];
  const end = isLeaf(closer) ? beforeCloser(closer, softline) : softline;
  return group([
    show(open),
    indent([before(first, softline), joined(inner, ' ', show), choice]),
    end,
    show(closer),
  ]);
}

/** `- -x`, and not `--x`, which reads as one sign; `not` is a word. */
function operand({ parts }: Branch): Doc {
  return parts.map((part, at): Doc => {
    const previous = parts[at - 1];
    if (previous === undefined) return show(part);
    const tight = previous.role === 'Minus' && part.role !== 'Minus';
    return [before(part, tight ? '' : ' '), show(part)];
  });
}

const primary = ({ parts }: Branch): Doc =>
  parts.map((part, at): Doc => {
    if (at === 0) return show(part);
    return [before(part, part.role === 'selection' ? ' ' : ''), show(part)];
  });

/** `label: value` */
const argument = ({ parts }: Branch): Doc =>
  parts.map((part, at): Doc => {
    if (at === 0) return show(part);
    return [before(part, part.role === 'Colon' ? '' : ' '), show(part)];
  });

/** What is claimed, and of what: `w` / `is nonincreasing in s`. */
function claim({ parts: [expression, ...said] }: Branch): Doc {
  if (expression === undefined) return [];
  return group([show(expression), indent(said.map((part): Doc => [before(part, line), show(part)]))]);
}

const tight = ({ parts }: Branch): Doc => joined(parts, '', show);

const layouts: Readonly<Record<string, (branch: Branch) => Doc>> = {
  operation: ({ parts }) => chainDoc(parts, (inner) => inner),
  conditional,
  operand,
  primary,
  parenthesised: ({ parts }) => bracketed(parts),
  call: ({ parts }) => bracketed(parts),
  argument,
  index,
  interval: ({ parts }) => bracketed(parts),
  set: ({ parts }) => bracketed(parts),
  bound: tight,
  signed: tight,
  claim,
};

/** A part as a document: as its rule lays it out, or else its tokens with a space between them. */
export function show(part: Part): Doc {
  if (isLeaf(part)) return part.text;
  return layouts[part.role]?.(part) ?? joined(part.parts, ' ', show);
}

/** Objectives with one thing wrong: a sign, an anchor, a temperature, min for max, a stop-gradient; or with half of a bound. */
import { analyze } from '../../../src/compile.js';
import { postOrder } from '../../../src/check/walk.js';
import { source } from '../../../src/base/source.js';
import type { Span } from '../../../src/base/span.js';
import type { Expr, Item } from '../../../src/syntax/ast.js';
import type { Status } from '../../../src/proof/verdict.js';
import { parse } from '../../../src/syntax/parse.js';
import { budgetOf } from '../../../src/verify/budget.js';
import { verifyClaim } from '../../../src/verify/verify.js';
import { contradiction } from './contradict.js';

export interface Mutant {
  /** `min → max at 14: min(ratio …`. */
  readonly what: string;
  readonly text: string;
}

interface Edit {
  readonly what: string;
  readonly span: Span;
  readonly by: string;
}

/** Every mutant of a text: one edit each, in source order. */
export function mutantsOf(text: string): readonly Mutant[] {
  const { file } = parse(source('mutated.obj', text));
  const edits = file.objectives.flatMap(({ items }) => items.flatMap((item) => editsOf(item, text)));
  return edits.map(({ what, span, by }) => ({
    what: `${what}: ${text.slice(span.start, span.end).replace(/\s+/g, ' ').slice(0, 60)} → ${by.slice(0, 60)}`,
    text: text.slice(0, span.start) + by + text.slice(span.end),
  }));
}

function editsOf(item: Item, text: string): readonly Edit[] {
  if (item.kind === 'claim') return boundEdits(item, text);
  if (item.kind !== 'let' && item.kind !== 'optimize') return [];
  // A weight's own definition is not what is wrong.
  if (item.value.kind === 'call' && item.value.callee.text === 'grad') return [];
  return postOrder(item.value).flatMap((expr) => exprEdits(expr, text));
}

function boundEdits(item: Extract<Item, { kind: 'claim' }>, text: string): readonly Edit[] {
  const { claim } = item;
  if (item.mode !== 'verify') return [];
  const bound =
    claim.kind === 'comparison' && claim.expr.kind === 'binary'
      ? claim.expr.right
      : claim.kind === 'shape' && claim.shape.kind === 'lipschitz'
        ? claim.shape.by
        : undefined;
  if (bound === undefined || textOf(bound.span, text) === '0') return [];
  return [{ what: 'half of a bound', span: bound.span, by: `(${textOf(bound.span, text)}) / 2` }];
}

const textOf = ({ start, end }: Span, text: string): string => text.slice(start, end);

const SWAPPED: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*' };
const RENAMED: Readonly<Record<string, string>> = { min: 'max', max: 'min', exp: 'expm1' };

function exprEdits(expr: Expr, text: string): readonly Edit[] {
  switch (expr.kind) {
    case 'unary':
      return expr.operator === '-'
        ? [{ what: 'a sign dropped', span: expr.span, by: textOf(expr.operand.span, text) }]
        : [];
    case 'binary': {
      const by = SWAPPED[expr.operator];
      const between = { start: expr.left.span.end, end: expr.right.span.start };
      const operator = textOf(between, text);
      return by === undefined || !operator.includes(expr.operator)
        ? []
        : [{ what: 'an operator swapped', span: between, by: operator.replace(expr.operator, by) }];
    }
    case 'call': {
      const { callee, args, span } = expr;
      const other = RENAMED[callee.text];
      const [only] = args;
      const renamed: readonly Edit[] =
        other === undefined ? [] : [{ what: 'another function', span: callee.span, by: other }];
      const bare: readonly Edit[] =
        only !== undefined && (callee.text === 'stop' || callee.text === 'relu')
          ? [{ what: `no ${callee.text}`, span, by: `(${textOf(only.value.span, text)})` }]
          : [];
      return [...renamed, ...bare];
    }
    case 'reduction':
      return expr.args
        .filter(({ label }) => label?.text === 'anchor')
        .map(({ value }) => ({ what: 'another anchor', span: value.span, by: '-1' }));
    default:
      return [];
  }
}

export interface Judged {
  readonly claim: string;
  readonly status: Status;
  /** What sampling says against the claim, if anything. */
  readonly contradiction?: string;
}

/** The verdict on each claim of a mutant, and what sampling says of it; nothing where the mutant is no program. */
export function judged(
  { text, what }: Mutant,
  { steps, samples }: { readonly steps: number; readonly samples: number },
): readonly Judged[] {
  return analyze(text).units.flatMap(({ program }) =>
    program.claims.map((claim, at): Judged => {
      const { status } = verifyClaim(program, at, budgetOf(steps));
      const found = contradiction(program, claim, at, samples);
      const said = text.slice(claim.span.start, claim.span.end).replace(/\s+/g, ' ');
      return {
        claim: `${program.name} (${what}): ${said}`,
        status,
        ...(found === undefined ? {} : { contradiction: found }),
      };
    }),
  );
}

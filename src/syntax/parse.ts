/** Text to syntax tree and diagnostics. It never fails: what could not be read is reported, and `missing` in the tree. */
import { inOrder, type Diagnostic } from '../base/diagnostic.js';
import type { Source } from '../base/source.js';
import { cover, type Span } from '../base/span.js';
import type { FileCstNode } from '../../grammar/cst.gen.js';
import { lex } from '../../grammar/lexer.js';
import { MOST_PROBLEMS } from '../../grammar/patience.js';
import { parseTokens } from '../../grammar/read.js';
import type { File } from './ast.js';
import { documentation } from './build/documentation.js';
import { fileOf } from './build/file.js';
import { findTooDeep } from './depth.js';
import { stuckItems, wordProblems } from './errors.js';
import { looksLike, meshStatement, zeroByte } from './formats.js';
import { repair } from './repair.js';
import { equalsForComparison } from './rules/equals-for-comparison.js';
import { describeMesh } from './rules/mesh-file.js';
import { describeBinary } from './rules/object-file.js';
import { unclosedString } from './rules/unclosed-string.js';
import { describeUnknown } from './rules/unknown-character.js';
import { notYet } from './rules/not-yet.js';
import { spanOf, tokenList, type TokenList } from './token-list.js';

export interface ParseResult {
  readonly file: File;
  readonly diagnostics: readonly Diagnostic[];
}

const empty = (text: string): File => ({
  imports: [],
  definitions: [],
  objectives: [],
  unread: [],
  span: { start: 0, end: text.length },
});

function otherFormat(text: string): Diagnostic | undefined {
  const format = looksLike(text);
  if (format === 'objective') return undefined;
  const start = format === 'mesh' ? meshStatement(text) : zeroByte(text);
  if (format === 'binary') return describeBinary({ start, end: start + 1 });
  const lineEnd = text.indexOf('\n', start);
  return describeMesh({ start, end: lineEnd < 0 ? text.length : lineEnd });
}

/** The items in which an unclosed string swallowed an unknown part. */
function taintedItems(diagnostics: readonly Diagnostic[], list: TokenList): ReadonlySet<number> {
  const offsets = new Set(
    diagnostics
      .filter(({ code }) => code === unclosedString.code)
      .map(({ secondary }) => secondary[0]?.span.start),
  );
  return new Set(
    list.tokens.flatMap((token, index) => (offsets.has(token.startOffset) ? [list.items[index] ?? 0] : [])),
  );
}

/** From the first to the last token of each of some items, which are in order. */
function spansOf(wanted: ReadonlySet<number>, { tokens, items }: TokenList): readonly Span[] {
  const spans = new Map<number, Span>();
  tokens.forEach((token, index) => {
    const item = items[index] ?? 0;
    const sofar = spans.get(item);
    if (wanted.has(item)) spans.set(item, sofar === undefined ? spanOf(token) : cover(sofar, spanOf(token)));
  });
  return [...wanted].flatMap((item) => spans.get(item) ?? []);
}

/** The items that hold something of a later edition. */
function laterItems(diagnostics: readonly Diagnostic[], list: TokenList): readonly number[] {
  const itemAt = itemsByOffset(list);
  return diagnostics
    .filter(({ code }) => code === notYet.code)
    .map(({ primary }) => itemAt.get(primary.span.start) ?? 0);
}

const itemsByOffset = (list: TokenList): ReadonlyMap<number, number> =>
  new Map(list.tokens.map((token, index) => [token.startOffset, list.items[index] ?? 0]));

/** A `=` in the rest of an item that could not be read may have been anything. */
function withoutConsequences(
  repairs: readonly Diagnostic[],
  worded: readonly Diagnostic[],
  list: TokenList,
): readonly Diagnostic[] {
  const itemAt = itemsByOffset(list);
  const broken = new Map(worded.map(({ primary: { span } }) => [itemAt.get(span.start), span.start]));
  return repairs.filter(({ code, primary: { span } }) => {
    const from = broken.get(itemAt.get(span.start));
    return code !== equalsForComparison.code || from === undefined || span.start <= from;
  });
}

/**
 * The first of more diagnostics than anyone reads: as far as the last of `known`, or else as many as are read. The
 * last one says that the text behind it was not looked at.
 */
function firstOf(
  diagnostics: readonly Diagnostic[],
  known: readonly Diagnostic[] = [],
): readonly Diagnostic[] {
  const end = known.reduce((furthest, { primary }) => Math.max(furthest, primary.span.start), 0);
  const kept = inOrder(diagnostics)
    .filter(({ primary }) => known.length === 0 || primary.span.start <= end)
    .slice(0, MOST_PROBLEMS);
  const note = 'what follows was not read: so much is wrong before it';
  return kept.map((one, at) => (at === kept.length - 1 ? { ...one, notes: [...one.notes, note] } : one));
}

/** Reads an objective file. */
export function parse(source: Source): ParseResult {
  const { text } = source;
  const other = otherFormat(text);
  if (other !== undefined) return { file: empty(text), diagnostics: [other] };

  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const { tokens, comments, skipped, unknown } = lex(text);
  for (const span of unknown) report(describeUnknown(text, span));
  const list = tokenList(text, repair(text, tokens, skipped, report));
  if (diagnostics.length > MOST_PROBLEMS) return { file: empty(text), diagnostics: firstOf(diagnostics) };
  const tooDeep = findTooDeep(list);
  if (tooDeep !== undefined) return { file: empty(text), diagnostics: inOrder([...diagnostics, tooDeep]) };

  const { tree, problems } = parseTokens(list.tokens);
  const tainted = taintedItems(diagnostics, list);
  const worded = wordProblems(problems, list, tainted);
  const repairs = withoutConsequences(diagnostics.splice(0), worded, list);
  if (tree === undefined) return { file: empty(text), diagnostics: firstOf([...repairs, ...worded], worded) };
  const file = fileOf(tree as FileCstNode | undefined, {
    text,
    report,
    docAt: documentation(source, comments),
  });
  const unread = new Set([...tainted, ...stuckItems(problems, list), ...laterItems(diagnostics, list)]);
  return {
    file: { ...file, unread: spansOf(unread, list) },
    diagnostics: inOrder([...repairs, ...worded, ...diagnostics]),
  };
}

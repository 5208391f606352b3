/** Text to syntax tree and diagnostics. It never fails: what could not be read is reported, and `missing` in the tree. */
import { inOrder, type Diagnostic } from '../base/diagnostic.js';
import type { Source } from '../base/source.js';
import { cover, type Span } from '../base/span.js';
import type { FileCstNode } from '../../grammar/cst.gen.js';
import { lex } from '../../grammar/lexer.js';
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

/** From the first to the last token of each of some items. */
function spansOf(items: ReadonlySet<number>, { tokens, items: itemAt }: TokenList): readonly Span[] {
  return [...items].flatMap((item) => {
    const own = tokens.filter((_, index) => itemAt[index] === item);
    const [first, last] = [own[0], own.at(-1)];
    return first === undefined || last === undefined ? [] : [cover(spanOf(first), spanOf(last))];
  });
}

/** The items that hold something of a later edition. */
const laterItems = (diagnostics: readonly Diagnostic[], list: TokenList): readonly number[] =>
  diagnostics
    .filter(({ code }) => code === notYet.code)
    .map(
      ({ primary }) =>
        list.items[list.tokens.findIndex((token) => token.startOffset === primary.span.start)] ?? 0,
    );

/** A `=` in the rest of an item that could not be read may have been anything. */
function withoutConsequences(
  repairs: readonly Diagnostic[],
  worded: readonly Diagnostic[],
  list: TokenList,
): readonly Diagnostic[] {
  const itemAt = new Map(list.tokens.map((token, index) => [token.startOffset, list.items[index]]));
  const broken = new Map(worded.map(({ primary: { span } }) => [itemAt.get(span.start), span.start]));
  return repairs.filter(({ code, primary: { span } }) => {
    const from = broken.get(itemAt.get(span.start));
    return code !== equalsForComparison.code || from === undefined || span.start <= from;
  });
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
  const tooDeep = findTooDeep(list);
  if (tooDeep !== undefined) return { file: empty(text), diagnostics: inOrder([...diagnostics, tooDeep]) };

  const { tree, problems } = parseTokens(list.tokens);
  const tainted = taintedItems(diagnostics, list);
  const worded = wordProblems(problems, list, tainted);
  const repairs = withoutConsequences(diagnostics.splice(0), worded, list);
  const file = fileOf(tree as FileCstNode | undefined, {
    text,
    report,
    docAt: documentation(text, comments),
  });
  const unread = new Set([...tainted, ...stuckItems(problems, list), ...laterItems(diagnostics, list)]);
  return {
    file: { ...file, unread: spansOf(unread, list) },
    diagnostics: inOrder([...repairs, ...worded, ...diagnostics]),
  };
}

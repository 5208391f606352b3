/** Words for what the grammar could not read: the detectors in the order in which they are asked. */
import type { Diagnostic } from '../base/diagnostic.js';
import { detectAfterExpression } from './rules/after-expression.js';
import { detectExpectedDomain } from './rules/expected-domain.js';
import { detectExpectedExpression } from './rules/expected-expression.js';
import { detectExpectedItem } from './rules/expected-item.js';
import { detectExpectedLevel } from './rules/expected-level.js';
import { detectExpectedName } from './rules/expected-name.js';
import { detectExpectedShape } from './rules/expected-shape.js';
import { describeExpectedSymbol } from './rules/expected-symbol.js';
import { detectOutsideObjective } from './rules/outside-objective.js';
import { detectReservedWord } from './rules/reserved-word.js';
import { detectUnclosedBracket } from './rules/unclosed-bracket.js';
import { detectUnmatchedBracket } from './rules/unmatched-bracket.js';
import { situationOf, type Detector, type Situation } from './situation.js';
import { is, spanOf, startsDeclaration, startsItem, type TokenList } from './token-list.js';
import type { Problem } from '../../grammar/read.js';

const detectors: readonly Detector[] = [
  // Brackets first: what else is wrong near an unpaired one follows from it.
  detectUnmatchedBracket,
  detectUnclosedBracket,
  // By what was expected.
  detectExpectedExpression,
  detectExpectedLevel,
  detectExpectedDomain,
  detectExpectedShape,
  detectExpectedName,
  detectReservedWord,
  // By where it happened.
  detectOutsideObjective,
  detectExpectedItem,
  detectAfterExpression,
];

/** Says what is wrong; every problem has words. */
function describe(situation: Situation): Diagnostic {
  for (const detect of detectors) {
    const diagnostic = detect(situation);
    if (diagnostic !== undefined) return diagnostic;
  }
  return describeExpectedSymbol(situation);
}

/** How many tokens must have been read since a mistake before another one is believed. */
const CALM = 3;

interface Placed {
  readonly problem: Problem;
  readonly index: number;
}

function placed(problems: readonly Problem[], list: TokenList): readonly Placed[] {
  const indexOf = new Map(list.tokens.map((token, index) => [token, index]));
  const end = list.tokens.length;
  return problems
    .map((problem) => ({
      problem,
      index: problem.found === undefined ? end : (indexOf.get(problem.found) ?? end),
    }))
    .sort((a, b) => a.index - b.index);
}

/** The items in which the grammar could not go on. */
export const stuckItems = (problems: readonly Problem[], list: TokenList): readonly number[] =>
  placed(problems, list).flatMap(({ index }) => [itemOf(list, index), list.items[index] ?? 0]);

/** One piece of passing over is repaired for good when at most one token was lost and no bracket is in doubt. */
const isContained = ({ problem }: Placed): boolean =>
  problem.passedOver <= 1 && (problem.kind === 'choice' || problem.passedOver === 1);

/** What is missing before the keyword of an item is missing from the item before it. */
const itemOf = ({ tokens, items }: TokenList, index: number): number => {
  const next = tokens[index];
  return items[startsItem(next) || startsDeclaration(next) ? Math.max(0, index - 1) : index] ?? 0;
};

/** Whether characters that are no token, and were reported as such, stand right before. */
function isAfterUnread({ list, previous, found }: Situation): boolean {
  const start = previous === undefined ? 0 : spanOf(previous).end;
  const between = list.text.slice(start, found?.startOffset ?? list.text.length);
  return between.replace(/#[^\n]*/g, '').trim() !== '';
}

/**
 * Words the problems of one file. A second problem of an item is told only when the reader was back on track before
 * it; `tainted` are the items in which a mistake of spelling leaves nothing certain.
 */
export function wordProblems(
  problems: readonly Problem[],
  list: TokenList,
  tainted: ReadonlySet<number>,
): readonly Diagnostic[] {
  const told: Diagnostic[] = [];
  let last: (Placed & { readonly item: number }) | undefined;
  for (const one of placed(problems, list)) {
    const item = itemOf(list, one.index);
    const situation = situationOf(one.problem, list, one.index);
    const endOfObjective =
      situation.found === undefined && is(situation.opener, 'LCurly') && last?.index !== one.index;
    const sameItem = last !== undefined && last.item === item && !endOfObjective;
    const follows =
      sameItem &&
      last !== undefined &&
      !(isContained(last) && one.index >= last.index + last.problem.passedOver + CALM);
    const sameToken = last?.index === one.index;
    last = { ...one, item };
    if (follows || sameToken || (tainted.has(item) && !endOfObjective) || isAfterUnread(situation)) continue;
    told.push(describe(situation));
  }
  return told;
}

/** Whether a list of tokens nests within the limits, found before anything recursive reads it. */
import type { Diagnostic } from '../base/diagnostic.js';
import { describeDepth, MAX_NESTING, MAX_OPERATORS } from './rules/nested-too-deeply.js';
import { binaryOperators } from '../../grammar/precedence.js';
import {
  is,
  isCloser,
  isOpener,
  spanOf,
  startsDeclaration,
  startsItem,
  type TokenList,
} from './token-list.js';

const operators: readonly string[] = [...binaryOperators.map((type) => type.name), 'Not'];

interface Depth {
  readonly nesting: number;
  readonly operators: number;
}
const FLAT: Depth = { nesting: 0, operators: 0 };

/** The first place that is too deep. */
export function findTooDeep({ tokens }: TokenList): Diagnostic | undefined {
  let outer: Depth[] = [];
  let here = FLAT;
  for (const token of tokens) {
    if (startsItem(token) || startsDeclaration(token)) {
      outer = [];
      here = FLAT;
    } else if (isOpener(token)) {
      outer.push(here);
      here = { nesting: here.nesting + 1, operators: here.operators };
    } else if (isCloser(token)) {
      here = outer.pop() ?? FLAT;
    } else if (is(token, 'Comma')) {
      const around = outer[outer.length - 1] ?? FLAT;
      here = { nesting: around.nesting + (outer.length === 0 ? 0 : 1), operators: around.operators };
    } else if (is(token, 'If')) {
      here = { nesting: here.nesting + 1, operators: here.operators };
    } else if (is(token, ...operators)) {
      here = { nesting: here.nesting, operators: here.operators + 1 };
    }
    if (here.nesting > MAX_NESTING) return describeDepth(spanOf(token), false);
    if (here.operators > MAX_OPERATORS) return describeDepth(spanOf(token), true);
  }
  return undefined;
}

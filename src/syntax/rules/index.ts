/** Every kind of syntax diagnostic, in order of its code. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { afterExpression } from './after-expression.js';
import { chainedComparison } from './chained-comparison.js';
import { equalsForComparison } from './equals-for-comparison.js';
import { expectedDomain } from './expected-domain.js';
import { expectedExpression } from './expected-expression.js';
import { expectedItem } from './expected-item.js';
import { expectedLevel } from './expected-level.js';
import { expectedName } from './expected-name.js';
import { expectedShape } from './expected-shape.js';
import { expectedSymbol } from './expected-symbol.js';
import { foreignSpelling } from './foreign-spelling.js';
import { malformedNumber } from './malformed-number.js';
import { meshFile } from './mesh-file.js';
import { misplacedOperand } from './misplaced-operand.js';
import { missingLet } from './missing-let.js';
import { nestedTooDeeply } from './nested-too-deeply.js';
import { notYet } from './not-yet.js';
import { objectFile } from './object-file.js';
import { outsideObjective } from './outside-objective.js';
import { reservedWord } from './reserved-word.js';
import { unclosedBracket } from './unclosed-bracket.js';
import { unclosedString } from './unclosed-string.js';
import { unknownCharacter } from './unknown-character.js';
import { unmatchedBracket } from './unmatched-bracket.js';

export const syntaxRules: readonly DiagnosticKind[] = [
  unknownCharacter,
  unclosedString,
  malformedNumber,
  unclosedBracket,
  foreignSpelling,
  equalsForComparison,
  missingLet,
  expectedExpression,
  expectedSymbol,
  afterExpression,
  expectedName,
  reservedWord,
  expectedLevel,
  expectedDomain,
  chainedComparison,
  expectedItem,
  outsideObjective,
  expectedShape,
  misplacedOperand,
  nestedTooDeeply,
  unmatchedBracket,
  notYet,
  meshFile,
  objectFile,
];

/** Tokens to a concrete syntax tree, and problems as data. It words no message: `src/syntax` does. */
import type { CstNode, IRecognitionException, IToken } from 'chevrotain';
import { ObjectiveParser } from './parser.js';
import { patience, TooManyProblems } from './patience.js';

/** A place where the grammar could not go on. */
export interface Problem {
  /** `token`: one token type was expected; `choice`: one of several alternatives; `end`: nothing more. */
  readonly kind: 'token' | 'choice' | 'end';
  /** The innermost rule, and the rules around it from the outside in. */
  readonly rule: string;
  readonly rules: readonly string[];
  /** The name of the expected token type, for `token`. */
  readonly expected: string;
  /** Where it happened; absent at the end of the text. */
  readonly found?: IToken;
  /** How many tokens were passed over to go on. */
  readonly passedOver: number;
}

export interface Parsed {
  /** Absent where there were too many problems. */
  readonly tree: CstNode | undefined;
  readonly problems: readonly Problem[];
}

const isEnd = (token: IToken): boolean => token.tokenType.name === 'EOF';

function problemOf(error: IRecognitionException): Problem {
  const { ruleStack } = error.context;
  return {
    kind:
      error.name === 'MismatchedTokenException'
        ? 'token'
        : error.name === 'NotAllInputParsedException'
          ? 'end'
          : 'choice',
    rule: ruleStack[ruleStack.length - 1] ?? 'file',
    rules: ruleStack,
    expected: error.message,
    ...(isEnd(error.token) ? {} : { found: error.token }),
    passedOver: error.resyncedTokens.length,
  };
}

// Analysing the grammar is dear, so there is one parser; it is left empty after each use.
const { words, restore } = patience();
const parser = new ObjectiveParser(words);

/** Parses tokens into a concrete syntax tree of the rule `file`. */
export function parseTokens(tokens: readonly IToken[]): Parsed {
  parser.input = [...tokens];
  restore();
  const tree = wholeFile();
  const problems = parser.errors.map(problemOf);
  parser.input = [];
  return { tree, problems };
}

function wholeFile(): CstNode | undefined {
  try {
    return parser.file();
  } catch (error) {
    if (error instanceof TooManyProblems) return undefined;
    throw error;
  }
}

/** The grammar itself, for the generators of types and of `grammar.ebnf`. */
export const productions = (): ReturnType<ObjectiveParser['getGAstProductions']> =>
  parser.getGAstProductions();

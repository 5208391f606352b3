/** How many problems of a text are found before the rest of it is given up. */
import type { IParserErrorMessageProvider } from 'chevrotain';

/** After as many problems the rest is not read: nobody would, and going on is slow. */
export const MOST_PROBLEMS = 200;

/** Thrown in the middle of a parse that has found more than `MOST_PROBLEMS`. */
export class TooManyProblems extends Error {}

export interface Patience {
  /** Chevrotain asks for words once for each problem; the name of the expected token is all that it gets. */
  readonly words: IParserErrorMessageProvider;
  /** For the next text. */
  readonly restore: () => void;
}

export function patience(): Patience {
  let found = 0;
  const word = (text: string): string => {
    found += 1;
    if (found > MOST_PROBLEMS) throw new TooManyProblems();
    return text;
  };
  return {
    words: {
      buildMismatchTokenMessage: ({ expected }) => word(expected.name),
      buildNotAllInputParsedMessage: () => word(''),
      buildNoViableAltMessage: () => word(''),
      buildEarlyExitMessage: () => word(''),
    },
    restore: () => {
      found = 0;
    },
  };
}

/** What ends a command early: a failure to say, or a program whose diagnostics say it. */
import type { Analysis } from '../compile.js';

/** Exit codes, as every command's help states them. Where a signal interrupts, the shell says 130. */
export const EXIT = { good: 0, wrong: 1, unusable: 2, interrupted: 130 } as const;

/** Usage, a file or a batch that cannot be used: exit code 2. The message is lower case and has no full stop. */
export class Failure extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** The program is wrong: exit code 1. */
export class WrongProgram extends Error {
  readonly analyses: readonly Analysis[];
  constructor(analyses: readonly Analysis[]) {
    super('the program has errors');
    this.analyses = analyses;
  }
}

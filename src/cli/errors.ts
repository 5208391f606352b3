/** What ended a command, said on stderr, and its exit code. */
import { CommanderError } from 'commander';
import { VERSION } from '../base/version.js';
import { diagnosticsText, tally } from '../report/diagnostics-text.js';
import { EXIT, Failure, WrongProgram } from './failure.js';
import { cross, type Output } from './output.js';
import { usageFailure } from './usage.js';

/** Says an error, whatever it is, and answers the exit code that it has. */
export function explainError(error: unknown, argv: readonly string[], out: Output): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.good;
    return explainError(usageFailure(error, argv), argv, out);
  }
  if (error instanceof Failure) {
    out.failure(error.message, error.hint);
    return EXIT.unusable;
  }
  if (error instanceof WrongProgram) {
    out.aside(diagnosticsText(error.analyses, out.errorPaint));
    out.aside(cross(out.errorPaint, tally(error.analyses)));
    return EXIT.wrong;
  }
  out.aside(internalError(error, argv, out));
  return EXIT.unusable;
}

function internalError(error: unknown, argv: readonly string[], { errorPaint: paint }: Output): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    `${paint.red('internal error')}${paint.bold(': veriloss itself failed; this is not a mistake of yours')}`,
    '',
    ...stack.split('\n').map((line) => `  ${line}`),
    '',
    `  veriloss ${VERSION}, Node ${process.version}, ${process.platform} ${process.arch}`,
    `  ${['veriloss', ...argv].join(' ')}`,
    '',
    'Report it with these lines and the files that were read.',
    '',
  ].join('\n');
}

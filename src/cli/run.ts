/** One run of the command line: words in, text out, an exit code back. Nothing is thrown, whatever goes wrong. */
import { CommanderError } from 'commander';
import { diagnosticsText, tally } from '../report/diagnostics-text.js';
import { VERSION } from '../base/version.js';
import { colourChoice } from './colour.js';
import { EXIT, Failure, WrongProgram } from './failure.js';
import type { Io } from './io.js';
import { cross, output, type Output } from './output.js';
import { buildProgram } from './program.js';
import { usageFailure } from './usage.js';

/** Runs `veriloss` with these arguments, the program's own name not among them. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const out = output(io, colourChoice(argv));
  let code: number = EXIT.good;
  const settle = (settled: number): void => {
    code = settled;
  };
  try {
    const program = buildProgram({ io, out, settle });
    if (argv.length === 0) {
      program.outputHelp({ error: true });
      return EXIT.unusable;
    }
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return explainError(error, argv, out);
  }
}

function explainError(error: unknown, argv: readonly string[], out: Output): number {
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

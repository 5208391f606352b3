/** One run of the command line: words in, text out, an exit code back. Nothing is thrown, whatever goes wrong. */
import { colourChoice } from './colour.js';
import { explainError } from './errors.js';
import { EXIT } from './failure.js';
import type { Io } from './io.js';
import { output } from './output.js';
import { buildProgram } from './program.js';

/** Runs `veriloss` with these arguments, the program's own name not among them. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const out = output(io, colourChoice(argv));
  let code: number = EXIT.good;
  const settle = (settled: number): void => {
    code = settled;
  };
  try {
    const program = buildProgram({ io, out, argv, settle });
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

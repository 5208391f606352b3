/** Entry point of the training example: flags, signals and exit codes; `run-command.ts` does the work. */
import { parseOptions } from './options.js';
import { isUsageError } from './usage-error.js';

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if ('help' in options) {
    process.stdout.write(options.help);
    return 0;
  }
  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    interrupt.abort(); // a second Ctrl-C finds no handler and ends the process at once
  });
  const { runCommand } = await import('./run-command.js'); // tfjs takes half a second to load: flags first
  return runCommand(options, interrupt.signal, (line) => process.stdout.write(`${line}\n`));
}

try {
  process.exitCode = await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(isUsageError(error) ? `error: ${message}\n` : `the run failed: ${message}\n`);
  process.exitCode = isUsageError(error) ? 2 : 1;
}

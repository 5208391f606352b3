/** Commander's sentences about the command line, in the voice of every other message. */
import type { CommanderError } from 'commander';
import { Failure } from './failure.js';

const isPath = (word: string): boolean => /[./\\]/.test(word);

/** What is wrong with a command line, from the error that the parser threw. */
export function usageFailure({ code, message }: CommanderError, argv: readonly string[]): Failure {
  const [first = '', suggestion = ''] = message.replace(/^error: /, '').split('\n');
  const said = first
    .replace(/'([^']*)'/g, '`$1`')
    .replace(/ argument missing$/, ' has no value')
    .replace(/\. Expected (\d+ arguments?) but got (\d+).*$/, ': expected $1, found $2')
    .replace(/\.$/, '');
  const meant = /^\(Did you mean (?:one of )?(.*)\?\)$/.exec(suggestion)?.[1];
  const name = /^unknown command '(.*)'$/.exec(first)?.[1];
  if (code === 'commander.unknownCommand' && name !== undefined && isPath(name))
    return new Failure(`\`${name}\` is not a command`, `to check a file, write \`veriloss check ${name}\``);
  if (code === 'commander.unknownCommand' && meant === undefined) return new Failure(said, helpHint([]));
  if (code === 'commander.missingMandatoryOptionValue')
    return new Failure(
      said.replace(/^required option (`.*`) not specified$/, 'option $1 is missing'),
      helpHint(argv),
    );
  return new Failure(
    said,
    meant === undefined
      ? helpHint(argv)
      : `did you mean ${meant
          .split(', ')
          .map((one) => `\`${one}\``)
          .join(' or ')}?`,
  );
}

function helpHint(argv: readonly string[]): string {
  const command = argv.find((word) => !word.startsWith('-'));
  return `see \`veriloss ${command === undefined || isPath(command) ? '' : `${command} `}--help\``;
}

/** Whether there is colour: `--color`, then NO_COLOR, then FORCE_COLOR, then whether the stream is a terminal. */
import { nearest } from '../base/suggest.js';
import { Failure } from './failure.js';
import type { Environment } from './io.js';

export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColourChoice = (typeof COLOUR_CHOICES)[number];

/** One of a list of words, or a failure that names the nearest. */
export const oneOf =
  <const Word extends string>(option: string, words: readonly Word[]) =>
  (given: string): Word => {
    const found = words.find((word) => word === given);
    if (found !== undefined) return found;
    const meant = nearest(given, words);
    const expected = `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
    throw new Failure(
      `${option} is \`${given}\`, expected ${expected}`,
      meant === undefined ? undefined : `did you mean \`${meant}\`?`,
    );
  };

/** `--color` as given anywhere on the line: errors about the line itself are coloured by it too. */
export function colourChoice(argv: readonly string[]): ColourChoice {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  const at = options.findLastIndex((one) => one === '--color' || one.startsWith('--color='));
  const given = options[at]?.startsWith('--color=') ? options[at].slice('--color='.length) : options[at + 1];
  return at < 0 ? 'auto' : (COLOUR_CHOICES.find((choice) => choice === given) ?? 'auto');
}

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

export function hasColour(choice: ColourChoice, env: Environment, isTerminal: boolean): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return !['0', 'false'].includes(env['FORCE_COLOR']);
  return isTerminal && env['TERM'] !== 'dumb';
}

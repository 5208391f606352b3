/** The completion of fish: one \`complete\` per option and command. */
import type { CompletedCommand, CompletedOption, Model, Value } from './model.js';

const inQuotes = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

function taken({ words, paths }: Value): readonly string[] {
  const folders = paths === 'folders' ? ['(__fish_complete_directories)'] : [];
  const offered = [...words, ...folders];
  return [
    paths === 'files' ? '-F' : '-f',
    ...(offered.length === 0 ? [] : [`-a ${inQuotes(offered.join(' '))}`]),
  ];
}

function line(condition: string, parts: readonly string[]): string {
  return `complete -c veriloss -n ${inQuotes(condition)} ${parts.join(' ')}`;
}

function optionLine(condition: string, { short, long, description, value }: CompletedOption): string {
  return line(condition, [
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    `-l ${long.slice(2)}`,
    ...(value === undefined ? [] : ['-r', ...taken(value)]),
    `-d ${inQuotes(description)}`,
  ]);
}

function lines({ name, options, argument }: CompletedCommand): readonly string[] {
  const condition = `__fish_seen_subcommand_from ${name}`;
  const own = argument === undefined ? [] : [line(condition, taken(argument))];
  return [...own, ...options.map((option) => optionLine(condition, option))];
}

/** The script. */
export function fish({ program, commands }: Model): string {
  const first = '__fish_use_subcommand';
  return [
    '# Completion of veriloss for fish, printed by `veriloss completion fish`.',
    'complete -c veriloss -f',
    ...program.options.map((option) => optionLine(first, option)),
    ...commands.map(({ name, description }) => line(first, [`-a ${name}`, `-d ${inQuotes(description)}`])),
    ...commands.flatMap(lines),
    '',
  ].join('\n');
}

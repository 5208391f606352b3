/** Looks at what git does to objectives: templates of ignore files and of LFS take .obj for something else. */
import { spawnSync } from 'node:child_process';
import { GITATTRIBUTES_LINE, GITIGNORE_LINE } from '../association.js';
import type { Io } from '../io.js';
import type { Finding } from './finding.js';

interface Answer {
  /** Nothing where there is no git. */
  readonly code: number | undefined;
  readonly stdout: string;
}

function git(io: Io, ...args: readonly string[]): Answer {
  const { status, stdout, error } = spawnSync('git', args, { cwd: io.cwd, env: io.env, encoding: 'utf8' });
  return error === undefined ? { code: status ?? undefined, stdout } : { code: undefined, stdout: '' };
}

const others = (count: number): string => (count === 0 ? '' : ` and ${count} more`);

function ignored(io: Io, names: readonly string[]): Finding {
  const name = 'git ignore';
  // Not with -v at once, which names rules that spare a file as well.
  const [first, ...more] = git(io, 'check-ignore', '--', ...names)
    .stdout.split('\n')
    .filter(Boolean);
  if (first === undefined) return { name, state: 'good', text: 'git keeps objectives' };
  const [rule = ''] = git(io, 'check-ignore', '-v', '--', first).stdout.split('\t');
  const [file = '', line = '', ...pattern] = rule.split(':');
  return {
    name,
    state: 'wrong',
    text: `git leaves out ${first}${others(more.length)}: \`${pattern.join(':')}\` in ${file}:${line}`,
    hint: `add \`${GITIGNORE_LINE}\` below it`,
  };
}

function stored(io: Io, names: readonly string[]): Finding {
  const name = 'git filter';
  const lines = git(io, 'check-attr', '-z', 'filter', '--', ...names).stdout.split('\0');
  const filtered = names.flatMap((_name, at) => {
    const [path = '', , value = ''] = lines.slice(at * 3);
    return ['unspecified', 'unset', ''].includes(value) ? [] : [{ path, value }];
  });
  const [first, ...more] = filtered;
  if (first === undefined) return { name, state: 'good', text: 'git stores objectives as text' };
  return {
    name,
    state: 'wrong',
    text: `git gives ${first.path}${others(more.length)} to the filter \`${first.value}\``,
    hint: `add \`${GITATTRIBUTES_LINE}\` to .gitattributes, below the line that does`,
  };
}

/** What git does to files, or to one that there might be. */
export function gitFindings(io: Io, names: readonly string[]): readonly Finding[] {
  const { code } = git(io, 'rev-parse', '--is-inside-work-tree');
  if (code === undefined) return [{ name: 'git', state: 'note', text: 'not installed' }];
  if (code !== 0) return [{ name: 'git', state: 'note', text: 'not a repository' }];
  const files = names.length === 0 ? ['objectives/example.obj'] : names;
  return [ignored(io, files), stored(io, files)];
}

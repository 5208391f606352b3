/** Files as they are in a revision of the git repository that they stand in. */
import { execFileSync } from 'node:child_process';
import { posix } from 'node:path';
import { Failure } from './failure.js';
import type { TextFile } from './files.js';
import type { Io } from './io.js';

function git(io: Io, words: readonly string[]): string {
  return execFileSync('git', [...words], {
    cwd: io.cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
}

const messageOf = (error: unknown): string => {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return stderr.replace(/^fatal: /, '').split('\n')[0] ?? '';
};

/** The commit that a revision names; a failure where it names none, or there is no repository. */
export function revision(io: Io, name: string): string {
  try {
    return git(io, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Failure('`--against` needs git, which is not installed');
    const why = messageOf(error);
    throw new Failure(
      `\`${name}\` is no revision${why === '' ? ' of this repository' : `: ${why}`}`,
      'write a branch, a tag or a commit, e.g. `--against origin/main`',
    );
  }
}

/** A file of a commit, which finds its imports there, too; nothing where the commit has no such file. */
export function fileIn(io: Io, commit: string, path: string, name: string): TextFile | undefined {
  const read = (wanted: string): string | undefined => {
    try {
      return git(io, ['show', `${commit}:./${wanted.replaceAll('\\', '/')}`]);
    } catch {
      return undefined;
    }
  };
  const text = read(path);
  if (text === undefined) return undefined;
  const label = `${name}:`;
  return {
    name: `${label}${path}`,
    text,
    resolve: (wanted, from) => {
      const folder = posix.dirname(from.startsWith(label) ? from.slice(label.length) : from);
      const found = posix.normalize(posix.join(folder, wanted));
      const imported = read(found);
      return imported === undefined ? undefined : { name: `${label}${found}`, text: imported };
    },
  };
}

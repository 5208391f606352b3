/** Paths as GitHub and its kind want them: from the root of the repository. */
import { isAbsolute, relative, resolve } from 'node:path';
import type { Source } from '../base/source.js';
import { STDIN_NAME } from './files.js';
import type { Io } from './io.js';

/** The same source under its path from the workspace; as it is outside of one. */
export function inWorkspace(io: Io, source: Source): Source {
  const root = io.env['GITHUB_WORKSPACE'];
  if (root === undefined || root === '' || source.name === STDIN_NAME) return source;
  const path = relative(root, resolve(io.cwd, source.name));
  if (path.startsWith('..') || isAbsolute(path)) return source;
  return { ...source, name: path.replaceAll('\\', '/') };
}

/** Every right and every wrong program of the repository that stands in a file or beside a code. Not a test. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { lex } from '../../grammar/lexer.js';
import { kinds } from '../../src/kinds.js';
import type { Resolve } from '../../src/link/link.js';
import { ROOT } from '../sources.js';

export interface CorpusProgram {
  readonly name: string;
  readonly text: string;
  readonly resolve: Resolve;
}

/** Looks beside the file that imports. */
const fromDisk: Resolve = (path, from) => {
  const name = posix.join(posix.dirname(from), path);
  const place = join(ROOT, name);
  return existsSync(place) ? { name, text: readFileSync(place, 'utf8') } : undefined;
};

const inFolder = (folder: string): readonly CorpusProgram[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.obj'))
    .sort()
    .map((name) => `${folder}/${name}`)
    .map((name) => ({ name, text: readFileSync(join(ROOT, name), 'utf8'), resolve: fromDisk }));

/** Right programs written for the corpus, one construct or combination each. */
export const valid = inFolder('test/corpus/valid');
export const objectives = inFolder('objectives');

/** The right program of each code. */
export const goodPrograms: readonly CorpusProgram[] = kinds.map(({ code, good, files = {} }) => ({
  name: `${code} good`,
  text: good,
  resolve: (path) => (Object.hasOwn(files, path) ? { name: path, text: files[path] ?? '' } : undefined),
}));

export const right: readonly CorpusProgram[] = [...valid, ...objectives, ...goodPrograms];

/** Wrong programs, each of which has its frames in the `.txt` of its name. */
export const wrong = [...inFolder('test/corpus/invalid'), ...inFolder('test/corpus/lints')];

/** What is said of a wrong program. */
export const framesOf = ({ name }: CorpusProgram): string =>
  readFileSync(join(ROOT, name.replace(/\.obj$/, '.txt')), 'utf8');

/** The tokens of a text with every name and number replaced; what is no token, and what is quoted, stays. */
function skeleton(text: string): string {
  const { tokens } = lex(text);
  return tokens
    .map(({ image, tokenType: { name } }) => (name === 'Name' || name === 'Number' ? name : image))
    .join(' ');
}

/** Groups of programs that differ in nothing but names and numbers. */
export function alike(programs: readonly CorpusProgram[]): readonly (readonly string[])[] {
  const groups = new Map<string, readonly string[]>();
  for (const { name, text } of programs) {
    const key = skeleton(text);
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()].filter((names) => names.length > 1);
}

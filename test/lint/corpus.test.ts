/** Programs that a lint has something to say of. `UPDATE=1 npx vitest run test/lint/corpus.test.ts` rewrites the frames. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { lints } from '../../src/lint/rules/index.js';
import { diagnosticsText } from '../../src/report/diagnostics-text.js';

const folder = fileURLToPath(new URL('../corpus/lints/', import.meta.url));
const programs = readdirSync(folder)
  .filter((name) => name.endsWith('.obj'))
  .map((name) => name.slice(0, -'.obj'.length));
const pedantic: readonly string[] = lints.flatMap(({ kind }) => (kind.pedantic === true ? kind.code : []));

describe('programs with a lint', () => {
  test.each(programs)('%s', (name) => {
    const own = name.slice(0, 5);
    const { diagnostics, source } = analyze(readFileSync(`${folder}${name}.obj`, 'utf8'), `${name}.obj`);
    // What is pedantic is said of many programs: here it counts where it is what the program is about.
    const told = diagnostics.filter(({ code }) => code === own || !pedantic.includes(code));
    const frames = diagnosticsText([{ source, diagnostics: told }]);
    const expected = `${folder}${name}.txt`;
    if (process.env.UPDATE === '1') writeFileSync(expected, frames);
    expect(existsSync(expected)).toBe(true);
    expect(frames).toBe(readFileSync(expected, 'utf8'));
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set([own]));
  });

  test.each(lints.map(({ kind }) => kind))('$code has two programs or more', ({ code }) => {
    expect(programs.filter((name) => name.startsWith(code)).length).toBeGreaterThanOrEqual(2);
  });
});

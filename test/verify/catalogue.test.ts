/**
 * Every claim of the catalogue, and of the design study's verdict table, is decided as its file says; those that are not yet are
 * listed here, and a claim that is decided after all has to leave the list.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { claimText } from '../../src/report/claim-text.js';
import { budgetOf } from '../../src/verify/budget.js';
import { DEFAULT_STEPS, verifyClaim } from '../../src/verify/verify.js';
import { filesUnder, ROOT } from '../sources.js';

const undecided: ReadonlySet<string> = new Set(
  readFileSync(join(ROOT, 'test/verify/undecided.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
);

const files = [...filesUnder('objectives'), ...filesUnder('test/claims')].filter(
  (path) => path.endsWith('.obj') && !path.includes('/std/'),
);

describe('claims', () => {
  test.each(files)('%s', (path) => {
    const { units, source } = analyze(readFileSync(join(ROOT, path), 'utf8'), path);
    expect(units.length).toBeGreaterThan(0);
    for (const { program } of units)
      program.claims.forEach(({ mode, span }, at) => {
        const verdict = verifyClaim(program, at, budgetOf(DEFAULT_STEPS));
        const name = `${program.name}: ${mode} ${claimText(source, span).text}`;
        // What is not decided fails; what is decided is never the opposite of what the file says.
        expect(undecided.has(name) ? [name, 'unknown'] : [name, verdict.passes]).toEqual([
          name,
          undecided.has(name) ? verdict.status : true,
        ]);
      });
  });
  test('the list names claims that exist', () => {
    const names = files.flatMap((path) => {
      const { units, source } = analyze(readFileSync(join(ROOT, path), 'utf8'), path);
      return units.flatMap(({ program }) =>
        program.claims.map(({ mode, span }) => `${program.name}: ${mode} ${claimText(source, span).text}`),
      );
    });
    expect([...undecided].filter((name) => !names.includes(name))).toEqual([]);
  });
});

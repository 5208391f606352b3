/**
 * Mutants of the catalogue: a claim that a mutation makes false is no longer proved. Every third objective has one of its
 * mutants here, another kind for each; `npm run fuzz:verify -- mutants` goes through all of them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesUnder, ROOT } from '../../sources.js';
import { judged, mutantsOf, type Judged } from './mutants.js';

const files = filesUnder('objectives').filter((path) => path.endsWith('.obj') && !path.includes('/std/'));
const all: Judged[] = [];

test.each(files.map((path, at) => ({ path, at })).filter(({ at }) => at % 3 === 0))(
  '$path',
  ({ path, at }) => {
    const mutants = mutantsOf(readFileSync(join(ROOT, path), 'utf8'));
    const mutant = mutants[(at * 7) % mutants.length];
    expect(mutant).toBeDefined();
    const found = mutant === undefined ? [] : judged(mutant, { steps: 300_000, samples: 5 });
    all.push(...found);
    expect(
      found.filter(({ status, contradiction }) => status === 'proved' && contradiction !== undefined),
    ).toEqual([]);
  },
);

test('most of what mutations break is refuted, with a batch that shows it', () => {
  const broken = all.filter(({ contradiction }) => contradiction !== undefined);
  const refuted = broken.filter(({ status }) => status === 'refuted');
  expect(broken.length).toBeGreaterThan(15);
  expect(refuted.length / broken.length).toBeGreaterThan(0.9);
});

/** Every claim of the catalogue that should fail has a witness, and no claim that should hold has one. */
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../src/compile.js';
import { budgetOf } from '../../../src/verify/budget.js';
import { exampleOf } from '../../../src/verify/refute/example.js';
import { refute, undefinedAt } from '../../../src/verify/refute/refute.js';
import { filesUnder, read } from '../../sources.js';
import { expectToBreak } from './replay.js';

/** Enough for every witness; what holds is looked at for less. */
const STEPS = 300_000;
const GLANCE = 5000;
const files = filesUnder('objectives').filter((path) => path.endsWith('.obj') && !path.includes('/std/'));

describe.each(files.map((path) => [basename(path, '.obj'), path] as const))('%s', (_, path) => {
  const claims = analyze(read(path), path).units.flatMap(({ program }) =>
    program.claims.map((claim) => ({ program, claim })),
  );

  test('claims to refute have a witness that the reference reproduces', () => {
    for (const { program, claim } of claims.filter(({ claim: { mode } }) => mode === 'refute')) {
      const found = refute(program, claim, budgetOf(STEPS));
      expect(found?.witness.summary, claim.label).toBeDefined();
      if (found !== undefined) expectToBreak(program, claim, found.witness);
    }
  });

  test('claims to verify have none, nor a point without a value', () => {
    const wanted = claims.filter(({ claim: { mode } }) => mode === 'verify');
    const broken = wanted.filter(
      ({ program, claim }) =>
        (refute(program, claim, budgetOf(GLANCE)) ?? undefinedAt(program, claim, budgetOf(GLANCE))) !==
        undefined,
    );
    expect(broken.map(({ claim }) => claim.label)).toEqual([]);
  });

  test('every claim speaks of something', () => {
    const empty = claims.filter(
      ({ program, claim }) => exampleOf(program, claim, budgetOf(STEPS)) === undefined,
    );
    expect(empty.map(({ claim }) => claim.label)).toEqual([]);
  });
});

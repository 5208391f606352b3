/**
 * The heart of what a view is: in every concrete batch, with its names at their concrete values, it reads what the reference
 * gives, and everything that it takes as given is so.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../src/compile.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { randomFrom } from '../../../src/vectors/random.js';
import { prove as proveSequent } from '../../../src/verify/prover/prove.js';
import { randomFrom as uniform, randomRagged, valuesAt } from '../../property/batches.js';
import { INPUTS, PARAMS, randomProgram } from '../../property/program-generator.js';
import { checkClaim, samplesOf, type Sample } from './claims.js';

const objectives = readdirSync('objectives').filter((name) => name.endsWith('.obj'));

describe('every claim of every second objective', () => {
  test.each(objectives.filter((_, at) => at % 2 === 0))('%s', (file) => {
    const { units } = analyze(readFileSync(`objectives/${file}`, 'utf8'), file);
    for (const { program } of units) {
      const samples = samplesOf(program, 1);
      expect(samples.length).toBeGreaterThan(3);
      const random = randomFrom(7, file);
      program.claims.forEach((claim, at) => {
        const { wrong } = checkClaim(program, claim, samples, random);
        expect(wrong.map((one) => `claim ${String(at)}: ${one}`)).toEqual([]);
      });
    }
  });
});

describe('what lifts say of sums', () => {
  test.each(['real', 'pacs', 'dpo', 'gvpo'])('%s', (name) => {
    const { units } = analyze(readFileSync(`objectives/${name}.obj`, 'utf8'), name);
    for (const { program } of units) {
      const samples = samplesOf(program, 2);
      const random = randomFrom(8, name);
      const results = program.claims.map((claim) =>
        checkClaim(program, claim, samples, random, proveSequent),
      );
      expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
      expect(results.some(({ inside }) => inside > 0)).toBe(true);
    }
  });
});

/** Variances of means over all others multiply out to thousands of terms. */
const SLOW = 300_000;

describe('random programs', () => {
  const draw = (seed: number): { readonly text: string; readonly next: () => number } => {
    const next = uniform(seed);
    return { text: randomProgram(next, { lets: 3, depth: 3 }), next };
  };
  /** Claims of every let, of all kinds that it may have. */
  const claimsOn = (text: string): readonly string[] =>
    [...text.matchAll(/let (v\d+)/g)].flatMap(([, name = '']) => [
      `verify : ${name} >= 0`,
      `verify : ${name} is nondecreasing in logp`,
      `verify : ${name} is nondecreasing in value`,
      `verify for ${name} : value >= reward`,
    ]);
  test.each(Array.from({ length: 9 }, (_, at) => at))(
    '%i',
    (seed) => {
      const { text, next } = draw(seed);
      const program = (claim: string): DerivedProgram | undefined =>
        analyze(text.replace(/\}\s*$/, `  ${claim}\n}\n`)).units[0]?.program;
      const ragged = [randomRagged(next, false), randomRagged(next, false)];
      const samples = ragged.map((one): Sample => ({
        ragged: one,
        values: {
          params: new Map(Object.entries(PARAMS)),
          inputs: new Map(
            INPUTS.map(({ name, level }) => [name, valuesAt(one, level, () => 2 * next() - 1)]),
          ),
        },
      }));
      const wrong = claimsOn(text).flatMap((claim) => {
        const derived = program(claim);
        const [lowered] = derived?.claims ?? [];
        if (derived === undefined || lowered === undefined) return [];
        const found = checkClaim(derived, lowered, samples, randomFrom(seed, claim));
        return found.wrong.map((one) => `${claim}: ${one}`);
      });
      expect(wrong).toEqual([]);
    },
    SLOW,
  );
});

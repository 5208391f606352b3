/** Wrong programs and the frames they get. `UPDATE=1 npx vitest run test/check/corpus.test.ts` rewrites the frames. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkRules } from '../../src/check/rules/index.js';
import { checked } from './checked.js';

const folder = fileURLToPath(new URL('../corpus/invalid/', import.meta.url));
const programs = readdirSync(folder)
  .filter((name) => /^(E0[2-5]|W0[25])\d\d-.*\.obj$/.test(name))
  .map((name) => name.slice(0, -'.obj'.length));

/** What the programs import. */
const imported = Object.fromEntries(
  readdirSync(`${folder}imported`).map((name) => [
    `imported/${name}`,
    readFileSync(`${folder}imported/${name}`, 'utf8'),
  ]),
);

describe('wrong programs', () => {
  test('there are as many as the language needs', () => {
    expect(programs.length).toBeGreaterThanOrEqual(100);
  });

  test.each(programs)('%s', (name) => {
    const text = readFileSync(`${folder}${name}.obj`, 'utf8');
    const { frames, codes, models } = checked(text, `${name}.obj`, imported);
    const expected = `${folder}${name}.txt`;
    if (process.env.UPDATE === '1') writeFileSync(expected, frames);
    expect(existsSync(expected)).toBe(true);
    expect(frames).toBe(readFileSync(expected, 'utf8'));
    // The cause is reported, and nothing that only follows from it.
    expect(new Set(codes)).toEqual(new Set([name.slice(0, 5)]));
    expect(models.length > 0).toBe(name.startsWith('W') || name === 'E0202-two-objectives');
  });

  test.each(checkRules)('$code has a program in the corpus', ({ code }) => {
    expect(programs.some((name) => name.startsWith(`${code}-`))).toBe(true);
  });
});

describe('rules', () => {
  test('codes are distinct', () => {
    expect(new Set(checkRules.map(({ code }) => code)).size).toBe(checkRules.length);
  });

  test.each(checkRules)('$code: its bad program yields exactly it', ({ code, bad, files }) => {
    expect(checked(bad, 'example.obj', files).codes).toEqual([code]);
  });

  test.each(checkRules)('$code: its good program yields nothing', ({ good, files }) => {
    expect(checked(good, 'example.obj', files).frames).toBe('');
  });

  test.each(checkRules)('$code is worded as the rest', ({ title, bad, files }) => {
    for (const wording of [
      title,
      ...checked(bad, 'example.obj', files).diagnostics.map((one) => one.title),
    ]) {
      expect(wording).toMatch(/^(`|[a-z])/);
      expect(wording).not.toMatch(/\.$|invalid|illegal|please|unexpected/);
      expect(wording.length).toBeLessThan(60);
    }
  });
});

/** Wrong programs and the frames they get. `UPDATE=1 npx vitest run test/syntax/corpus.test.ts` rewrites the frames. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { syntaxRules } from '../../src/syntax/rules/index.js';
import { codes, frames } from './render.js';

const folder = fileURLToPath(new URL('../corpus/invalid/', import.meta.url));
const programs = readdirSync(folder)
  .filter((name) => /^E01\d\d-.*\.obj$/.test(name))
  .map((name) => name.slice(0, -'.obj'.length));

describe('wrong programs', () => {
  test('there are as many as the language needs', () => {
    expect(programs.length).toBeGreaterThanOrEqual(60);
  });

  test.each(programs)('%s', (name) => {
    const text = readFileSync(`${folder}${name}.obj`, 'utf8');
    const actual = frames(text, `${name}.obj`);
    const expected = `${folder}${name}.txt`;
    if (process.env.UPDATE === '1') writeFileSync(expected, actual);
    expect(existsSync(expected)).toBe(true);
    expect(actual).toBe(readFileSync(expected, 'utf8'));
    expect(codes(text)).toContain(name.slice(0, 5));
  });

  test.each(syntaxRules)('$code has a program in the corpus', ({ code }) => {
    expect(programs.some((name) => name.startsWith(`${code}-`))).toBe(true);
  });
});

describe('rules', () => {
  test.each(syntaxRules)('$code: its bad program yields exactly it, its good program nothing', (rule) => {
    expect([...new Set(codes(rule.bad))]).toEqual([rule.code]);
    expect(codes(rule.good)).toEqual([]);
  });

  test('codes are unique and in order', () => {
    const all = syntaxRules.map(({ code }) => code);
    expect(all).toEqual([...new Set(all)].sort());
  });

  test.each(syntaxRules)('$code speaks in the voice of the project', ({ title }) => {
    expect(title.length).toBeLessThan(60);
    expect(title).toMatch(/^[a-zW`]/);
    expect(title).not.toMatch(/\.$|invalid|illegal|please/);
  });
});

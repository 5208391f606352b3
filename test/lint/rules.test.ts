/** Every lint on its own programs: the bad one yields exactly its code, the good one nothing. */
import { describe, expect, test } from 'vitest';
import { diagnosticsText } from '../../src/report/diagnostics-text.js';
import { analyze } from '../../src/compile.js';
import { lints } from '../../src/lint/rules/index.js';

/** Pedantic ones count only where they are what is tested. */
const codesOf = (text: string, own: string): readonly string[] =>
  analyze(text, 'example.obj')
    .diagnostics.filter(({ pedantic, code }) => pedantic !== true || code === own)
    .map(({ code }) => code);

describe('lints', () => {
  test('codes are distinct', () => {
    expect(new Set(lints.map(({ kind }) => kind.code)).size).toBe(lints.length);
  });

  test.each(lints.map(({ kind }) => kind))('$code: its bad program yields exactly it', ({ code, bad }) => {
    expect(codesOf(bad, code)).toEqual([code]);
  });

  test.each(lints.map(({ kind }) => kind))('$code: its good program yields nothing', ({ code, good }) => {
    expect(codesOf(good, code)).toEqual([]);
  });

  test.each(lints.map(({ kind }) => kind))(
    '$code is worded as the rest',
    ({ title, bad, code, severity }) => {
      const { diagnostics } = analyze(bad, 'example.obj');
      for (const wording of [title, ...diagnostics.map((one) => one.title)]) {
        expect(wording).toMatch(/^(`|[a-z0-9])/);
        expect(wording).not.toMatch(/\.$|invalid|illegal|please|unexpected/);
        expect(wording.length).toBeLessThan(60);
      }
      expect(code.startsWith(severity === 'error' ? 'E' : 'W')).toBe(true);
    },
  );

  test('what they say of their programs', async () => {
    const frames = lints.map(({ kind: { bad, code } }) => {
      const { diagnostics, source } = analyze(bad, 'example.obj');
      return diagnosticsText([{ source, diagnostics: diagnostics.filter((one) => one.code === code) }]);
    });
    await expect(frames.join('')).toMatchFileSnapshot('frames.txt');
  });
});

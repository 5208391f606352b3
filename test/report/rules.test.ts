/** Reasons why claims fail: each has a program that fails so, decided by the prover itself, and the same put right. */
import { describe, expect, test } from 'vitest';
import { verdictRules } from '../../src/report/rules/index.js';
import { diagnosticsWithVerdicts, verifyText } from '../../src/verification.js';
import { terminal } from '../cli/terminal.js';

const codesOf = (text: string): readonly string[] =>
  diagnosticsWithVerdicts(text).diagnostics.map(({ code }) => code);

describe.each(verdictRules.map((rule) => [rule.kind.code, rule] as const))(
  '%s',
  (code, { kind, title, says, hint }) => {
    test('its bad program yields exactly it, its good program nothing', () => {
      const pedantic = diagnosticsWithVerdicts(kind.bad).diagnostics.filter((one) => one.pedantic !== true);
      expect(pedantic.map((one) => one.code)).toEqual([code]);
      const good = verifyText(kind.good);
      expect(codesOf(kind.good).filter((one) => one.startsWith('V'))).toEqual([]);
      expect(good.objectives.flatMap(({ verdicts }) => verdicts).length).toBeGreaterThan(0);
    });

    test('speaks in the voice of the project', () => {
      for (const text of [kind.title, title('x'), says, hint ?? 'x']) {
        expect(text).not.toMatch(/\.$|invalid|illegal|please/i);
        expect(text.length).toBeLessThan(60);
      }
      expect(kind.title).toMatch(/^[a-z]/);
      expect(says).toMatch(/^[a-z]/);
    });

    test('is explained by its code, with the frame of its bad program', async () => {
      const { code: exit, stdout, stderr } = await terminal().veriloss(`explain ${code.toLowerCase()}`);
      expect([exit, stderr]).toEqual([0, '']);
      expect(stdout.split(`[${code}]: `).length).toBe(3);
      expect(JSON.parse((await terminal().veriloss(`explain ${code} --format json`)).stdout)).toMatchObject({
        code,
      });
    });
  },
);

test('codes are unique', () => {
  const codes = verdictRules.map(({ kind }) => kind.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^V07\d\d$/);
});

/** `veriloss explain`. */
import { describe, expect, test } from 'vitest';
import { checkRules } from '../../src/check/rules/index.js';
import { syntaxRules } from '../../src/syntax/rules/index.js';
import { ACTOR_CRITIC, MINI, PAIR, terminal, transcript, WRONG } from './terminal.js';

test('transcripts', async () => {
  const lines = [
    'explain a.obj',
    'explain a.obj --format latex',
    'explain a.obj --format json',
    'explain pair.obj',
    'explain wrong.obj',
  ];
  const said = await transcript({ 'a.obj': MINI, 'pair.obj': PAIR, 'wrong.obj': WRONG }, lines);
  await expect(said).toMatchFileSnapshot('transcripts/explain.txt');
  const several = ['', ' --format latex', ' --format json'].map((format) => `explain ac.obj${format}`);
  await expect(await transcript({ 'ac.obj': ACTOR_CRITIC }, several)).toMatchFileSnapshot(
    'transcripts/explain-several.txt',
  );
  const plans = [
    'explain a.obj --plan',
    'explain a.obj --plan --format json',
    'explain a.obj --plan --format latex',
    'explain wrong.obj --plan',
    'explain E0201 --plan',
  ];
  await expect(await transcript({ 'a.obj': MINI, 'wrong.obj': WRONG }, plans)).toMatchFileSnapshot(
    'transcripts/explain-plan.txt',
  );
  const codes = [
    'explain E0201',
    'explain W0201',
    'explain E0191',
    'explain E0201 --format latex',
    'explain E9999',
    'explain V0799',
  ];
  await expect(await transcript({}, codes)).toMatchFileSnapshot('transcripts/explain-codes.txt');
});

describe('codes', () => {
  test.each([...syntaxRules, ...checkRules].map(({ code }) => code))('%s is explained', async (code) => {
    const { veriloss } = terminal();
    const { code: exit, stdout, stderr } = await veriloss(`explain ${code.toLowerCase()}`);
    expect([exit, stderr]).toEqual([0, '']);
    // In the title, and in the frame of its own bad program.
    expect(stdout.split(`[${code}]: `).length).toBeGreaterThan(2);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(JSON.parse((await veriloss(`explain ${code} --format json`)).stdout)).toMatchObject({
      format_version: '1.0',
      code,
    });
  });

  test('a file may be called like one', async () => {
    const { veriloss } = terminal({ E0201: MINI });
    expect((await veriloss('explain E0201')).stdout).toMatch(/^objective mini\n/);
  });
});

test('a plan has fewer formats than an explanation, and the variable counts where it has that one', async () => {
  const { veriloss } = terminal({ 'a.obj': MINI });
  const { stdout: text } = await veriloss('explain a.obj --plan');
  const inFormat = (format: string): Promise<string> =>
    veriloss('explain a.obj --plan', { env: { VERILOSS_FORMAT: format } }).then(({ stdout }) => stdout);
  expect(text).toMatch(/^objective mini\n\nloss and its gradient by logp\n/);
  expect(await inFormat('latex')).toBe(text);
  expect(JSON.parse(await inFormat('json'))).toMatchObject({
    format_version: '1.0',
    objective: 'mini',
    plans: [
      { of: 'loss', gradients: ['logp'], metrics: [], walks: 1, buffers: 0 },
      { of: 'loss with metrics', gradients: ['logp'], metrics: ['accuracy'], walks: 1, buffers: 0 },
      { of: 'metrics' },
    ],
  });
});

test('standard input is explained', async () => {
  const { veriloss } = terminal();
  expect((await veriloss('explain -', { stdin: MINI })).stdout).toMatch(/^objective mini\n/);
});

/** Where results go and in which form: --format, VERILOSS_FORMAT, --output, --quiet; and what sets the exit code. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MINI, terminal, transcript, UNUSED, WRONG } from './terminal.js';

const BATCH = '{"group": [0], "mask": [[1]], "logp": [[-1]], "reward": [1]}';
/** Its token mean is worth a note to those who ask. */
const TOKEN_MEAN = MINI;

test('transcript of concise', async () => {
  const files = { 'a.obj': WRONG, 'b.obj': UNUSED };
  const lines = [
    'check . --format concise',
    'check b.obj --format concise',
    'check . --format concise --quiet',
  ];
  await expect(await transcript(files, lines)).toMatchFileSnapshot('transcripts/check-concise.txt');
});

describe('VERILOSS_FORMAT', () => {
  const { a, b } = { a: { 'a.obj': MINI, 'b.json': BATCH, 'w.obj': WRONG }, b: 'eval a.obj --batch b.json' };
  const first = async (line: string, format: string): Promise<string> =>
    (await terminal(a).veriloss(line, { env: { VERILOSS_FORMAT: format } })).stdout.slice(0, 10);

  test.each([
    ['check w.obj', 'json', '{\n  "forma'],
    ['check w.obj', 'concise', 'w.obj:4:33'],
    ['check w.obj', 'github', '::error fi'],
    ['check w.obj', '', 'error[E020'],
    ['check w.obj --format text', 'json', 'error[E020'],
    ['explain a.obj', 'json', '{\n  "forma'],
    ['explain E0201', 'json', '{\n  "forma'],
    [b, 'text', 'objective '],
    ['config', 'json', '{\n  "forma'],
    ['doctor', 'json', '{\n  "forma'],
    // A format that only other commands have is none of this one's business.
    ['explain a.obj', 'github', 'objective '],
    ['explain E0201', 'latex', 'error[E020'],
    ['check w.obj', 'latex', 'error[E020'],
    [b, 'concise', '{\n  "objec'],
  ])('`%s` with %j', async (line, format, start) => {
    expect(await first(line, format)).toBe(start);
  });

  test('a word that is no format is wrong usage, unless the line says it', async () => {
    const { veriloss } = terminal(a);
    const env = { VERILOSS_FORMAT: 'jsno' };
    const { code, stderr } = await veriloss('check w.obj', { env });
    expect(stderr).toContain(
      'error: VERILOSS_FORMAT is `jsno`, expected text, concise, json, github, latex, sarif, junit, markdown, svg or html',
    );
    expect(code).toBe(2);
    expect((await veriloss('check w.obj --format json', { env })).code).toBe(1);
  });
});

describe('--output', () => {
  test('takes the report without colour; the verdict stays', async () => {
    const { veriloss, read } = terminal({ 'a.obj': WRONG });
    for (const format of ['text', 'concise', 'json', 'github']) {
      const printed = (await veriloss(`check a.obj --format ${format}`)).stdout.split('✗')[0]?.trimEnd();
      const result = await veriloss(`check a.obj --format ${format} -o out/report --color always`);
      expect(read('out/report').trimEnd()).toBe(printed);
      expect(result.stdout).toMatch(/^\u001b\[31m✗\u001b\[39m 1 error; 1 of 1 file wrong\n$/);
      expect([result.code, result.stderr]).toEqual([1, '']);
    }
  });

  test('takes what explain and eval print', async () => {
    const { veriloss, read } = terminal({
      'a.obj': MINI,
      'b.json': BATCH,
      'c.jsonl': `${BATCH}\n${BATCH}\n`,
    });
    for (const line of [
      'explain a.obj',
      'explain a.obj --format latex',
      'explain E0201',
      'explain W0201 --format json',
      'eval a.obj --batch b.json',
      'eval a.obj --batch c.jsonl',
      'eval a.obj --batch c.jsonl --format text',
    ]) {
      const { stdout } = await veriloss(line);
      expect(await veriloss(`${line} --output result`)).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(read('result')).toBe(stdout);
    }
  });

  test('writes nothing where the command fails, and says where it cannot', async () => {
    const { veriloss, folder } = terminal({ 'a.obj': WRONG, 'b.json': BATCH });
    await veriloss('eval a.obj --batch b.json -o result');
    await veriloss('explain a.obj -o result');
    expect(readdirSync(folder)).toEqual(['a.obj', 'b.json']);
    const { code, stderr } = await veriloss('check a.obj -o a.obj/x');
    expect(stderr).toMatch(/^error: a\.obj\/x cannot be written \(\w+\)\n$/);
    expect(code).toBe(2);
  });
});

test('--quiet leaves out what reassures, and nothing else', async () => {
  const { veriloss } = terminal({ 'a.obj': MINI, 'u.obj': UNUSED, 'w.obj': WRONG });
  const nothing = { code: 0, stdout: '', stderr: '' };
  expect(await veriloss('check a.obj -q')).toEqual(nothing);
  expect((await veriloss('check a.obj --format json -q')).stderr).toBe('');
  expect(await veriloss('compile a.obj -o a.ts --quiet')).toEqual(nothing);
  expect(await veriloss('compile a.obj -o a.ts --check -q')).toEqual(nothing);
  expect((await veriloss('check u.obj -q')).stdout).toMatch(/^warning\[W0201\][^✓✗]*$/);
  expect((await veriloss('check w.obj -q')).stdout).toContain('✗ 1 error; 1 of 1 file wrong');
  expect((await veriloss('compile u.obj -o a.ts --check -q')).stderr).toContain('✗ a.ts is stale');
});

describe('exit codes', () => {
  const files = { 'a.obj': MINI, 'u.obj': UNUSED, 'w.obj': WRONG };
  test.each([
    ['check w.obj --exit-zero', 0],
    ['check u.obj --max-warnings 0', 1],
    ['check u.obj --max-warnings 0 --exit-zero', 0],
    ['check u.obj --max-warnings 1', 0],
    // What cannot be used is no finding.
    ['check nothing.obj --exit-zero', 2],
    ['check w.obj --format jsno --exit-zero', 2],
  ])('%s: %i', async (line, expected) => {
    expect((await terminal(files).veriloss(line)).code).toBe(expected);
  });

  test('--exit-zero says what it says without', async () => {
    const { veriloss } = terminal(files);
    const [without, with_] = [await veriloss('check w.obj'), await veriloss('check w.obj --exit-zero')];
    expect({ ...with_, code: 1 }).toEqual(without);
  });
});

describe('pedantic diagnostics', () => {
  const rule = (severity: string): string => JSON.stringify({ rules: { W0504: severity } });

  test('are shown to who asks for them', async () => {
    const { veriloss } = terminal({ 'a.obj': TOKEN_MEAN });
    expect((await veriloss('check a.obj')).stdout).toBe('✓ 1 objective checked in 41 ms\n');
    expect((await veriloss('check a.obj --pedantic')).stdout).toContain('note[W0504]');
    // A note is no warning.
    expect((await veriloss('check a.obj --pedantic --max-warnings 0')).code).toBe(0);
  });

  test.each(['note', 'warning', 'error'])(
    'are shown by every command where a rule makes them a %s',
    async (severity) => {
      const { veriloss } = terminal({ 'a.obj': TOKEN_MEAN, 'veriloss.config.json': rule(severity) });
      expect((await veriloss('check a.obj')).stdout).toContain(`${severity}[W0504]`);
      expect((await veriloss('compile a.obj -o a.ts')).stderr).toContain(`${severity}[W0504]`);
    },
  );

  test('are not shown where a rule turns them off, whoever asks', async () => {
    const { veriloss } = terminal({ 'a.obj': TOKEN_MEAN, 'veriloss.config.json': rule('off') });
    expect((await veriloss('check a.obj --pedantic')).stdout).toBe('✓ 1 objective checked in 41 ms\n');
  });
});

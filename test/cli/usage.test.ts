/** The command line itself: help, what it does not understand, colours, failures of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.js';
import { ROOT } from '../sources.js';
import { terminal, transcript, WRONG } from './terminal.js';

test('help teaches', async () => {
  const lines = [
    '--help',
    'check --help',
    'compile --help',
    'eval --help',
    'vectors --help',
    'conform --help',
    'explain --help',
    'fmt --help',
    'verify --help',
    'recheck --help',
    'bench --help',
    'init --help',
    'config --help',
    'doctor --help',
    'completion --help',
  ];
  await expect(await transcript({}, lines)).toMatchFileSnapshot('transcripts/help.txt');
});

test('docs/command-line.md shows the help of every command', async () => {
  const help = (await terminal().veriloss('--help')).stdout;
  const names = [...help.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(8);
  const page = readFileSync(join(ROOT, 'docs/command-line.md'), 'utf8');
  for (const name of names) expect(page).toContain(`<!-- generated: veriloss ${name} -->`);
});

test('`help COMMAND` is `COMMAND --help`; no command at all is wrong usage', async () => {
  const { veriloss } = terminal();
  expect((await veriloss('help check')).stdout).toBe((await veriloss('check --help')).stdout);
  const nothing = await veriloss('');
  expect([nothing.code, nothing.stdout]).toEqual([2, '']);
  expect(nothing.stderr).toBe((await veriloss('--help')).stdout);
});

test('the version', async () => {
  for (const flag of ['--version', '-V'])
    expect(await terminal().veriloss(flag)).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
});

test('what is not understood', async () => {
  const lines = [
    'chekc',
    'frobnicate',
    'a.obj',
    '--frobnicate',
    'check --formt json',
    'check --format jsno',
    'check --color sometimes',
    'check --max-warnings few',
    'check --max-warnings',
    'explain',
    'explain a b',
    'eval a.obj',
  ];
  await expect(await transcript({}, lines)).toMatchFileSnapshot('transcripts/usage.txt');
});

describe('colour', () => {
  const ESCAPE = '\u001b[';
  test.each([
    ['', {}, false, false],
    ['', {}, true, true],
    ['', { NO_COLOR: '1' }, true, false],
    ['', { NO_COLOR: '' }, true, true],
    ['', { TERM: 'dumb' }, true, false],
    ['', { FORCE_COLOR: '1' }, false, true],
    ['', { FORCE_COLOR: '0' }, true, false],
    ['', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['--color always', { NO_COLOR: '1' }, false, true],
    ['--color=always', {}, false, true],
    ['--color never', { FORCE_COLOR: '1' }, true, false],
    ['--color auto', { FORCE_COLOR: '1' }, false, true],
  ])('%s %o on a terminal: %s', async (flag, env, onTerminal, expected) => {
    const { veriloss } = terminal({ 'a.obj': WRONG });
    for (const line of [`check a.obj ${flag}`, `${flag} check a.obj`]) {
      const { stdout } = await veriloss(line, { env, terminal: onTerminal });
      expect(stdout.includes(ESCAPE)).toBe(expected);
    }
    const { stderr } = await veriloss(`check nothing.obj ${flag}`, { env, terminal: onTerminal });
    expect(stderr.includes(ESCAPE)).toBe(expected);
  });

  test('never reaches JSON or annotations', async () => {
    const { veriloss } = terminal({ 'a.obj': WRONG });
    for (const format of ['json', 'github'])
      expect((await veriloss(`check a.obj --format ${format} --color always`)).stdout).not.toContain(ESCAPE);
  });
});

test('a failure of its own is told as one', async () => {
  let stderr = '';
  const code = await run(['check', '-'], {
    stdout: () => {},
    stderr: (text) => void (stderr += text),
    readStdin: () => Promise.reject(new RangeError('out of thin air')),
    cwd: '/',
    env: {},
    isTerminal: { stdin: false, stdout: false, stderr: false },
    now: () => 0,
    onRead: () => {},
    ask: () => Promise.resolve(undefined),
  });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^internal error: veriloss itself failed; this is not a mistake of yours\n/);
  expect(stderr).toContain('RangeError: out of thin air');
  expect(stderr).toContain('veriloss check -\n');
  expect(stderr).toContain('Report it');
});

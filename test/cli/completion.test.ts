/** `veriloss completion`: what bash offers, tried in bash; and that every shell is told of every command and option. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinds } from '../../src/kinds.js';
import { runIn, terminal } from './terminal.js';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
const script = async (shell: string): Promise<string> => (await runIn('/', ['completion', shell])).stdout;

/** The commands of the help, and each option of theirs. */
async function commandLine(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { veriloss } = terminal();
  const help = async (line: string): Promise<string> => (await veriloss(`${line} --help`)).stdout;
  const names = [...(await help('')).matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = '']) => name);
  const options = async (name: string): Promise<readonly string[]> =>
    [...(await help(name)).matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option);
  return new Map(await Promise.all(names.map(async (name) => [name, await options(name)] as const)));
}

describe('in bash', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'veriloss-completion-'));
    mkdirSync(join(folder, 'objectives'));
    writeFileSync(join(folder, 'objectives/a b.obj'), '');
    writeFileSync(join(folder, 'b.json'), '');
    writeFileSync(join(folder, 'script'), await script('bash'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** What is offered for the last of these words. */
  const offered = (...words: readonly string[]): readonly string[] => {
    const program =
      'source ./script; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _veriloss; printf "%s\\n" "${COMPREPLY[@]}"';
    const { stdout, stderr } = spawnSync('bash', ['-c', program, 'bash', 'veriloss', ...words], {
      cwd: folder,
      encoding: 'utf8',
    });
    // Outside a completion, bash complains that there is none to set options of; the script does not show it.
    expect(stderr).toBe('');
    return stdout.split('\n').filter((line) => line !== '');
  };

  test.each([
    [['ch'], ['check']],
    [['--v'], ['--version']],
    [['--color', 'al'], ['always']],
    [['--color', '=', 'ne'], ['never']],
    [['check', '--max'], ['--max-warnings']],
    [['--color', 'never', 'check', '--ped'], ['--pedantic']],
    [
      ['check', '--format', ''],
      ['text', 'concise', 'json', 'github'],
    ],
    [
      ['check', '--format', '='],
      ['text', 'concise', 'json', 'github'],
    ],
    [['check', '--format', '=', 'j'], ['json']],
    [['check', 'obj'], ['objectives']],
    [['check', 'objectives/'], ['objectives/a b.obj']],
    [['check', '--max-warnings', ''], []],
    [['check', '--format', '-'], []],
    [['eval', 'x.obj', '--batch', 'b'], ['b.json']],
    [
      ['eval', '--backend', 'w'],
      ['wasm', 'webgpu'],
    ],
    [['compile', '--out-dir', ''], ['objectives']],
    [
      ['compile', '--language', ''],
      ['ts', 'js'],
    ],
    [['explain', 'W0'], kinds.map(({ code }) => code).filter((code) => code.startsWith('W0'))],
    [['explain', 'b'], ['b.json']],
    [['completion', ''], [...SHELLS]],
    [['help', 'doc'], ['doctor']],
    [
      ['init', '--config-form', 'p'],
      ['package', 'pyproject'],
    ],
    [['nothing', ''], []],
  ])('%j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });

  test('every command, and every option of each', async () => {
    const commands = await commandLine();
    expect(offered('')).toEqual([...commands.keys(), 'help']);
    for (const [name, options] of commands) expect(offered(name, '--')).toEqual(options);
  });
});

describe.each(SHELLS)('%s', (shell) => {
  test('is told of every command, option and word', async () => {
    const text = await script(shell);
    for (const [name, options] of await commandLine()) {
      expect(text).toContain(name);
      for (const option of options)
        expect(text).toContain(shell === 'fish' ? `-l ${option.slice(2)}` : option);
    }
    for (const { code } of kinds) expect(text).toContain(code);
    for (const word of ['concise', 'latex', 'webgpu', 'pyproject']) expect(text).toContain(word);
    expect(text).not.toMatch(/undefined|\[object/);
  });
});

test('another shell is wrong usage', async () => {
  for (const [line, message] of [
    ['completion', 'missing required argument `shell`'],
    ['completion tcsh', 'the shell is `tcsh`, expected bash, zsh, fish or powershell'],
    ['completion bahs', 'the shell is `bahs`'],
    ['completion bash zsh', 'too many arguments'],
  ] as const) {
    const { code, stderr } = await terminal().veriloss(line);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  }
});

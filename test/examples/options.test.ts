/** The trainer's command line: what it reads, and how it says what is wrong. Needs no compiler. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../examples/train/config.js';
import { parseOptions } from '../../examples/train/options.js';
import { isUsageError } from '../../examples/train/usage-error.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

function messageOf(args: readonly string[]): string {
  try {
    parseOptions(args);
  } catch (error) {
    expect(isUsageError(error)).toBe(true);
    return error instanceof Error ? error.message : '';
  }
  return 'no error';
}

describe('options', () => {
  it('has defaults for all', () => {
    const { iterations, seed, lr } = defaultConfig;
    const none = { objective: undefined, out: undefined, parameters: {}, fresh: false };
    expect(parseOptions([])).toEqual({ iterations, seed, lr, ...none });
  });

  it('reads every flag', () => {
    const text =
      '--objective a.obj --set tau=0.1 --set beta=1e-3 --iterations 7 --seed 0 --lr 1e-4 --out o --fresh';
    expect(parseOptions(text.split(' '))).toEqual({
      objective: 'a.obj',
      parameters: { tau: 0.1, beta: 0.001 },
      iterations: 7,
      seed: 0,
      lr: 1e-4,
      out: 'o',
      fresh: true,
    });
  });

  it.each([
    [['--lr', 'fast'], '--lr: expected a number above 0, found `fast`'],
    [['--lr', '0'], '--lr: expected a number above 0, found `0`'],
    [['--iterations', '0'], '--iterations: expected a whole number from 1, found `0`'],
    [['--iterations', '2.5'], '--iterations: expected a whole number from 1, found `2.5`'],
    [['--seed', '-1'], '--seed: expected a whole number from 0, found `-1`'],
    [['--set', 'tau'], '--set: expected name=number, found `tau`'],
    [['--set', 'tau=big'], '--set: expected name=number, found `tau=big`'],
    [['--frsh'], "unknown option '--frsh'\n(Did you mean --fresh?)"],
    [['--objective'], "option '--objective <file>' argument missing"],
    [['real.obj'], 'too many arguments. Expected 0 arguments but got 1.'],
  ])('%j', (args, message) => {
    expect(messageOf(args)).toBe(message);
  });

  it('gives the help when asked', () => {
    const answer = parseOptions(['--help']);
    expect('help' in answer && answer.help).toContain('--objective <file>');
  });

  it('ends the process with code 2 and one line on stderr', () => {
    const args = ['--import', 'tsx', 'examples/train/main.ts', '--lr', 'fast'];
    const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    expect({ status, stderr, stdout }).toEqual({
      status: 2,
      stderr: 'error: --lr: expected a number above 0, found `fast`\n',
      stdout: '',
    });
  });
});

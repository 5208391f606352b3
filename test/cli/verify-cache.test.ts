/** Verdicts kept between runs: when one is decided anew, where they are, and what a damaged one does. The prover is scripted. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { prune } from '../../src/cli/verify/cache.js';
import { calls, claiming } from './scripted-prover.js';
import { jsonIn, terminal, type Terminal } from './terminal.js';

const prover = vi.hoisted(() => ({ version: '1' }));
vi.mock('../../src/verify/verify.js', async () => ({
  verifyClaim: (await import('./scripted-prover.js')).verifyClaim,
  DEFAULT_STEPS: 5000,
}));
vi.mock('../../src/verify/version.js', () => ({
  get PROVER() {
    return prover.version;
  },
}));

beforeEach(() => {
  calls.length = 0;
  prover.version = '1';
});

const BAD = claiming(
  'bad',
  'verify "proved"',
  'verify "refuted thrice"',
  'verify "unknown"',
  'refute "proved too"',
);
describe('the cache', () => {
  const HARD = claiming('hard', 'verify "proved, hard"', 'verify "proved, easy"');
  const withCache = (files: Readonly<Record<string, string>>): Terminal => {
    const made = terminal(files);
    mkdirSync(join(made.folder, 'node_modules'), { recursive: true });
    return made;
  };
  const counted = async (made: Terminal, line: string): Promise<number> => {
    calls.length = 0;
    await made.veriloss(line);
    return calls.length;
  };
  const entries = ({ folder }: Terminal): readonly string[] =>
    jsonIn(join(folder, 'node_modules/.cache/veriloss')).map((name) =>
      join(folder, 'node_modules/.cache/veriloss', name),
    );

  test('what was decided is not decided again, and says the same', async () => {
    const made = withCache({ 'bad.obj': BAD });
    const first = await made.veriloss('verify bad.obj --format json');
    expect(calls.length).toBe(4);
    const second = await made.veriloss('verify bad.obj --format json');
    expect(calls.length).toBe(4);
    expect(second).toEqual(first);
  });

  test.each([
    ['the same', () => {}, 'verify a.obj', 0],
    [
      'another name of the file',
      ({ write, read }: Terminal) => write('b.obj', read('a.obj')),
      'verify b.obj',
      0,
    ],
    [
      'other content',
      ({ write, read }: Terminal) => write('a.obj', `${read('a.obj')}# more\n`),
      'verify a.obj',
      2,
    ],
    ['another import', ({ write }: Terminal) => write('lib.obj', 'def half(x) = x / 4\n'), 'verify a.obj', 2],
    ['another budget', () => {}, 'verify a.obj --budget 77', 2],
    ['another prover', () => (prover.version = '2'), 'verify a.obj', 2],
    ['--no-cache', () => {}, 'verify a.obj --no-cache', 2],
    ['a part of the claims', () => {}, "verify a.obj --only '*easy'", 0],
  ] as const)('%s', async (_name, change, line, expected) => {
    const text = `import { half } from "./lib.obj"\n${HARD.replace('-tau * reward', '-tau * half(reward)')}`;
    const made = withCache({ 'a.obj': text, 'lib.obj': 'def half(x) = x / 2\n' });
    expect(await counted(made, 'verify a.obj')).toBe(2);
    change(made);
    expect(await counted(made, line)).toBe(expected);
  });

  test('claims that are asked for later are added', async () => {
    const made = withCache({ 'a.obj': HARD });
    expect(await counted(made, "verify a.obj --only '*easy'")).toBe(1);
    expect(await counted(made, 'verify a.obj')).toBe(1);
    expect(await counted(made, 'verify a.obj')).toBe(0);
  });

  test('a verdict of a small budget is none of a large one', async () => {
    const made = withCache({ 'a.obj': HARD });
    expect((await made.veriloss('verify a.obj --budget 10')).code).toBe(1);
    expect((await made.veriloss('verify a.obj')).code).toBe(0);
    expect((await made.veriloss('verify a.obj --budget 10')).stdout).toContain('the budget is spent');
  });

  test.each([
    ['empty', () => ''],
    ['cut short', (text: string) => text.slice(0, -20)],
    ['changed', (text: string) => text.replaceAll('"proved"', '"unknown"')],
    ['of another form', () => '[]'],
    ['no JSON', () => 'x\ny'],
  ])('an entry that is %s is as if it were not there, and is mended', async (_name, damage) => {
    const made = withCache({ 'a.obj': HARD });
    await made.veriloss('verify a.obj');
    const [entry = ''] = entries(made);
    writeFileSync(entry, damage(readFileSync(entry, 'utf8')));
    const { code, stderr } = await made.veriloss('verify a.obj');
    expect([code, stderr, calls.length]).toEqual([0, '', 4]);
    expect(await counted(made, 'verify a.obj')).toBe(0);
  });

  test('a folder that cannot be written is no failure', async () => {
    const made = withCache({ 'a.obj': HARD, 'node_modules/.cache': 'a file\n' });
    expect((await made.veriloss('verify a.obj')).code).toBe(0);
  });

  test.each([
    ['the configuration', {}, 'kept/here'],
    ['VERILOSS_CACHE', { VERILOSS_CACHE: 'own', XDG_CACHE_HOME: 'xdg' }, 'own'],
    ['XDG_CACHE_HOME', { XDG_CACHE_HOME: 'xdg', HOME: 'home' }, 'xdg/veriloss'],
    ['HOME', { HOME: 'home' }, 'home/.cache/veriloss'],
  ])('is where %s says', async (name, variables, expected) => {
    const config = name === 'the configuration' ? '{ "verify": { "cacheFolder": "kept/here" } }' : '{}';
    const { veriloss, folder } = terminal({ 'a.obj': HARD, 'veriloss.config.json': config });
    const env = Object.fromEntries(
      Object.entries(variables).map(([key, value]) => [key, join(folder, value)]),
    );
    await veriloss('verify a.obj', { env });
    expect(jsonIn(join(folder, expected))).toHaveLength(1);
  });

  test('is nowhere where nothing says where, and where it is turned off', async () => {
    const { veriloss, folder } = terminal({ 'a.obj': HARD });
    await veriloss('verify a.obj');
    await veriloss('verify a.obj', { env: { XDG_CACHE_HOME: 'relative' } });
    await veriloss('verify a.obj', { env: { HOME: folder, VERILOSS_CACHE: 'off' } });
    expect(readdirSync(folder)).toEqual(['a.obj']);
  });
});

test('what was written first goes, and only what a cache has written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'veriloss-cache-'));
  const names = ['a', 'b', 'c', 'd'].map((letter) => `${letter.repeat(64)}.json`);
  for (const [at, name] of [...names, 'notes.json'].entries()) {
    writeFileSync(join(folder, name), '');
    utimesSync(join(folder, name), at, at);
  }
  prune(folder, 2);
  expect(readdirSync(folder).sort()).toEqual([...names.slice(2), 'notes.json']);
  prune(join(folder, 'nowhere'), 2);
});

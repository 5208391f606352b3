/** `--watch`: what sets a run off again, what a run survives, and how it ends. Nothing here measures time. */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { concerns } from '../../src/cli/watched.js';
import { MINI, terminal, UNUSED, WRONG } from './terminal.js';

const BATCH = '{"group": [0], "mask": [[1]], "logp": [[-1]], "reward": [1]}';
const DONE = 'watching for changes, Ctrl-C ends it\n';
const READY = /Ctrl-C ends it\n$/;

/** A run that printed this, and is over. What earlier runs printed may stand before it. */
const run = (printed: string): RegExp =>
  new RegExp(`${printed.replace(/[\\[\]().*+?^${'$'}{}|]/g, '\\$&')}[^]*${DONE}$`);
const RIGHT = '✓ 1 objective checked in 0 ms\n';
const WARNED = '✓ 1 objective checked in 0 ms, 1 warning\n';

test('a file that changes is checked again, whatever becomes of it', async () => {
  const { start, write, folder } = terminal({ 'o/a.obj': MINI });
  const running = start('check o/a.obj --watch');
  await running.seen(run(RIGHT));
  write('o/a.obj', WRONG);
  await running.seen(run('error[E0201]'));
  rmSync(join(folder, 'o/a.obj'));
  await running.seen(run('there is no o/a.obj'));
  write('o/a.obj', UNUSED);
  await running.seen(run(WARNED));
  // As editors do that write a new file and put it in the place of the old one.
  write('o/new', MINI);
  renameSync(join(folder, 'o/new'), join(folder, 'o/a.obj'));
  await running.seen(run(RIGHT));
  expect(await running.stop()).toBe(130);
});

test('a folder that is searched gains and loses files and folders, and is itself replaced', async () => {
  const { start, write, folder } = terminal({ 'objectives/a.obj': MINI });
  const running = start('check --watch');
  await running.seen(run('✓ 1 objective checked'));
  write('objectives/deep/er/b.obj', MINI.replace('mini', 'other'));
  await running.seen(run('✓ 2 objectives checked'));
  rmSync(join(folder, 'objectives/deep'), { recursive: true });
  await running.seen(run('✓ 1 objective checked'));
  renameSync(join(folder, 'objectives'), join(folder, 'elsewhere'));
  await running.seen(run('there is no folder `objectives/`'));
  mkdirSync(join(folder, 'objectives'));
  write('objectives/c.obj', UNUSED);
  await running.seen(run(WARNED));
  expect(await running.stop()).toBe(130);
});

test('a configuration is read again: where there was none, where it is wrong, where it is a module', async () => {
  const { start, write, folder } = terminal({ 'a.obj': UNUSED });
  const running = start('check a.obj --watch');
  await running.seen(run(WARNED));
  write('veriloss.config.mjs', 'export default { rules: { W0201: "off" } };');
  await running.seen(run(RIGHT));
  write('veriloss.config.mjs', 'export default { rules: { W0201: "error" } };');
  await running.seen(run('error[W0201]'));
  write('veriloss.config.mjs', 'export default { rule: {} };');
  await running.seen(run('did you mean `rules`?'));
  rmSync(join(folder, 'veriloss.config.mjs'));
  await running.seen(run(WARNED));
  expect(await running.stop()).toBe(130);
});

test('compile writes at every change', async () => {
  const { start, write, read } = terminal({ 'objectives/a.obj': MINI });
  const running = start('compile --out-dir objectives --watch');
  await running.seen(run('mini: wrote'));
  write('objectives/a.obj', MINI.replace('mini', 'other'));
  await running.seen(run('other: wrote'));
  expect(read('objectives/other.ts')).toContain("'other'");
  expect(await running.stop()).toBe(130);
});

test('explain and eval watch too, and eval its batch', async () => {
  const { start, write } = terminal({ 'a.obj': MINI, 'b.json': BATCH });
  const explaining = start('explain a.obj --watch');
  await explaining.seen(run('objective mini\n'));
  const evaluating = start('eval a.obj --batch b.json -w');
  await evaluating.seen(run('"loss": 0.5'));
  write('b.json', BATCH.replace('-1', '-3'));
  await evaluating.seen(run('"loss": 1.5'));
  write('a.obj', MINI.replace('mini', 'other'));
  await explaining.seen(run('objective other\n'));
  expect(await Promise.all([explaining.stop(), evaluating.stop()])).toEqual([130, 130]);
});

test('the screen is cleared on a terminal, and nowhere else', async () => {
  const { start, write } = terminal({ 'a.obj': MINI });
  const [onTerminal, inPipe] = [start('check a.obj -w', true), start('check a.obj -w')];
  for (const running of [onTerminal, inPipe]) expect(await running.seen(READY)).not.toContain('\u001b[2J');
  write('a.obj', UNUSED);
  expect(await onTerminal.seen(run('1 warning'))).toContain('\u001b[2J');
  expect(await inPipe.seen(run('1 warning'))).not.toContain('\u001b[2J');
  await Promise.all([onTerminal.stop(), inPipe.stop()]);
});

describe('what happens to a path matters', () => {
  const folder = mkdtempSync(join(tmpdir(), 'veriloss-watched-'));
  mkdirSync(join(folder, 'objectives/below'), { recursive: true });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const wanted = {
    files: new Set([join(folder, 'a.obj'), join(folder, 'conf/veriloss.config.json')]),
    folders: new Set([join(folder, 'objectives')]),
  };
  test.each([
    ['a.obj', true],
    ['b.obj', false],
    ['conf', true],
    ['con', false],
    ['objectives', true],
    ['objectives/new.obj', true],
    ['objectives/deep/NEW.OBJ', true],
    ['objectives/new.objective', true],
    ['objectives/below', true],
    ['objectives/mini.ts', false],
    ['objectives/.mini.ts.12.tmp', false],
    ['objectives.obj', false],
  ])('%s: %s', (path, expected) => {
    expect(concerns(wanted, join(folder, path))).toBe(expected);
  });
});

test.each([
  ['check - --watch', 'standard input cannot be watched'],
  ['compile a.obj -o a.txt --watch', '-o is `a.txt`'],
  ['explain E9999 --watch', 'there is no code E9999'],
  ['check --watch --max-warnings few', '--max-warnings is `few`'],
])('`%s` ends at once: no file could mend it', async (line, message) => {
  const { code, stderr } = await terminal({ 'a.obj': MINI }).veriloss(line, { stdin: MINI });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('watching');
  expect(code).toBe(2);
});

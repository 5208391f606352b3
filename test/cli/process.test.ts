/** The program as a process: streams, exit codes, a reader that leaves, an interrupt. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../sources.js';
import { MINI, WRONG } from './terminal.js';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** What would colour or annotate is taken out; even empty, newer Nodes warn where both colour variables are set. */
const { NO_COLOR: _none, FORCE_COLOR: _forced, GITHUB_ACTIONS: _actions, ...rest } = process.env;
const environment = { ...rest, CI: 'true' };

const start = (...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['--import', TSX, join(ROOT, 'src/cli/main.ts'), ...args], {
    cwd: ROOT,
    // As on CI, where some libraries take to colour: a pipe is no terminal.
    env: environment,
  });

async function finished(child: ChildProcess, stdin = ''): Promise<readonly [number | null, string, string]> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the process has no streams');
  child.stdin?.end(stdin);
  const [out, err] = await Promise.all([text(stdout), text(stderr), once(child, 'close')]);
  return [child.exitCode, out, err];
}

test('reads standard input, and answers by its exit code', async () => {
  const [right, wrong, unusable] = await Promise.all([
    finished(start('check', '-'), MINI),
    finished(start('check', '-'), WRONG),
    finished(start('chekc')),
  ]);
  expect(right).toEqual([0, expect.stringMatching(/^✓ 1 objective checked in \d+ ms\n$/), '']);
  expect(wrong).toEqual([1, expect.stringContaining('error[E0201]'), '']);
  expect(unusable).toEqual([2, '', 'error: unknown command `chekc`\n  = hint: did you mean `check`?\n']);
});

test('writes all of a long output before it leaves', async () => {
  const items = Array.from({ length: 3000 }, (_, at) => `  let name_${at} = nothing_${at}`).join('\n');
  const program = `objective long {\n  model logp : token\n${items}\n  minimize mean[token in batch](logp)\n}\n`;
  const [code, stdout] = await finished(start('check', '-', '--format', 'json'), program);
  expect(code).toBe(1);
  expect(
    (JSON.parse(stdout) as { diagnostics: readonly object[] }).diagnostics.length,
  ).toBeGreaterThanOrEqual(3000);
});

test('says nothing when its reader has seen enough', async () => {
  const child = start('check', '-');
  child.stdout?.destroy();
  child.stdin?.end(WRONG);
  const { stderr } = child;
  if (stderr === null) throw new Error('the process has no streams');
  const [said] = await Promise.all([text(stderr), once(child, 'close')]);
  expect(said).toBe('');
});

test('is 130 to a shell when it is interrupted', async () => {
  const child = start('check', '-');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  child.kill('SIGINT');
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGINT');
});

test('watches until it is interrupted, which is 130 to a shell', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'veriloss-process-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'a.obj');
  await writeFile(file, MINI);
  const child = start('check', file, '--watch');
  const { stderr, stdout } = child;
  if (stderr === null || stdout === null) throw new Error('the process has no streams');
  const said = text(stdout);
  let times = 0;
  for await (const chunk of stderr) {
    if (!String(chunk).includes('watching')) continue;
    times += 1;
    if (times === 1) await writeFile(file, WRONG);
    else child.kill('SIGINT');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  expect(child.signalCode).toBe('SIGINT');
  expect(await said).toMatch(/^✓ 1 objective checked in \d+ ms\nerror\[E0201\]/);
});

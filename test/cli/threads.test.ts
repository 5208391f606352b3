/** Claims of many files are decided in threads of the built command line; nothing of what is said or kept tells how many. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { inThreads } from '../../src/cli/verify/threads.js';
import { ROOT } from '../sources.js';
import { terminal } from './terminal.js';

const entry = pathToFileURL(join(ROOT, 'dist/cli/verify-thread.js'));
const TWO = { threads: { most: 2, entry } };

const CLAIMS = Array.from(
  { length: 9 },
  (_, at) => `  verify "at ${String(at)}" : tau * ${String(at + 1)} > 0`,
);
const objective = (name: string): string => `import { scaled } from "parts/scaled.obj"

objective ${name} {
  param tau in (0, inf) = 0.5
  model logp : token
  data reward : rollout in {0, 1}
  let cost = scaled(-reward * logp, tau)
  minimize mean[token in batch](cost)
  let w = grad(cost, logp)
${CLAIMS.join('\n')}
  verify "bounded" : abs(w) <= tau
  refute "of one sign" : w < 0
  refute "bounded by 1" : abs(w) <= 1
}
`;
const FILES = {
  'objectives/parts/scaled.obj': 'def scaled(x, by) = by * x\n',
  'objectives/a.obj': objective('a'),
  'objectives/b.obj': objective('b'),
  'objectives/c.obj': objective('c'),
};

test('they find what one thread finds, and keep it', async () => {
  const { veriloss, folder } = terminal(FILES);
  const line = 'verify --format json';
  const alone = await veriloss(line, { env: { VERILOSS_CACHE: 'off' } });
  const many = await veriloss(line, { env: { VERILOSS_CACHE: 'kept' }, ...TWO });
  expect(many).toEqual(alone);
  expect(many.code).toBe(0);
  expect(JSON.parse(many.stdout)).toMatchObject({ summary: { claims: 36, passed: 36 } });
  expect(readdirSync(join(folder, 'kept')).length).toBe(3);
  // With everything kept, no thread is started: one that cannot start does no harm.
  const missing = { threads: { most: 2, entry: new URL('missing.js', entry) } };
  expect(await veriloss(line, { env: { VERILOSS_CACHE: 'kept' }, ...missing })).toEqual(alone);
});

test('none is started for one file, for few claims, or where the user wants one', async () => {
  const { veriloss } = terminal(FILES);
  const env = { VERILOSS_CACHE: 'off' };
  const missing = { env, threads: { most: 2, entry: new URL('missing.js', entry) } };
  for (const line of [
    'verify objectives/a.obj',
    'verify objectives/a.obj objectives/b.obj',
    'verify --threads 1',
  ])
    expect((await veriloss(line, missing)).code).toBe(0);
  const failed = await veriloss('verify', missing);
  expect(failed.code).not.toBe(0);
  expect(failed.stderr).toContain('missing.js');
  expect((await veriloss('verify --threads 0', { env })).stderr).toContain('expected 1 at least');
});

test('what fails in a thread is thrown', async () => {
  const throws =
    "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { throw new Error('no luck'); });";
  const threads = { most: 2, entry: new URL(`data:text/javascript,${encodeURIComponent(throws)}`) };
  const job = { name: 'a.obj', text: '', imported: [], budget: 1, claims: ['a/0'] };
  await expect(inThreads([job, job, job], threads, () => {})).rejects.toThrow('no luck');
});

test('of how the engine compiles in threads, nothing is said', () => {
  const { folder } = terminal(FILES);
  const command = join(ROOT, 'dist/cli/veriloss.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [command, 'verify', '--no-cache', '--threads', '2', '--format', 'json'],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined } },
  );
  expect([status, stderr.replace(/ in [\d.]+ m?s/, '')]).toEqual([
    0,
    '✓ 36 claims pass: 30 proved, 6 refuted\n',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ summary: { claims: 36, passed: 36 } });
});

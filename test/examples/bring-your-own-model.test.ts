/** Depends on the compiler (imports the built package): the short example runs as a user runs it, and learns its task. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('bring-your-own-model learns, and keeps its number of tensors', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const args = ['--import', 'tsx', 'examples/bring-your-own-model/main.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const lines = Array.from(stdout.matchAll(/reward (\d\.\d\d), (\d+) tensors/g));
  expect(lines.length).toBe(7);
  expect(Number(lines.at(-1)?.[1])).toBeGreaterThan(0.8);
  expect(new Set(lines.map((line) => line[2])).size).toBe(1);
});

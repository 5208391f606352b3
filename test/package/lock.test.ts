/** The lock file is one in which npm has nothing to change. */
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { npm, ROOT } from '../../scripts/process.mjs';

const lockOf = (folder: string): Promise<string> => readFile(join(folder, 'package-lock.json'), 'utf8');

test('`npm install --package-lock-only` leaves it as it is', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'veriloss-lock-'));
  try {
    for (const name of ['package.json', 'package-lock.json', '.npmrc'])
      await copyFile(join(ROOT, name), join(folder, name));
    const [program, first] = npm();
    const flags = ['install', '--package-lock-only', '--prefer-offline', '--no-audit', '--no-fund'];
    await promisify(execFile)(program, [...first, ...flags], { cwd: folder });
    expect(await lockOf(folder)).toBe(await lockOf(ROOT));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

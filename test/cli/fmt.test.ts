/** `veriloss fmt`: what is written, what is only said, and what is left alone. */
import { chmodSync, readdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BINARY, MESH, terminal, transcript, WRONG } from './terminal.js';

const LOOSE = `objective loose{
  model logp:token   # of the sampled token
  data reward:rollout
  minimize mean[token in batch](-reward*logp)
}
`;
const TIGHT = `objective loose {
  model logp   : token  # of the sampled token
  data  reward : rollout
  minimize mean[token in batch](-reward * logp)
}
`;
const BROKEN = 'objective broken { let x = (1 }\n';

test('transcript', async () => {
  const files = { 'objectives/a.obj': LOOSE, 'objectives/b.obj': TIGHT, 'broken.obj': BROKEN };
  const lines = [
    'fmt --check',
    'fmt --diff',
    'fmt objectives broken.obj --check',
    'fmt objectives broken.obj',
    'fmt',
    'fmt --check',
    'fmt --diff',
    ['fmt -', { stdin: LOOSE }],
    ['fmt - --check --stdin-filename mine.obj', { stdin: LOOSE }],
    ['fmt - --diff --stdin-filename mine.obj', { stdin: LOOSE }],
    ['fmt - --stdin-filename mine.obj', { stdin: BROKEN }],
    'fmt missing.obj',
    'fmt - broken.obj',
  ] as const;
  await expect(await transcript(files, lines)).toMatchFileSnapshot('transcripts/fmt.txt');
});

test('in place, and only what changes', async () => {
  const { veriloss, read, folder } = terminal({ 'a.obj': LOOSE, 'sub/b.objective': TIGHT });
  utimesSync(join(folder, 'sub/b.objective'), 1000, 1000);
  expect(await veriloss('fmt .')).toEqual({
    code: 0,
    stdout: '✓ 1 file formatted, 1 already was\n',
    stderr: '',
  });
  expect([read('a.obj'), read('sub/b.objective')]).toEqual([TIGHT, TIGHT]);
  expect(statSync(join(folder, 'sub/b.objective')).mtimeMs).toBe(1_000_000);
  expect(readdirSync(folder).sort()).toEqual(['a.obj', 'sub']);
});

test.each(['--check', '--diff', '--check --diff'])('%s writes nothing', async (flags) => {
  const { veriloss, read } = terminal({ 'a.obj': LOOSE });
  expect((await veriloss(`fmt a.obj ${flags}`)).code).toBe(1);
  expect(read('a.obj')).toBe(LOOSE);
});

test('line ends, and a byte-order mark', async () => {
  const marked = `\uFEFF${TIGHT}`;
  const { veriloss, read } = terminal({ 'a.obj': marked, 'b.obj': TIGHT.replaceAll('\n', '\r\n') });
  expect((await veriloss('fmt . --check')).stderr).toContain('✗ a.obj is not formatted\n✗ b.obj');
  expect((await veriloss('fmt a.obj --diff')).stdout).toContain(
    '-\uFEFFobjective loose {\n+objective loose {\n',
  );
  expect((await veriloss('fmt .')).stdout).toBe('✓ 2 files formatted\n');
  expect([read('a.obj'), read('b.obj')]).toEqual([TIGHT, TIGHT]);
  expect((await veriloss('fmt -', { stdin: marked })).stdout).toBe(TIGHT);
});

test('mistakes of meaning are no matter of layout', async () => {
  const { veriloss, read } = terminal({ 'a.obj': WRONG.replace('ratio =', 'ratio   =') });
  expect((await veriloss('fmt a.obj')).code).toBe(0);
  expect(read('a.obj')).toBe(WRONG);
});

describe('other files with the extension', () => {
  test('are passed over in folders', async () => {
    const { veriloss, read } = terminal({ 'a.obj': LOOSE, 'mesh.obj': MESH, 'code.obj': BINARY });
    expect((await veriloss('fmt .')).stdout).toBe('✓ 1 file formatted\n');
    expect(read('mesh.obj')).toBe(MESH);
  });

  test.each([
    ['mesh.obj', 'E0190'],
    ['code.obj', 'E0191'],
  ])('%s is an error where it is named', async (name, code) => {
    const { veriloss, read } = terminal({ 'mesh.obj': MESH, 'code.obj': BINARY });
    const before = read(name);
    const result = await veriloss(`fmt ${name}`);
    expect([result.code, result.stdout]).toEqual([1, '']);
    expect(result.stderr).toContain(`error[${code}]`);
    expect(read(name)).toBe(before);
  });
});

test('a link is written through, and the mode of a file stays', async () => {
  const { veriloss, read, folder } = terminal({ 'there/a.obj': LOOSE });
  chmodSync(join(folder, 'there/a.obj'), 0o640);
  symlinkSync(join('there', 'a.obj'), join(folder, 'link.obj'));
  expect((await veriloss('fmt link.obj')).code).toBe(0);
  expect(read('there/a.obj')).toBe(TIGHT);
  if (process.platform !== 'win32') expect(statSync(join(folder, 'there/a.obj')).mode & 0o777).toBe(0o640);
});

test('a difference has colours on a terminal only', async () => {
  const { veriloss } = terminal({ 'a.obj': LOOSE });
  const plain = await veriloss('fmt a.obj --diff');
  expect(plain.stdout).toMatch(/^--- a\.obj\n\+\+\+ a\.obj\n@@ /);
  const coloured = await veriloss('fmt a.obj --diff', { terminal: true });
  expect(coloured.stdout).toContain('\u001b[31m-objective loose{\u001b[39m');
  expect(coloured.stdout.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain.stdout);
});

test('many files and a file named twice', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`f${at}.obj`, at < 3 ? LOOSE : TIGHT]),
  );
  const { veriloss } = terminal(files);
  expect((await veriloss('fmt . f0.obj')).stdout).toBe('✓ 3 files formatted, 9 already were\n');
  expect((await veriloss('fmt .')).stdout).toBe('✓ 12 files already formatted\n');
  expect((await veriloss('fmt . --check')).stdout).toBe('✓ 12 files already formatted\n');
});

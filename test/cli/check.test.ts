/** `veriloss check`: files, folders, standard input, formats, warnings, batches. */
import { describe, expect, test } from 'vitest';
import { ROOT } from '../sources.js';
import { BINARY, MESH, MINI, PAIR, runIn, terminal, transcript, UNUSED, WRONG } from './terminal.js';

const BATCH = {
  group: [0, 0],
  mask: [
    [1, 1],
    [1, 0],
  ],
  logp: [
    [-1, -2],
    [-3, 9],
  ],
  reward: [1, 0],
};

describe('transcripts', () => {
  test.each([
    ['wrong', { 'a.obj': WRONG }, ['check a.obj']],
    [
      'warnings',
      { 'a.obj': UNUSED },
      ['check a.obj', 'check a.obj --max-warnings 1', 'check a.obj --max-warnings 0'],
    ],
    ['json', { 'a.obj': WRONG }, ['check a.obj --format json']],
    ['github', { 'a.obj': WRONG, 'b.obj': UNUSED }, ['check . --format github']],
    [
      'batch',
      { 'a.obj': MINI, 'b.json': JSON.stringify({ ...BATCH, reward: [1, 2] }) },
      ['check a.obj --batch b.json'],
    ],
  ] as const)('%s', async (name, files, lines) => {
    await expect(await transcript(files, lines)).toMatchFileSnapshot(`transcripts/check-${name}.txt`);
  });
});

test('the objectives of this repository are all right', async () => {
  const { code, stdout, stderr } = await runIn(ROOT, ['check']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^✓ \d+ objectives checked in 41 ms\n$/);
});

describe('files and folders', () => {
  const files = { 'o/a.obj': MINI, 'o/deep/b.objective': PAIR, 'o/mesh.obj': MESH, 'o/code.obj': BINARY };

  test('a folder is searched, and other formats are passed over without a word', async () => {
    const { veriloss } = terminal(files);
    expect(await veriloss('check o')).toEqual({
      code: 0,
      stdout: '✓ 3 objectives checked in 41 ms\n',
      stderr: '',
    });
  });

  test('a file that is named several times is checked once', async () => {
    const { veriloss } = terminal(files);
    expect((await veriloss('check o o/a.obj ./o/a.obj')).stdout).toBe('✓ 3 objectives checked in 41 ms\n');
  });

  test('paths are told as they were given', async () => {
    const { veriloss } = terminal({ 'o/a.obj': WRONG });
    for (const path of ['o', 'o/', './o', 'o/a.obj'])
      expect((await veriloss(`check ${path}`)).stdout).toContain(
        `┌─ ${path === './o' ? './' : ''}o/a.obj:4:33`,
      );
  });

  test.each([
    ['mesh.obj', 'error[E0190]: file is a Wavefront mesh'],
    ['code.obj', 'error[E0191]: file is binary'],
  ])('%s, where it is named, is said to be what it is', async (name, title) => {
    const { veriloss } = terminal(files);
    const { code, stdout } = await veriloss(`check o/${name}`);
    expect(code).toBe(1);
    expect(stdout).toContain(title);
  });

  test.each([
    ['check', 'there is no folder `objectives/` here'],
    ['check nothing.obj', 'there is no nothing.obj'],
    ['check o/aa.obj', 'did you mean `o/a.obj`?'],
    ['check empty', 'empty holds no objective'],
    ['check latin.obj', 'latin.obj is not UTF-8 text'],
    ['check blank.obj', 'blank.obj holds no objective'],
    ['check meshes', 'meshes holds no objective'],
  ])('`%s` is of no use', async (line, message) => {
    const more = {
      'empty/x.txt': '',
      'latin.obj': Uint8Array.of(0x23, 0xe9, 10),
      'blank.obj': '# nothing\n',
    };
    const { veriloss, write } = terminal({ 'o/aa2.txt': '', ...files, ...more });
    write('meshes/m.obj', MESH);
    const { code, stderr } = await veriloss(line);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('text with CR LF and a byte-order mark is the same text', async () => {
    const { veriloss } = terminal({ 'a.obj': `\ufeff${WRONG.replaceAll('\n', '\r\n')}` });
    expect((await veriloss('check a.obj')).stdout).toContain('┌─ a.obj:4:33');
  });
});

describe('standard input', () => {
  test('is one file, with the name that is wanted', async () => {
    const { veriloss } = terminal();
    expect((await veriloss('check -', { stdin: MINI })).stdout).toBe('✓ 1 objective checked in 41 ms\n');
    expect((await veriloss('check -', { stdin: WRONG })).stdout).toContain('┌─ <stdin>:4:33');
    const named = await veriloss('check - --stdin-filename x/y.obj', { stdin: WRONG });
    expect(named.stdout).toContain('┌─ x/y.obj:4:33');
    expect(named.code).toBe(1);
    expect((await veriloss('check - -', { stdin: MINI })).stderr).toContain('can be read only once');
  });
});

describe('formats', () => {
  test('json is one document on stdout, the success line goes beside it', async () => {
    const { veriloss } = terminal({ 'a.obj': MINI });
    const { code, stdout, stderr } = await veriloss('check a.obj --format json');
    expect([code, stderr]).toEqual([0, '✓ 1 objective checked in 41 ms\n']);
    expect(JSON.parse(stdout)).toEqual({
      format_version: '1.0',
      tool: { name: 'veriloss', version: '0.1.0' },
      summary: { files: 1, objectives: 1, errors: 0, warnings: 0 },
      diagnostics: [],
    });
  });

  test('on GitHub, annotations follow the text by themselves, with paths from the root', async () => {
    const { veriloss, folder } = terminal({ 'sub/a.obj': WRONG });
    const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: folder };
    const { stdout } = await runIn(`${folder}/sub`, ['check', 'a.obj'], { env });
    expect(stdout).toContain('┌─ a.obj:4:33');
    expect(stdout).toContain(
      '\n::error file=sub/a.obj,line=4,col=33,endColumn=38,title=error[E0201]::unknown name',
    );
    expect((await veriloss('check sub --format text', { env })).stdout).not.toContain('::error');
  });

  test('annotations escape what GitHub reads as its own', async () => {
    const { veriloss } = terminal({ 'a,b:c%.obj': WRONG });
    expect((await veriloss('check . --format github')).stdout).toContain(
      '::error file=a%2Cb%3Ac%25.obj,line=4',
    );
  });
});

describe('batches', () => {
  test('one that fits, and one of several that does not', async () => {
    const lines = [BATCH, { ...BATCH, reward: [0, 0.5] }].map((one) => JSON.stringify(one)).join('\n');
    const { veriloss } = terminal({ 'a.obj': MINI, 'b.json': JSON.stringify(BATCH), 'c.jsonl': lines });
    expect((await veriloss('check a.obj --batch b.json')).stdout).toBe(
      '✓ 1 objective checked in 41 ms, the batch fits\n',
    );
    const { code, stderr } = await veriloss('check a.obj --batch c.jsonl');
    expect(stderr).toContain('error: c.jsonl:2 for mini: `reward[1]` is 0.5, expected a value in {0, 1}');
    expect(code).toBe(2);
  });

  test('what an objective assumes holds of its batch, at every element', async () => {
    const text = MINI.replace('minimize', 'assume reward > tau - 0.25\n  minimize');
    const { veriloss } = terminal({ 'a.obj': text, 'b.json': JSON.stringify({ ...BATCH, reward: [1, 0] }) });
    const { code, stderr } = await veriloss('check a.obj --batch b.json');
    expect(stderr).toContain(
      'error: b.json for mini: the batch breaks `assume reward > tau - 0.25` at rollout 1',
    );
    expect(code).toBe(2);
    expect((await veriloss('check a.obj --batch b.json --set tau=0.1')).code).toBe(0);
  });

  test('a wrong program is told before a wrong batch', async () => {
    const { veriloss } = terminal({ 'a.obj': WRONG, 'b.json': '{' });
    expect((await veriloss('check a.obj --batch b.json')).code).toBe(1);
  });
});

/** `veriloss compile`: what is written where, staleness, and the choice of an objective. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MINI, PAIR, terminal, transcript, UNUSED, WRONG } from './terminal.js';

test('transcript', async () => {
  const lines = [
    'compile a.obj -o out/a.ts --check',
    'compile a.obj -o a.txt',
    'compile a.obj',
    'compile pair.obj -o a.ts',
    'compile pair.obj -o a.ts --objective secnd',
    'compile wrong.obj -o a.ts',
    'compile a.obj --target savedmodel',
    'compile a.obj --target savedmodel --stdout',
    'compile a.obj --target savedmodel -o models --language js',
    'compile a.obj --target savedmodel -o models --standalone',
    'compile a.obj --target savedmodel -o model.ts',
    'compile a.obj --target savedmodel -o models --check',
    'compile a.obj --target saved-model -o models',
    'compile a.obj --target js -o a.js --no-kernels',
  ];
  const said = await transcript({ 'a.obj': MINI, 'pair.obj': PAIR, 'wrong.obj': WRONG }, lines);
  await expect(said).toMatchFileSnapshot('transcripts/compile.txt');
});

test('TypeScript is one file, JavaScript comes with its types, and nothing else is left behind', async () => {
  const { veriloss, folder, read } = terminal({ 'a.obj': MINI });
  const ts = await veriloss('compile a.obj -o out/deep/a.ts');
  expect(ts.stderr).toBe('');
  expect(ts.stdout).toMatch(/^✓ mini: wrote out\/deep\/a\.ts \(\d+ lines\)\n$/);
  const js = await veriloss('compile a.obj -o out/deep/b.js');
  expect(js.stdout).toMatch(
    /^✓ mini: wrote out\/deep\/b\.js \(\d+ lines\) and out\/deep\/b\.d\.ts \(\d+ lines\)\n$/,
  );
  expect(readdirSync(`${folder}/out/deep`).sort()).toEqual(['a.ts', 'b.d.ts', 'b.js']);
  for (const path of ['a.ts', 'b.js', 'b.d.ts'])
    expect(read(`out/deep/${path}`)).toContain('lossAndGradients');
});

test('stdout gets the same text, and nothing beside it', async () => {
  const { veriloss, read } = terminal({ 'a.obj': MINI });
  for (const [language, flag] of [
    ['ts', ''],
    ['js', ' --language js'],
    ['js', ' --language js --standalone'],
  ]) {
    const standalone = flag?.includes('--standalone') ? ' --standalone' : '';
    await veriloss(`compile a.obj -o a.${language}${standalone}`);
    const { code, stdout, stderr } = await veriloss(`compile a.obj --stdout${flag}`);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(read(`a.${language}`));
    expect(stdout.includes("from 'veriloss/runtime'")).toBe(standalone === '');
  }
});

test('targets over plain arrays import nothing, and kernels go into a module of tfjs', async () => {
  const { veriloss } = terminal({ 'a.obj': MINI });
  for (const target of ['js', 'wasm']) {
    const { code, stdout } = await veriloss(`compile a.obj --stdout --language js --target ${target}`);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/^import /m);
    expect(stdout).toContain(target === 'js' ? 'const loops' : 'wasmEngine');
  }
  expect((await veriloss('compile a.obj --stdout --no-kernels')).stdout).not.toContain('fused_');
  const { stdout } = await veriloss('compile a.obj --stdout');
  expect(stdout).toContain('export function path(): PathReport');
  expect(stdout).toContain('fusedResult(forms');
});

test('--check tells what is fresh, stale and missing, and writes nothing', async () => {
  const { veriloss, read, write, folder } = terminal({ 'a.obj': MINI });
  expect((await veriloss('compile a.obj -o a.js --check')).code).toBe(1);
  expect(readdirSync(folder)).toEqual(['a.obj']);
  await veriloss('compile a.obj -o a.js');
  expect(await veriloss('compile a.obj -o a.js --check')).toEqual({
    code: 0,
    stdout: '✓ a.js and a.d.ts: fresh\n',
    stderr: '',
  });

  const fresh = read('a.js');
  write('a.js', fresh.replaceAll('\n', '\r\n'));
  expect((await veriloss('compile a.obj -o a.js --check')).code).toBe(0);
  write('a.js', fresh.replace('\n', '\n\n'));
  const stale = await veriloss('compile a.obj -o a.js --check');
  expect(stale.code).toBe(1);
  expect(stale.stderr).toContain('✗ a.js is stale: line 2 is not what a.obj compiles to');
  expect(stale.stderr).toContain('`veriloss compile a.obj -o a.js` writes it');
  write('a.js', `${fresh}// more\n`);
  expect((await veriloss('compile a.obj -o a.js --check')).code).toBe(1);
  write('a.js', fresh);
  write('a.obj', MINI.replace('-tau', '-2 * tau'));
  expect((await veriloss('compile a.obj -o a.js --check')).code).toBe(1);
  expect(read('a.js')).toBe(fresh);
});

test('of several objectives, one is chosen by name', async () => {
  const { veriloss, read } = terminal({ 'pair.obj': PAIR });
  expect((await veriloss('compile pair.obj -o a.ts --objective second')).code).toBe(0);
  expect(read('a.ts')).toContain("'second'");
});

test('what cannot be written leaves nothing', async () => {
  const { veriloss, folder } = terminal({ 'a.obj': MINI, 'b.d.ts/file': '' });
  const { code, stderr } = await veriloss('compile a.obj -o b.js');
  expect(stderr).toMatch(/^error: b\.(js|d\.ts) cannot be written \(\w+\)\n$/);
  expect(code).toBe(2);
  expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([]);
  expect((await veriloss('compile a.obj -o a.obj/x.ts')).code).toBe(2);
});

test.each([
  ['compile a.obj -o a.ts --stdout', '-o and --stdout exclude each other'],
  ['compile a.obj --stdout --check', '--check compares files, and --stdout has none'],
  ['compile a.obj -o a.js --language ts', '-o a.js and --language ts contradict each other'],
  ['compile a.obj -o a.d.ts', '-o is `a.d.ts`, expected a name that ends in .ts or .js'],
  ['compile a.obj b.obj -o a.ts', '-o takes one file, found 2'],
  ['compile --stdout', '--stdout takes one file, found 0'],
  ['compile a.obj -o a.ts --out-dir b', '-o and --out-dir exclude each other'],
  ['compile a.obj --stdout --out-dir b', '--stdout and --out-dir exclude each other'],
  ['compile a.obj --out-dir b --objective mini', '--objective chooses one objective'],
  ['compile a.obj --out-dir b --config c.json --isolated', '--config and --isolated exclude each other'],
  ['compile . -o a.ts', '. is a folder, expected a file'],
])('`%s` is wrong usage', async (line, message) => {
  const { veriloss } = terminal({ 'a.obj': MINI });
  const { code, stderr } = await veriloss(line);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});

describe('a folder for all', () => {
  const files = { 'objectives/a.obj': MINI, 'objectives/deep/pair.objective': PAIR };

  test('gets a module of each objective, of its name', async () => {
    const { veriloss, folder, read } = terminal(files);
    const { code, stdout, stderr } = await veriloss('compile --out-dir src/losses');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.match(/^✓ \w+: wrote src\/losses\/\w+\.ts/gm)).toHaveLength(3);
    expect(readdirSync(`${folder}/src/losses`).sort()).toEqual(['first.ts', 'mini.ts', 'second.ts']);
    await veriloss('compile objectives/a.obj -o alone.ts');
    expect(read('src/losses/mini.ts')).toBe(read('alone.ts'));
  });

  test('is checked as a whole', async () => {
    const { veriloss, write } = terminal(files);
    expect((await veriloss('compile --out-dir x --check')).stderr).toMatch(
      /^✗ x\/mini\.ts is missing\n✗ x\/first\.ts is missing\n✗ x\/second\.ts is missing\nnote: `veriloss compile --out-dir x` writes them\n$/,
    );
    await veriloss('compile --out-dir x');
    expect((await veriloss('compile --out-dir x --check')).stdout).toMatch(/^✓ x\/mini\.ts, .*: fresh\n$/);
    write('objectives/a.obj', MINI.replace('0.5', '0.25'));
    const { code, stderr } = await veriloss('compile --out-dir x --check');
    expect([code, stderr.match(/✗/g)]).toEqual([1, ['✗']]);
  });

  test('is what the configuration says, as are language and what is imported; options say otherwise', async () => {
    const compile = { outDir: 'out', language: 'js', standalone: true };
    const config = JSON.stringify({ compile });
    const { veriloss, read, folder } = terminal({ ...files, 'objectives/veriloss.config.json': config });
    expect((await veriloss('compile objectives')).code).toBe(0);
    expect(readdirSync(`${folder}/objectives/out`)).toHaveLength(6);
    expect(read('objectives/out/mini.js')).not.toContain("from 'veriloss/runtime'");
    await veriloss('compile objectives/a.obj --out-dir other --no-standalone --language ts');
    expect(read('other/mini.ts')).toContain("from 'veriloss/runtime'");
    await veriloss('compile objectives/a.obj -o b.ts');
    expect(read('b.ts')).not.toContain("from 'veriloss/runtime'");
    expect((await veriloss('compile objectives/a.obj --stdout')).stdout).toContain('--language js');
  });

  test('holds nothing of a run in which anything is wrong', async () => {
    const { veriloss, folder } = terminal({ ...files, 'objectives/z.obj': WRONG });
    expect((await veriloss('compile --out-dir x')).code).toBe(1);
    expect(readdirSync(folder)).toEqual(['objectives']);
  });

  test.each([
    [
      'same',
      { 'b.obj': MINI },
      'compile . --out-dir x',
      '`mini` of a.obj and `mini` of b.obj would share x/mini.ts',
    ],
    [
      'case',
      { 'b.obj': MINI.replace('mini', 'Mini') },
      'compile . --out-dir x',
      '`Mini` of b.obj would share x/Mini.ts',
    ],
    [
      'foreign',
      { 'x/mini.ts': 'export {};\n' },
      'compile a.obj --out-dir x',
      'x/mini.ts is not compiled code, and would be overwritten',
    ],
    ['nowhere', { 'b.obj': UNUSED }, 'compile .', 'nothing says where the code of a.obj goes'],
    ['empty', { 'b.obj': '# nothing yet\n' }, 'compile b.obj --out-dir x', 'b.obj holds no objective'],
    ['none', {}, 'compile --out-dir x', 'there is no folder `objectives/` here'],
  ])('%s is of no use', async (_what, more, line, message) => {
    const { veriloss, folder } = terminal({ 'a.obj': MINI, ...more });
    const { code, stderr } = await veriloss(line);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual(['a.obj', ...Object.keys(more).map((path) => path.split('/')[0])]);
  });

  test('what was compiled before is overwritten, and so is an empty file', async () => {
    const { veriloss, read } = terminal({ 'a.obj': MINI, 'x/mini.ts': '' });
    for (let time = 0; time < 2; time += 1)
      expect((await veriloss('compile a.obj --out-dir x')).code).toBe(0);
    expect(read('x/mini.ts')).toContain('compiled by veriloss');
  });
});

describe('--target savedmodel', () => {
  test('writes a folder, the same bytes for the same program, and --check knows them', async () => {
    const { veriloss, folder, read } = terminal({ 'a.obj': MINI });
    const said = await veriloss('compile a.obj --target savedmodel -o out/mini/');
    expect(said.stderr).toBe('');
    expect(said.stdout).toMatch(
      /^✓ mini: wrote out\/mini\/saved_model\.pb \([\d,]+ bytes\), out\/mini\/plain\/saved_model\.pb \([\d,]+ bytes\) and out\/mini\/README\.md \(\d+ lines\)\n$/,
    );
    const bytes = readFileSync(`${folder}/out/mini/saved_model.pb`);
    await veriloss('compile a.obj --target savedmodel -o again');
    expect(readFileSync(`${folder}/again/saved_model.pb`).equals(bytes)).toBe(true);
    expect(readFileSync(`${folder}/again/plain/saved_model.pb`).equals(bytes)).toBe(false);
    expect(read('again/README.md')).toBe(read('out/mini/README.md'));
    expect(await veriloss('compile a.obj --target savedmodel -o again --check')).toMatchObject({
      code: 0,
      stdout: '✓ again/saved_model.pb, again/plain/saved_model.pb and again/README.md: fresh\n',
    });

    bytes[bytes.length - 1] = 0;
    writeFileSync(`${folder}/again/saved_model.pb`, bytes);
    const stale = await veriloss('compile a.obj --target savedmodel -o again --check');
    expect(stale.code).toBe(1);
    expect(stale.stderr).toContain('again/saved_model.pb is stale: it is not what a.obj compiles to');
    expect((await veriloss('compile a.obj --target savedmodel -o again')).code).toBe(0);
    expect((await veriloss('compile a.obj --target savedmodel -o again --check')).code).toBe(0);
  });

  test('with --out-dir, every objective gets a folder of its name', async () => {
    const { veriloss, folder } = terminal({ 'pair.obj': PAIR });
    expect((await veriloss('compile pair.obj --target savedmodel --out-dir models')).code).toBe(0);
    expect(readdirSync(`${folder}/models`).sort()).toEqual(['first', 'second']);
    for (const name of ['first', 'second'])
      expect(readdirSync(`${folder}/models/${name}`).sort()).toEqual([
        'README.md',
        'plain',
        'saved_model.pb',
      ]);
  });

  test.each([
    ['README.md', '# My project\n'],
    ['saved_model.pb', '\u0008\u0001 a model of somebody else'],
    ['plain/saved_model.pb', 'text'],
  ])('a %s that is not ours stays as it is', async (name, content) => {
    const { veriloss, write, read } = terminal({ 'a.obj': MINI });
    write(`there/${name}`, content);
    const { code, stderr } = await veriloss('compile a.obj --target savedmodel -o there');
    expect(code).toBe(2);
    expect(stderr).toContain(`there/${name} is not compiled code, and would be overwritten`);
    expect(read(`there/${name}`)).toBe(content);
  });
});

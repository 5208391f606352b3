/** The prettier plugin, through prettier's API and its command line. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { check, format, formatWithCursor, getFileInfo, getSupportInfo } from 'prettier';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as plugin from '../../src/prettier-plugin.js';
import { BINARY, MESH, MINI } from '../cli/terminal.js';
import { formatted, right } from '../format/programs.js';
import { ROOT } from '../sources.js';

const plugins = [plugin];
const LOOSE = 'objective a{\n\n  let x=1\n}';
const TIGHT = 'objective a {\n  let x = 1\n}\n';

describe('API', () => {
  test('prints what `veriloss fmt` prints', async () => {
    // A byte-order mark is kept by prettier itself; that is a test of its own.
    const texts = right
      .filter(({ name }) => !/E\d{4}/.test(name))
      .map(({ text }) => text.replace(/^\uFEFF/, ''));
    for (const text of texts)
      expect(await format(text, { parser: 'veriloss', plugins })).toBe(formatted(text));
  });

  test('there is one layout, whatever the width and the indentation of other languages', async () => {
    const options = { parser: 'veriloss', plugins, printWidth: 20, tabWidth: 8, useTabs: true, semi: false };
    expect(await format(readFileSync(join(ROOT, 'objectives/grpo.obj'), 'utf8'), options)).toBe(
      formatted(readFileSync(join(ROOT, 'objectives/grpo.obj'), 'utf8')),
    );
    expect(await check(TIGHT, options)).toBe(true);
    expect(await check(LOOSE, options)).toBe(false);
  });

  test('line ends are the ones that prettier is asked for', async () => {
    const crlf = { parser: 'veriloss', plugins, endOfLine: 'crlf' } as const;
    expect(await format(LOOSE, crlf)).toBe(TIGHT.replaceAll('\n', '\r\n'));
    expect(await format(LOOSE.replaceAll('\n', '\r\n'), { parser: 'veriloss', plugins })).toBe(TIGHT);
  });

  test('the cursor stays where it was', async () => {
    const result = await formatWithCursor(LOOSE, {
      parser: 'veriloss',
      plugins,
      cursorOffset: LOOSE.indexOf('let'),
    });
    expect(result.formatted).toBe(TIGHT);
    expect(result.formatted.slice(result.cursorOffset)).toBe('let x = 1\n}\n');
  });

  test('a mistake has its code and its place', async () => {
    const failure = format('objective a {\n  let x = (1\n}\n', { parser: 'veriloss', plugins });
    await expect(failure).rejects.toMatchObject({
      name: 'SyntaxError',
      message: expect.stringMatching(/^E0104: unclosed parenthesis: expected `\)`[^]*> 2 \|/) as unknown,
      loc: { start: { line: 2, column: 13 } },
    });
  });

  test.each(['objective', 'obj', 'veriloss'])('blocks of Markdown in %s', async (language) => {
    const page = (code: string): string => `# Title\n\n\`\`\`${language}\n${code}\n\`\`\`\n`;
    const markdown = { parser: 'markdown', plugins };
    expect(await format(page(LOOSE), markdown)).toBe(page(TIGHT.trimEnd()));
    expect(await format(page('objective a { let'), markdown)).toBe(page('objective a { let'));
  });

  test('a byte-order mark is kept, as prettier keeps every one', async () => {
    expect(await format(`\uFEFF${LOOSE}`, { parser: 'veriloss', plugins })).toBe(`\uFEFF${TIGHT}`);
  });

  test('it is listed', async () => {
    const { languages } = await getSupportInfo({ plugins });
    expect(
      languages.filter(({ parsers }) => (parsers as readonly string[]).includes('veriloss')),
    ).toHaveLength(1);
  });
});

describe('files', () => {
  let folder = '';
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

  interface Ended {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
  }
  const prettier = async (args: readonly string[], stdin = ''): Promise<Ended> => {
    const bin = join(ROOT, 'node_modules/prettier/bin/prettier.cjs');
    const running = promisify(execFile)(process.execPath, [bin, ...args], { cwd: folder });
    running.child.stdin?.end(stdin);
    return running.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (ended: Ended) => ({ code: ended.code, stdout: ended.stdout, stderr: ended.stderr }),
    );
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'veriloss-prettier-'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    await build({
      entryPoints: [join(ROOT, 'src/prettier-plugin.ts')],
      outfile: join(folder, 'plugin.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'silent',
    });
    write('.prettierrc.json', JSON.stringify({ plugins: ['./plugin.mjs'], printWidth: 40 }));
    write('.prettierignore', 'plugin.mjs\nnode_modules\n.prettierrc.json\n');
    write('a.obj', LOOSE);
    write('b.objective', LOOSE);
    write('sub/C.OBJ', LOOSE);
    write('mesh.obj', MESH);
    write('code.obj', BINARY);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['a.obj', 'veriloss'],
    ['b.objective', 'veriloss'],
    ['sub/C.OBJ', 'veriloss'],
    ['not-there-yet.obj', 'veriloss'],
    ['mesh.obj', null],
    ['code.obj', null],
    ['.prettierrc.json', 'json'],
  ])('%s is read by %s', async (path, parser) => {
    for (const file of [join(folder, path), pathToFileURL(join(folder, path))])
      expect((await getFileInfo(file, { plugins })).inferredParser).toBe(parser);
  });

  test('a folder: objectives are formatted, a mesh is passed over', async () => {
    const listed = await prettier(['--list-different', '.']);
    expect(listed).toEqual({ code: 1, stdout: 'a.obj\nb.objective\nsub/C.OBJ\n', stderr: '' });
    expect((await prettier(['--write', '.'])).code).toBe(0);
    expect([read('a.obj'), read('b.objective'), read('sub/C.OBJ')]).toEqual([TIGHT, TIGHT, TIGHT]);
    expect(read('mesh.obj')).toBe(MESH);
    expect((await prettier(['--check', '.'])).code).toBe(0);
  });

  test('a mesh that is named has no parser', async () => {
    const { code, stderr } = await prettier(['--check', 'mesh.obj']);
    expect(code).toBe(2);
    expect(stderr).toContain('No parser could be inferred for file');
  });

  test('standard input by its name', async () => {
    const { code, stdout } = await prettier(['--stdin-filepath', 'new.obj'], MINI.replace(' : ', ':'));
    expect([code, stdout]).toEqual([0, formatted(MINI)]);
  });
});

/** The configuration: where it is found, what it may say, what is said of what it may not, and what it does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import { describe, expect, test } from 'vitest';
import { validated } from '../../src/cli/config/validated.js';
import { kinds } from '../../src/kinds.js';
import { ROOT } from '../sources.js';
import { MINI, PAIR, runIn, terminal, transcript, UNUSED, WRONG } from './terminal.js';

const OFF = '{ "rules": { "W0201": "off" } }';
const rule = (severity: string): string => JSON.stringify({ rules: { W0201: severity } });

test('transcript', async () => {
  const files = {
    'veriloss.config.json': '{ "compile": { "outDir": "src/losses" }, "rules": { "W0201": "error" } }\n',
    'objectives/a.obj': UNUSED,
    'drafts/pyproject.toml': '[project]\nname = "x"\n\n[tool.veriloss]\ninclude = ["*.obj"]\n',
    'drafts/b.obj': MINI,
  };
  const lines = [
    'config objectives/a.obj',
    'config drafts/b.obj',
    'config drafts',
    'config --isolated',
    'config --config drafts/pyproject.toml',
    'config drafts --format json',
    'config nothing.obj',
    'check',
    'check --isolated',
    'compile',
    'check drafts',
  ];
  await expect(await transcript(files, lines)).toMatchFileSnapshot('transcripts/config.txt');
});

describe('every form', () => {
  test.each([
    ['veriloss.config.json', OFF],
    ['veriloss.config.json', `\ufeff${OFF}\r\n`],
    ['veriloss.config.mjs', 'export default { rules: { W0201: "off" } };'],
    ['package.json', `{ "name": "x", "veriloss": ${OFF} }`],
    ['pyproject.toml', '[tool.veriloss.rules]\nW0201 = "off"\n'],
  ])('%s', async (name, text) => {
    const { veriloss } = terminal({ [name]: text, 'deep/a.obj': UNUSED });
    expect((await veriloss('check deep/a.obj')).stdout).toBe('✓ 1 objective checked in 41 ms\n');
    expect((await veriloss('check deep/a.obj --isolated')).stdout).toContain('warning[W0201]');
    expect((await veriloss(`check deep/a.obj --config ${name}`)).stdout).not.toContain('W0201');
  });

  test('of one folder the first is taken, and other tools are left to theirs', async () => {
    const { veriloss, write } = terminal({
      'a.obj': UNUSED,
      'pyproject.toml': '[tool.veriloss.rules]\nW0201 = "note"\n',
    });
    const first = async (): Promise<string> => (await veriloss('check a.obj --format concise')).stdout;
    expect(await first()).toContain('note[W0201]');
    write('package.json', '{ "devDependencies": { "veriloss": "1" } }');
    expect(await first()).toContain('note[W0201]');
    write('package.json', `{ "veriloss": ${rule('error')} }`);
    expect(await first()).toContain('error[W0201]');
    write('veriloss.config.mjs', `export default ${rule('warning')}`);
    expect(await first()).toContain('warning[W0201]');
    write('veriloss.config.json', OFF);
    expect(await first()).toBe('');
  });

  test('a folder whose files are about other things is as one without', async () => {
    const others = { 'package.json': '{ "name": "x", ', 'pyproject.toml': '[tool', 'a.obj': UNUSED };
    expect((await terminal(others).veriloss('check a.obj')).code).toBe(0);
  });
});

describe('which one applies', () => {
  const files = {
    'veriloss.config.json': rule('error'),
    'a.obj': UNUSED,
    'near/veriloss.config.json': rule('note'),
    'near/deep/er/b.obj': UNUSED.replace('unused', 'second'),
  };

  test('is decided for each file by the closest folder', async () => {
    const { veriloss, folder } = terminal(files);
    const all = (await veriloss('check . --format concise')).stdout;
    expect(all).toContain('a.obj:3:7: error[W0201]');
    expect(all).toContain('near/deep/er/b.obj:3:7: note[W0201]');
    // Not by where one stands.
    const inside = await runIn(join(folder, 'near'), ['check', '../a.obj', '--format', 'concise']);
    expect(inside.stdout).toContain('error[W0201]');
  });

  test('is decided for standard input by its name', async () => {
    const { veriloss } = terminal(files);
    const named = await veriloss('check - --stdin-filename near/x.obj --format concise', { stdin: UNUSED });
    expect(named.stdout).toContain('note[W0201]');
    expect((await veriloss('check - --format concise', { stdin: UNUSED })).stdout).toContain('error[W0201]');
  });

  test('is the named one for everything, with its own folder to start from', async () => {
    const { veriloss } = terminal({
      ...files,
      'conf/x.json': '{ "include": ["*.obj"], "compile": { "outDir": "out" } }',
      'conf/c.obj': MINI,
    });
    expect((await veriloss('check --config conf/x.json')).stdout).toContain('1 objective checked');
    expect((await veriloss('compile --config conf/x.json')).stdout).toContain('wrote conf/out/mini.ts');
  });
});

describe('include', () => {
  const files = {
    'x/a.obj': MINI,
    'x/drafts/b.obj': WRONG,
    'x/notes.md': '# v 0 0 0',
    'y/c.objective': PAIR,
  };

  test.each([
    [['x/**', '!x/drafts/**'], 1],
    [['x/*.obj', 'y/**'], 3],
    [['**', '!**/drafts/*'], 3],
    [['{x,y}/*.*'], 3],
  ])('%j: %i objectives', async (include, count) => {
    const { veriloss, folder } = terminal({ ...files, 'veriloss.config.json': JSON.stringify({ include }) });
    const expected = `✓ ${count} objective${count === 1 ? '' : 's'} checked in 41 ms\n`;
    expect((await veriloss('check')).stdout).toBe(expected);
    expect((await runIn(join(folder, 'x'), ['check'])).stdout).toBe(expected);
  });

  test('is about what no path names', async () => {
    const { veriloss } = terminal({ ...files, 'veriloss.config.json': '{ "include": ["y/**"] }' });
    expect((await veriloss('check x')).code).toBe(1);
  });

  test('paths are told from where one stands', async () => {
    const { folder } = terminal({ ...files, 'veriloss.config.json': '{ "include": ["x/**"] }' });
    const { stdout } = await runIn(join(folder, 'y'), ['check']);
    expect(stdout).toContain('┌─ ../x/drafts/b.obj:4:33');
  });

  test('nothing that matches is of no use', async () => {
    const { veriloss } = terminal({ 'veriloss.config.json': '{ "include": ["z/**", "*.obj"] }' });
    expect((await veriloss('check')).stderr).toBe(
      'error: no objective matches `include` of veriloss.config.json\n  = hint: it is `z/**`, `*.obj`\n',
    );
  });
});

describe('what does not fit is named', () => {
  test.each([
    ['{ "rule": {} }', 'unknown key `rule`', 'did you mean `rules`?'],
    ['{ "frobnicate": 1 }', 'unknown key `frobnicate`', 'there are `$schema`, `include`, `rules`, `compile`'],
    ['{ "compile": { "outdir": "x" } }', 'unknown key `outdir` in `compile`', 'did you mean `outDir`?'],
    [
      '{ "compile": { "target": "x" } }',
      'unknown key `target` in `compile`',
      'there are `outDir`, `language`, `standalone`',
    ],
    ['{ "rules": { "W9201": "off" } }', 'unknown code `W9201` in `rules`', 'did you mean `W0201`?'],
    ['{ "rules": { "w0201": "off" } }', 'unknown code `w0201` in `rules`', 'did you mean `W0201`?'],
    ['{ "rules": { "E0201": "off" } }', '`E0201` is an error, and stays one', 'only warnings and notes'],
    ['{ "rules": { "E0201": "error" } }', '`E0201` is an error, and stays one', 'only warnings and notes'],
    [
      '{ "rules": { "W0201": "of" } }',
      '`rules.W0201` is the text "of", expected "off", "note", "warning" or "error"',
      '',
    ],
    ['{ "rules": { "W0201": 0 } }', '`rules.W0201` is 0, expected "off", "note", "warning" or "error"', ''],
    ['{ "rules": ["W0201"] }', '`rules` is a list of 1, expected an object from codes to severities', ''],
    [
      '{ "include": "x" }',
      '`include` is the text "x", expected a list of patterns such as "objectives/**"',
      '',
    ],
    ['{ "include": [] }', '`include` is an empty list, expected at least one pattern', ''],
    ['{ "include": ["x", 3] }', '`include[1]` is 3, expected a pattern', ''],
    ['{ "include": [""] }', '`include[0]` is the text "", expected a pattern', ''],
    ['{ "compile": { "outDir": "" } }', '`compile.outDir` is the text "", expected a folder', ''],
    [
      '{ "compile": { "language": "tsx" } }',
      '`compile.language` is the text "tsx", expected "ts" or "js"',
      '',
    ],
    [
      '{ "compile": { "standalone": "yes" } }',
      '`compile.standalone` is the text "yes", expected true or false',
      '',
    ],
    [
      '{ "verify": { "budget": 0 } }',
      '`verify.budget` is 0, expected a whole number of steps, 1 at least',
      '',
    ],
    [
      '{ "verify": { "budget": "1e6" } }',
      '`verify.budget` is the text "1e6", expected a whole number of steps, 1 at least',
      '',
    ],
    ['{ "verify": { "cacheFolder": "" } }', '`verify.cacheFolder` is the text "", expected a folder', ''],
    [
      '{ "verify": { "cache": "x" } }',
      'unknown key `cache` in `verify`',
      'there are `budget`, `cacheFolder`',
    ],
    ['{ "compile": null }', '`compile` is null, expected an object', ''],
    ['[]', 'the configuration is an empty list, expected an object', ''],
    ['3', 'the configuration is 3, expected an object', ''],
  ])('%s', async (text, message, hint) => {
    const { veriloss } = terminal({ 'veriloss.config.json': text, 'a.obj': MINI });
    for (const line of ['check a.obj', 'compile a.obj --stdout', 'explain a.obj', 'verify a.obj', 'config']) {
      const { code, stderr } = await veriloss(line);
      expect(stderr).toContain(`error: veriloss.config.json: ${message}\n`);
      expect(stderr).toContain(hint);
      expect(code).toBe(2);
    }
  });

  test.each([
    [
      'veriloss.config.json',
      '{ "rules": {}, }',
      'veriloss.config.json:1:16: expected a name in double quotes, found `}`',
    ],
    [
      'veriloss.config.json',
      '{\n  // no\n}',
      'veriloss.config.json:2:3: expected a name in double quotes, found `/`\n  = hint: JSON has no comments',
    ],
    ['veriloss.config.json', '', 'veriloss.config.json:1:1: expected a value'],
    ['package.json', '{ "veriloss": {}, }', 'package.json:1:19: '],
    ['pyproject.toml', '[tool.veriloss]\ninclude = \n', 'pyproject.toml:2:'],
    ['veriloss.config.mjs', 'export const rules = {};', 'veriloss.config.mjs has no default export'],
    [
      'veriloss.config.mjs',
      'throw new Error("not today\\nnor tomorrow");',
      'veriloss.config.mjs cannot be loaded: not today\n',
    ],
    ['veriloss.config.mjs', 'export default {', 'veriloss.config.mjs cannot be loaded: '],
  ])('%s that is %j', async (name, text, message) => {
    const { veriloss } = terminal({ [name]: text, 'a.obj': MINI });
    const { code, stderr } = await veriloss('check a.obj');
    expect(stderr).toContain(`error: ${message}`);
    expect(code).toBe(2);
    expect((await veriloss('check a.obj --isolated')).code).toBe(0);
  });

  test.each([
    ['--config nothing.json', 'there is no nothing.json'],
    ['--config a.obj', '--config is `a.obj`, expected a name that ends in .json, .mjs or .toml'],
    ['--config package.json', 'package.json has no member "veriloss"'],
    ['--config pyproject.toml', 'pyproject.toml has no table [tool.veriloss]'],
    ['--config package.json --isolated', '--config and --isolated exclude each other'],
  ])('`check a.obj %s`', async (flags, message) => {
    const { veriloss } = terminal({
      'a.obj': MINI,
      'package.json': '{}',
      'pyproject.toml': '[tool.other]\n',
    });
    const { code, stderr } = await veriloss(`check a.obj ${flags}`);
    expect(stderr).toContain(`error: ${message}`);
    expect(code).toBe(2);
  });
});

describe('severities', () => {
  test('what a rule makes an error is one to every command', async () => {
    const { veriloss } = terminal({ 'veriloss.config.json': rule('error'), 'a.obj': UNUSED, 'b.json': '{}' });
    for (const line of [
      'check a.obj',
      'compile a.obj --stdout',
      'explain a.obj',
      'verify a.obj',
      'eval a.obj --batch b.json',
    ]) {
      const { code, stdout, stderr } = await veriloss(line);
      expect(stdout + stderr).toContain('error[W0201]');
      expect(code).toBe(1);
    }
  });

  test('what is off is off, for compile too', async () => {
    const { veriloss } = terminal({ 'veriloss.config.json': OFF, 'a.obj': UNUSED });
    expect((await veriloss('compile a.obj -o a.ts')).stderr).toBe('');
    expect((await veriloss('check a.obj --max-warnings 0')).code).toBe(0);
  });
});

describe('config.schema.json', () => {
  const schema = JSON.parse(readFileSync(join(ROOT, 'config.schema.json'), 'utf8')) as AnySchema;
  const accepts = new Ajv({ strict: true }).compile(schema);

  test.each(
    [
      {},
      { $schema: './node_modules/veriloss/config.schema.json', include: ['objectives/**'] },
      { rules: { W0201: 'error', W0501: 'off' }, compile: { outDir: 'x', language: 'js', standalone: true } },
      { rules: {}, compile: {} },
      [],
      1,
      { rules: [] },
      { rules: { E0201: 'off' } },
      { rules: { W0201: 'of' } },
      { rules: { W9999: 'off' } },
      { compile: [] },
      { compile: { outDir: '' } },
      { compile: { language: 'tsx' } },
      { compile: { standalone: 1 } },
      { compile: { target: 'tfjs' } },
      { include: 'x' },
      { include: [] },
      { include: [1] },
      { include: [''] },
      { $schema: 1 },
      { rule: {} },
      { verify: { budget: 1000, cacheFolder: 'x' } },
      { verify: { budget: 0 } },
      { verify: { budget: 1.5 } },
      { verify: { budget: '1' } },
      { verify: { cacheFolder: '' } },
      { verify: { folder: 'x' } },
      { verify: [] },
    ].map((value) => [value]),
  )('takes %j where the program does', (value) => {
    const takes = (): boolean => {
      try {
        validated('x', value);
        return true;
      } catch {
        return false;
      }
    };
    expect(accepts(value)).toBe(takes());
  });

  test('knows every code that has a severity to choose, and no other', () => {
    for (const { code, severity } of kinds)
      expect([code, accepts({ rules: { [code]: 'note' } })]).toEqual([code, severity !== 'error']);
  });

  test('takes the example of the documentation', () => {
    const page = readFileSync(join(ROOT, 'docs/command-line.md'), 'utf8');
    const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(
      ([, text = '']) => JSON.parse(text) as unknown,
    );
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(accepts(example)).toBe(true);
  });
});

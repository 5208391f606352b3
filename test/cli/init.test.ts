/** `veriloss init`: what it writes, what it leaves, what it asks, and that it does nothing twice. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../../src/base/version.js';
import { FORMS } from '../../src/cli/init/answers.js';
import { FIRST_OBJECTIVES } from '../../src/cli/init/objectives.js';
import { checksOf } from '../../src/cli/init/workflow.js';
import { MINI, terminal, transcript } from './terminal.js';

const MANIFEST = '{ "name": "x" }\n';
const WORKFLOW = '.github/workflows/objectives.yml';
const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

test('transcript', async () => {
  const there = {
    'package.json': '{\n  "name": "x"\n}\n',
    '.gitignore': 'node_modules/\n*.obj\n',
    '.vscode/settings.json': '{\n  // tabs, please\n  "editor.insertSpaces": false\n}\n',
  };
  const lines = [
    'init --dry-run',
    'init --out-dir src/losses',
    'init',
    'check',
    'compile',
    'compile --check',
  ];
  await expect(await transcript(there, lines)).toMatchFileSnapshot('transcripts/init.txt');
});

describe('a first objective', () => {
  test.each(Object.keys(FIRST_OBJECTIVES))('%s is right, without a warning', async (name) => {
    const { veriloss, read } = terminal();
    expect((await veriloss(`init --objective ${name}`)).code).toBe(0);
    expect((await veriloss('check --pedantic --max-warnings 0')).code).toBe(0);
    expect(read(`objectives/${name}.obj`)).toMatch(/^# paper: /m);
  });

  test('is not written where there is one', async () => {
    const { veriloss, folder } = terminal({ 'objectives/deep/mine.objective': MINI });
    expect((await veriloss('init')).stdout).toContain('objectives/');
    expect(readdirSync(join(folder, 'objectives'))).toEqual(['deep']);
  });

  test('is not written where none is wanted', async () => {
    const { veriloss, folder } = terminal();
    await veriloss('init --objective none --config-form none --ci none --editor none');
    expect(files(folder)).toEqual(['.gitattributes', '.gitignore']);
  });
});

describe('the configuration', () => {
  test.each(FORMS.filter((form) => form !== 'none'))(
    'as %s is one that the other commands take',
    async (form) => {
      for (const there of [{}, { 'package.json': MANIFEST, 'pyproject.toml': '[project]\nname = "x"' }]) {
        const { veriloss } = terminal(there);
        expect((await veriloss(`init --config-form ${form} --out-dir out`)).code).toBe(0);
        const { settings } = JSON.parse((await veriloss('config --format json')).stdout) as {
          settings: Record<string, { value: unknown; origin: string }>;
        };
        expect(settings['compile.outDir']?.value).toBe('out');
        expect(settings['include']?.origin).not.toBe('default');
        expect((await veriloss('compile')).stdout).toContain('wrote out/grpo.ts');
        expect((await veriloss('init')).stdout).toContain('✓ nothing to do\n');
      }
    },
  );

  test('that is there stays, whatever form it has', async () => {
    for (const form of FORMS.filter((one) => one !== 'none')) {
      const { veriloss } = terminal();
      await veriloss(`init --config-form ${form}`);
      const { stdout } = await veriloss('init --config-form json --out-dir other');
      expect(stdout).toMatch(/(config\.\w+|package\.json|pyproject\.toml) +configures veriloss\n/);
    }
  });

  test('names the schema where there is a node_modules for it', async () => {
    const [with_, without] = [terminal({ 'package.json': MANIFEST }), terminal()];
    for (const { veriloss } of [with_, without]) await veriloss('init');
    expect(with_.read('veriloss.config.json')).toContain('./node_modules/veriloss/config.schema.json');
    expect(without.read('veriloss.config.json')).not.toContain('$schema');
  });
});

describe('what is there is extended, and otherwise kept to the letter', () => {
  test.each([
    ['{}', '{\n  "files.associations": {\n    "**/objectives/**/*.obj": "rl-objective"\n  }\n}'],
    [
      '{\n\t"a": [1, 2]\n}\n',
      '{\n\t"a": [1, 2],\n\t"files.associations": {\n\t\t"**/objectives/**/*.obj": "rl-objective"\n\t}\n}\n',
    ],
    [
      '{\n  "files.associations": { "*.x": "y" },\n  "z": 1\n}',
      '{\n  "files.associations": {\n    "**/objectives/**/*.obj": "rl-objective", "*.x": "y" },\n  "z": 1\n}',
    ],
    [
      '{\n  "files.associations": {}\n}',
      '{\n  "files.associations": {\n    "**/objectives/**/*.obj": "rl-objective"\n  }\n}',
    ],
    [
      '{\r\n  "a": 1\r\n}\r\n',
      '{\r\n  "a": 1,\r\n  "files.associations": {\r\n    "**/objectives/**/*.obj": "rl-objective"\r\n  }\r\n}\r\n',
    ],
  ])('settings %j', async (before, after) => {
    const { veriloss, read } = terminal({ '.vscode/settings.json': before });
    await veriloss('init');
    expect(read('.vscode/settings.json')).toBe(after);
  });

  test.each([
    '{\n  // a comment\n  "a": 1\n}',
    '{ "a": 1, }',
    '[]',
    'not json',
    '{ "files.associations": { "**/objectives/**/*.obj": "plaintext" } }',
    '{ "files.associations": 3 }',
    '{ "a": { "files.associations": {} }, "files.associations": { "x": "y" } }',
  ])('settings %j are left, and what to add is said', async (text) => {
    const { veriloss, read } = terminal({ '.vscode/settings.json': text });
    const { code, stdout } = await veriloss('init');
    expect(stdout).toContain(
      'left as it is: it has comments or another association; add "files.associations"',
    );
    expect([code, read('.vscode/settings.json')]).toEqual([0, text]);
  });

  test.each([
    ['node_modules/', 'node_modules/\n!objectives/**/*.obj\n'],
    ['a\r\nb\r\n', 'a\r\nb\r\n!objectives/**/*.obj\r\n'],
    ['', '!objectives/**/*.obj\n'],
    ['!objectives/**/*.obj\n', '!objectives/**/*.obj\n'],
    ['!objectives/**/*.obj\nbuild/\n', '!objectives/**/*.obj\nbuild/\n'],
    // A line has the last word over those above it.
    ['!objectives/**/*.obj\n*.obj\n', '!objectives/**/*.obj\n*.obj\n!objectives/**/*.obj\n'],
    ['!objectives/**/*.obj\n# *.obj\n', '!objectives/**/*.obj\n# *.obj\n'],
  ])('.gitignore %j', async (before, after) => {
    const { veriloss, read } = terminal({ '.gitignore': before });
    await veriloss('init');
    expect(read('.gitignore')).toBe(after);
  });

  test('package.json keeps its layout', async () => {
    const { veriloss, read } = terminal({ 'package.json': '{\n    "files": ["a", "b"]\n}\n' });
    await veriloss('init --config-form package');
    expect(read('package.json')).toMatch(
      /^\{\n {4}"files": \["a", "b"\],\n {4}"veriloss": \{\n {8}"include": /,
    );
  });
});

describe('git', () => {
  // Of the machine's own settings, nothing.
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const git = (cwd: string, ...args: readonly string[]): string =>
    execFileSync('git', args, { cwd, env, encoding: 'utf8' });

  test('takes objectives in spite of the templates, as text', async () => {
    const { veriloss, folder } = terminal({
      '.gitignore': '*.obj\n',
      '.gitattributes': '*.obj filter=lfs diff=lfs merge=lfs -text\n',
      'elsewhere/a.obj': MINI,
    });
    git(folder, 'init', '-q');
    await veriloss('init --objective real');
    git(folder, 'add', '-A');
    const kept = git(folder, 'ls-files');
    expect(kept).toContain('objectives/real.obj');
    expect(kept).not.toContain('elsewhere/a.obj');
    expect(git(folder, 'check-attr', 'filter', 'text', '--', 'objectives/real.obj')).toBe(
      'objectives/real.obj: filter: unset\nobjectives/real.obj: text: set\n',
    );
  });
});

describe('the workflow', () => {
  const runs = (text: string): readonly string[] =>
    [...text.matchAll(/- run: (.*)/g)].map(([, line = '']) => line);

  test.each([
    [{}, `npx --yes veriloss@${VERSION} check`],
    [{ 'package.json': MANIFEST }, 'npm install'],
    [{ 'package.json': MANIFEST, 'package-lock.json': '{}' }, 'npm ci'],
  ])('of %o runs `%s`', async (there, line) => {
    const { veriloss, read } = terminal(there);
    await veriloss('init');
    expect(runs(read(WORKFLOW))).toContain(line);
  });

  test('runs commands that there are', async () => {
    const { veriloss, read } = terminal({ 'package.json': MANIFEST });
    await veriloss('init --out-dir out');
    await veriloss('compile');
    const lines = runs(read(WORKFLOW)).flatMap((line) =>
      line.startsWith('npx veriloss ') ? [line.replace('npx veriloss ', '')] : [],
    );
    expect(lines).toContain('check');
    expect(lines).toContain('compile --check');
    for (const line of lines) expect([line, (await veriloss(line)).code]).toEqual([line, 0]);
  });

  test('compares compiled code where the configuration says where it goes', async () => {
    const { veriloss, read } = terminal({ 'veriloss.config.json': '{ "compile": { "outDir": "x" } }' });
    await veriloss('init');
    expect(runs(read(WORKFLOW)).at(-1)).toContain('compile --check');
  });

  test('checks the layout in an edition that has the formatter', () => {
    const of = (commands: readonly string[]): readonly string[] =>
      checksOf({ npm: 'none', compiles: false, commands });
    expect(of(['check', 'fmt'])).toEqual(['fmt --check', 'check']);
    expect(of(['check'])).toEqual(['check']);
  });

  test('that is there is kept; below the root of a repository there is none', async () => {
    const { veriloss, read, folder } = terminal({ [WORKFLOW]: 'mine\n' });
    await veriloss('init');
    expect(read(WORKFLOW)).toBe('mine\n');
    mkdirSync(join(folder, '.git'));
    const { stdout } = await veriloss('init below');
    expect(stdout).toContain('workflows belong to the root of the repository');
    expect(existsSync(join(folder, 'below', WORKFLOW))).toBe(false);
  });
});

describe('it asks', () => {
  const answers = ['real', 'mjs', 'out', 'none', 'none'];

  test('on a terminal, and does as it is answered', async () => {
    const { veriloss, folder } = terminal();
    expect((await veriloss('init', { terminal: true, answers })).code).toBe(0);
    expect(files(folder)).toEqual([
      '.gitattributes',
      '.gitignore',
      'objectives/real.obj',
      'veriloss.config.mjs',
    ]);
  });

  test.each([
    ['--objective grpo', answers.slice(1)],
    ['--config-form json', answers.toSpliced(1, 1)],
    ['--out-dir x', answers.toSpliced(2, 1)],
    ['--ci none', answers.toSpliced(3, 1)],
    ['--editor none', answers.toSpliced(4, 1)],
    ['--yes', []],
  ])('not for what %s says', async (flag, rest) => {
    const { veriloss } = terminal();
    expect((await veriloss(`init ${flag}`, { terminal: true, answers: rest })).code).toBe(0);
  });

  test('nothing where there is nobody to answer', async () => {
    expect((await terminal().veriloss('init')).code).toBe(0);
  });

  test('and writes nothing when it is broken off', async () => {
    for (let given = 0; given < answers.length; given += 1) {
      const { veriloss, folder } = terminal();
      const { code, stderr } = await veriloss('init', { terminal: true, answers: answers.slice(0, given) });
      expect([code, stderr, files(folder)]).toEqual([130, 'nothing was written\n', []]);
    }
  });
});

test('--dry-run writes nothing, and a second run neither', async () => {
  const { veriloss, folder, read } = terminal();
  await veriloss('init --dry-run');
  expect(files(folder)).toEqual([]);
  await veriloss('init');
  const before = files(folder).map((path) => [path, read(path)]);
  expect(before.length).toBeGreaterThan(5);
  expect((await veriloss('init')).stdout).toContain('✓ nothing to do\n');
  expect(files(folder).map((path) => [path, read(path)])).toEqual(before);
});

test.each([
  ['init a.obj', 'a.obj is a file, expected a folder'],
  ['init --objective ppo', '--objective is `ppo`, expected grpo, real or none'],
  ['init --config-form yaml', '--config-form is `yaml`, expected json, mjs, package, pyproject or none'],
  ['init --ci gitlab', '--ci is `gitlab`, expected github or none'],
  ['init --editor vim', '--editor is `vim`, expected vscode or none'],
  ['init a b', 'too many arguments'],
  ['init broken', 'broken/veriloss.config.json:1:2'],
])('`%s` is wrong usage', async (line, message) => {
  const { veriloss } = terminal({ 'a.obj': MINI, 'broken/veriloss.config.json': '{' });
  const { code, stderr } = await veriloss(line);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});

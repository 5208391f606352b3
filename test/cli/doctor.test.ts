/** `veriloss doctor`: what it finds around the command, and what it says of it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENGINES, node, PEERS } from '../../src/cli/doctor/program.js';
import { read as readRoot } from '../sources.js';
import { MINI, terminal, type Result, type Terminal } from './terminal.js';

const { PATH = '' } = process.env;
// Of the machine's own settings, nothing.
const env = { PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

interface Report {
  readonly broken: boolean;
  readonly findings: readonly {
    readonly name: string;
    readonly state: string;
    readonly text: string;
    readonly hint?: string;
  }[];
}

const repository = (files: Readonly<Record<string, string>>): Terminal => {
  const made = terminal(files);
  execFileSync('git', ['init', '-q'], { cwd: made.folder, env });
  return made;
};
const examined = async ({ veriloss }: Terminal, flags = ''): Promise<Report & Result> => {
  const result = await veriloss(`doctor --format json ${flags}`, { env });
  return { ...result, ...(JSON.parse(result.stdout) as Report) };
};
const finding = (report: Report, name: string): Report['findings'][number] | undefined =>
  report.findings.find((one) => one.name === name);

test('what init leaves behind is not broken, and the text says so', async () => {
  const made = repository({ '.gitignore': '*.obj\n' });
  await made.veriloss('init');
  const report = await examined(made);
  expect(report.findings.filter(({ state }) => state === 'wrong')).toEqual([]);
  expect([report.code, report.broken, report.stderr]).toEqual([0, false, '']);
  const { code, stdout } = await made.veriloss('doctor', { env });
  expect(code).toBe(0);
  for (const line of [
    `✓ node                       ${process.version}\n`,
    '✓ config                     veriloss.config.json\n',
    '✓ objectives                 1 file\n',
    '✓ git ignore                 git keeps objectives\n',
    '✓ git filter                 git stores objectives as text\n',
    '✓ editor                     .vscode/settings.json knows objectives\n',
    '· webgpu                     not installed\n',
    '\n✓ nothing is broken\n',
  ])
    expect(stdout).toContain(line);
});

describe('each thing that can be broken is told, with what to do', () => {
  test.each([
    [
      { '.gitignore': 'x\n*.obj\n', 'objectives/a.obj': MINI },
      'git ignore',
      'git leaves out objectives/a.obj: `*.obj` in .gitignore:2',
    ],
    [
      { '.gitignore': '*.obj\n' },
      'git ignore',
      'git leaves out objectives/example.obj: `*.obj` in .gitignore:1',
    ],
    [
      { '.gitignore': '*.obj\n', 'objectives/a.obj': MINI, 'objectives/b.obj': MINI },
      'git ignore',
      'git leaves out objectives/a.obj and 1 more',
    ],
    [
      { '.gitattributes': '*.obj filter=lfs\n', 'objectives/a.obj': MINI },
      'git filter',
      'git gives objectives/a.obj to the filter `lfs`',
    ],
    [{ 'veriloss.config.json': '{ "rule": {} }' }, 'config', 'veriloss.config.json: unknown key `rule`'],
    [
      { 'objectives/deep/veriloss.config.json': '{', 'objectives/deep/a.obj': MINI },
      'config',
      'objectives/deep/veriloss.config.json:1:2',
    ],
    [
      { 'veriloss.config.json': '{ "include": ["x/**"] }' },
      'objectives',
      'nothing matches `include` of veriloss.config.json',
    ],
  ])('%o: %s', async (files, name, text) => {
    const made = repository(files);
    const report = await examined(made);
    expect(finding(report, name)?.state).toBe('wrong');
    expect(finding(report, name)?.text).toContain(text);
    expect(report.findings.filter(({ state }) => state === 'wrong')).toHaveLength(1);
    expect([report.code, report.broken]).toEqual([1, true]);
    expect((await made.veriloss('doctor', { env })).stdout).toMatch(/✗ 1 thing of \d+ is broken\n$/);
  });

  test('also what git only ignores because it is told to elsewhere', async () => {
    const made = repository({ 'objectives/a.obj': MINI });
    made.write('.git/info/exclude', '*.obj\n');
    expect(finding(await examined(made), 'git ignore')?.text).toContain('info/exclude:1');
  });
});

describe('what may be meant so is a note, and nothing is broken by it', () => {
  test('neither repository nor objectives', async () => {
    const report = await examined(terminal());
    expect(finding(report, 'git')).toMatchObject({ state: 'note', text: 'not a repository' });
    expect(finding(report, 'objectives')).toMatchObject({ state: 'note' });
    expect(report.code).toBe(0);
  });

  test('an editor that takes objectives for meshes', async () => {
    const report = await examined(terminal({ '.vscode/settings.json': '{}' }));
    expect(finding(report, 'editor')?.text).toBe('.vscode/settings.json does not associate objectives');
  });

  test("packages: missing, as tested, another version; and the project's own veriloss", async () => {
    const manifest = (name: string, version: string): string =>
      JSON.stringify({ name, version, main: 'index.js' });
    const installed = (name: string, version: string): Readonly<Record<string, string>> => ({
      [`node_modules/${name}/package.json`]: manifest(name, version),
      [`node_modules/${name}/index.js`]: '',
    });
    const report = await examined(
      terminal({
        ...installed('@tensorflow/tfjs-core', '4.22.0'),
        ...installed('@tensorflow/tfjs-node', '4.20.0'),
        ...installed('veriloss', '0.0.9'),
      }),
    );
    expect(finding(report, '@tensorflow/tfjs-core')).toEqual({
      name: '@tensorflow/tfjs-core',
      state: 'good',
      text: '4.22.0',
    });
    expect(finding(report, '@tensorflow/tfjs-node')).toMatchObject({
      state: 'note',
      text: '4.20.0; 4.22.0 is what is tested',
    });
    expect(finding(report, 'webgpu')).toMatchObject({ state: 'note', text: 'not installed' });
    expect(finding(report, 'veriloss')?.text).toContain('and this project has 0.0.9');
    expect(report.code).toBe(0);
  });
});

test.each([
  ['v18.20.0', 'wrong'],
  ['v20.18.9', 'wrong'],
  ['v20.19.0', 'good'],
  ['v21.7.0', 'wrong'],
  ['v22.11.0', 'wrong'],
  ['v22.12.0', 'good'],
  ['v24.0.0', 'good'],
])('Node %s is %s', (version, state) => {
  expect(node(version).state).toBe(state);
});

test('it knows what package.json says', () => {
  const { engines, peerDependencies } = JSON.parse(readRoot('package.json')) as {
    engines: { node: string };
    peerDependencies: Record<string, string>;
  };
  expect(ENGINES).toBe(engines.node);
  expect(Object.fromEntries(Object.entries(PEERS).map(([name, { version }]) => [name, version]))).toEqual(
    peerDependencies,
  );
});

test('--config and --isolated count here too', async () => {
  const made = terminal({ 'veriloss.config.json': '{ "rule": {} }', 'x.json': '{}' });
  expect((await examined(made)).code).toBe(1);
  expect((await examined(made, '--isolated')).code).toBe(0);
  expect((await examined(made, '--config x.json')).findings.find(({ name }) => name === 'config')?.text).toBe(
    'x.json',
  );
  expect((await made.veriloss(`doctor --config ${join('no', 'x.json')}`, { env })).stdout).toContain(
    'there is no no/x.json',
  );
});

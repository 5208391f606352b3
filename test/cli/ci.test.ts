/** The action and the hooks of this repository: what they run, with which words; and that docs/ci.md says the same. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../../src/base/version.js';
import { blocksOf } from '../docs/blocks.js';
import { read } from '../sources.js';
import { terminal } from './terminal.js';

const ACTION = read('action.yml');
const HOOKS = read('.pre-commit-hooks.yaml');
const PAGE = read('docs/ci.md');
const yaml = blocksOf(PAGE).filter(({ info }) => info[0] === 'yaml');

/** The lines below a key, without their indent. */
function below(text: string, key: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.trim().startsWith(`${key}:`));
  const indent = (line: string): number => line.search(/\S/);
  const own = indent(lines[at] ?? '');
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line.trim() !== '' && indent(line) <= own);
  const inside = end < 0 ? rest : rest.slice(0, end);
  const cut = indent(inside.find((line) => line.trim() !== '') ?? '');
  return `${inside.map((line) => line.slice(cut)).join('\n')}\n`;
}
const keys = (text: string): readonly string[] =>
  [...text.matchAll(/^([\w-]+):/gm)].map(([, key = '']) => key);

const INPUTS = keys(below(ACTION, 'inputs'));
const SCRIPT = below(ACTION, 'run');

test.each<readonly [string, string]>([
  ['action.yml', ACTION],
  ['.pre-commit-hooks.yaml', HOOKS],
  ...yaml.map(({ line, text }) => [`docs/ci.md:${line}`, text] as const),
])('%s is YAML in its one layout', async (_name, text) => {
  expect(await format(text, { parser: 'yaml', printWidth: 110, singleQuote: true })).toBe(text);
});

describe('the action', () => {
  const STUB = `#!/usr/bin/env bash
printf '%s\\n' "$(printf '<%s>' "$@")" >> "$CALLS"
for word in "$@"; do if [ "$word" = --version ]; then exit "\${INSTALLED:-1}"; fi; done
while [ $# -gt 0 ]; do
  if [ "$1" = --output ]; then echo report > "$2"; fi
  shift
done
exit "\${STATUS:-0}"
`;

  interface Ran {
    readonly status: number | null;
    readonly calls: readonly string[];
    readonly outputs: string;
  }

  /** Runs the script with an \`npx\` that writes its words down. */
  function ran(
    inputs: Readonly<Record<string, string>>,
    surroundings: Readonly<Record<string, string>> = {},
  ): Ran {
    const { folder, read: readIn, write } = terminal({ 'bin/npx': STUB, calls: '', outputs: '' });
    chmodSync(join(folder, 'bin/npx'), 0o755);
    const none = Object.fromEntries(
      ['PATHS', 'ONLY', 'BUDGET', 'VERSION', 'FORMAT', 'OUTPUT', 'UPLOAD'].map((name) => [name, '']),
    );
    write('script.sh', SCRIPT);
    const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', 'script.sh'], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...none,
        FOLDER: '.',
        ...inputs,
        ...surroundings,
        CALLS: join(folder, 'calls'),
        GITHUB_OUTPUT: join(folder, 'outputs'),
        PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      },
    });
    expect(stderr).toBe('');
    const calls = readIn('calls')
      .split('\n')
      .filter((line) => line !== '' && !line.includes('<--version>'));
    return { status, calls, outputs: readIn('outputs') };
  }

  test('is bash that bash can read', () => {
    execFileSync('bash', ['-n'], { input: SCRIPT });
  });

  test('reads every input from the environment, and no expression is part of the script', () => {
    expect(SCRIPT).not.toContain('${{');
    for (const name of INPUTS) expect(ACTION).toContain(`\${{ inputs.${name} }}`);
  });

  test('installs the version of this repository where nothing says another', () => {
    expect(ran({}).calls).toEqual([`<--yes><veriloss@${VERSION}><verify><-->`]);
    expect(ran({ VERSION: '9.9.9' }).calls).toEqual(['<--yes><veriloss@9.9.9><verify><-->']);
    expect(ran({}, { INSTALLED: '0' }).calls).toEqual(['<--no><--><veriloss><verify><-->']);
  });

  test('passes each line as one word, whatever it holds', () => {
    const [call] = ran(
      { PATHS: 'a b\n$(touch x)\n', ONLY: "it's *\n--quiet\n", BUDGET: '7' },
      { INSTALLED: '0' },
    ).calls;
    expect(call).toBe(
      "<--no><--><veriloss><verify><--budget><7><--only><it's *><--only><--quiet><--><a b><$(touch x)>",
    );
  });

  test('writes the reports that are asked for, also where a claim fails, but not where nothing was decided', () => {
    const wanted = { FORMAT: 'html', OUTPUT: 'claims.html', UPLOAD: 'true', FOLDER: 'deep' };
    for (const status of [0, 1]) {
      const { status: found, calls, outputs } = ran(wanted, { INSTALLED: '0', STATUS: String(status) });
      expect(found).toBe(status);
      expect(calls.slice(1)).toEqual([
        '<--no><--><veriloss><verify><--quiet><--format><html><--output><claims.html><-->',
        '<--no><--><veriloss><verify><--quiet><--format><sarif><--output><veriloss.sarif><-->',
      ]);
      expect(outputs).toBe('report=deep/claims.html\nsarif=deep/veriloss.sarif\n');
    }
    const { status, calls, outputs } = ran(wanted, { INSTALLED: '0', STATUS: '2' });
    expect([status, calls.length, outputs]).toEqual([2, 1, '']);
  });

  test('its words are ones that the command understands', async () => {
    const help = (await terminal().veriloss('verify --help')).stdout;
    for (const [flag] of SCRIPT.matchAll(/(?<=\s)--(?!yes|no\b|version)[a-z-]+/g))
      expect(help).toContain(` ${flag} `);
  });

  test('is described by docs/ci.md: every input, and no other', () => {
    const told = [...PAGE.matchAll(/^\| (`[\w-]+`(?:, `[\w-]+`)*) \|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name),
    );
    expect(told.sort()).toEqual([...INPUTS].sort());
    const used = yaml
      .filter(({ text }) => text.includes('OWNER/veriloss@'))
      .flatMap(({ text }) => keys(below(text.slice(text.indexOf('OWNER/veriloss@')), 'with')));
    expect(used.length).toBeGreaterThan(3);
    expect(used.filter((name) => !INPUTS.includes(name))).toEqual([]);
    for (const [, version] of PAGE.matchAll(/OWNER\/veriloss@v(\S+)/g)) expect(version).toBe(VERSION);
  });
});

describe('the hooks', () => {
  const ids = [...HOOKS.matchAll(/^- id: (\S+)$/gm)].map(([, id = '']) => id);
  const entries = [...HOOKS.matchAll(/^ {2}entry: veriloss (.*)$/gm)].map(([, entry = '']) => entry);

  test('run commands that there are', async () => {
    expect(entries).toHaveLength(ids.length);
    for (const entry of entries) {
      const [command = '', ...flags] = entry.split(' ');
      const { code, stdout } = await terminal().veriloss(`${command} --help`);
      expect(code).toBe(0);
      for (const flag of flags) expect(stdout).toContain(flag);
    }
  });

  test('are those that docs/ci.md names', () => {
    const named = [...PAGE.matchAll(/^ *- id: (veriloss-\S+)$/gm)].map(([, id = '']) => id);
    expect([...new Set(named)].sort()).toEqual([...ids].sort());
  });
});

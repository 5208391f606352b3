/** docs/conformance.md: its program runs, and prints what the page says; its table is that of the differences. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { DIFFERENCES } from '../../src/conform/differences/index.js';
import { objectiveText } from './implementations.js';
import { terminal } from '../cli/terminal.js';
import { read } from '../sources.js';

const PAGE = read('docs/conformance.md');
const blocks = (language: string): readonly string[] =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);
const [script = '', change = ''] = blocks('python');
const [right, wrong] = blocks('text');

const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);

describe('the Python program of the page', () => {
  if (python === undefined) {
    // Not skipped in silence: whoever reads the log sees that the page was not run.
    console.warn('docs/conformance.md was NOT RUN: there is no python3 on this machine');
    test('is there to be run', () => {
      expect(script).toContain('def grpo(batch, params)');
    });
    return;
  }

  const said = async (program: string): Promise<{ code: number; stdout: string; stderr: string }> => {
    const place = terminal({ 'objectives/grpo.obj': objectiveText('grpo'), 'grpo.py': program });
    await place.veriloss('vectors objectives/grpo.obj -o vectors/grpo');
    const ran = spawnSync(python, ['grpo.py', 'vectors/grpo', 'results.json'], {
      cwd: place.folder,
      encoding: 'utf8',
    });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    return place.veriloss('conform objectives/grpo.obj --vectors vectors/grpo --against results.json');
  };

  test('conforms', async () => {
    expect(await said(script)).toEqual({ code: 0, stdout: right, stderr: '' });
  });

  test('with the change of the page, looks like what the page says', async () => {
    const line = script.split('\n').find((one) => one.trim().startsWith('scale = '));
    expect(line).toBeDefined();
    const changed = script.replace(line ?? '', change.trimEnd());
    expect(changed).not.toBe(script);
    expect(await said(changed)).toEqual({ code: 1, stdout: wrong, stderr: '' });
  });
});

test('the page lists every known difference', () => {
  const rows = DIFFERENCES.map(({ name, title }) => `| \`${name}\` | ${title} |`);
  expect(PAGE).toContain(rows.join('\n'));
});

test('the page lists every family', async () => {
  const { FAMILIES } = await import('../../src/vectors/families/index.js');
  const listed = [...PAGE.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  expect(FAMILIES.map(({ name }) => name).filter((name) => !listed.includes(name))).toEqual([]);
});

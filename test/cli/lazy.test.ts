/** What is heavy is loaded where it is needed, and nowhere else: the start of the program is felt at every command. */
import { expect, test, vi } from 'vitest';
import { MINI, terminal } from './terminal.js';

const { loaded, noting } = vi.hoisted(() => {
  const names = new Set<string>();
  const note =
    (name: string) =>
    async (original: () => Promise<object>): Promise<object> => {
      names.add(name);
      return original();
    };
  return { loaded: names, noting: note };
});
vi.mock('valibot', noting('valibot'));
vi.mock('smol-toml', noting('smol-toml'));
vi.mock('@clack/prompts', noting('@clack/prompts'));
vi.mock('tinyglobby', noting('tinyglobby'));
vi.mock('ts-morph', noting('ts-morph'));
vi.mock('prettier', noting('prettier'));
vi.mock('../../src/verify/verify.js', noting('the prover'));
vi.mock('../../src/recheck/recheck.js', noting('the checker'));

test('each only by what needs it', async () => {
  const { veriloss, write } = terminal({
    'a.obj': MINI,
    'package.json': '{ "name": "x" }',
    'pyproject.toml': '[x]\n',
  });
  const after = async (line: string): Promise<readonly string[]> => {
    loaded.clear();
    expect((await veriloss(line)).code).toBe(0);
    return [...loaded].sort();
  };
  expect(await after('check a.obj')).toEqual([]);
  expect(await after('explain a.obj')).toEqual([]);
  expect(await after('completion bash')).toEqual([]);
  expect(await after('explain E0201')).toEqual([]);
  expect(await after('verify a.obj')).toEqual(['the prover']);
  expect(await after('check .')).toEqual(['tinyglobby']);
  expect(await after('init new --yes')).toEqual([]);
  write('pyproject.toml', '[tool.veriloss.rules]\nW0201 = "off"\n');
  expect(await after('check a.obj')).toEqual(['smol-toml', 'valibot']);
});

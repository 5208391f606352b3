/** `veriloss bench`: what it measures, says and refuses. Times are whatever they are: text and JSON are held to their shape. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { ROOT } from '../sources.js';
import { ACTOR_CRITIC, MINI, PAIR, terminal, WRONG, type Result } from './terminal.js';

const QUICK = '--shape 6,5 --rounds 2';
/** A program whose paths differ in the last digits. */
const CURVED = `objective curved {
  model logp : token
  data reward : rollout
  minimize mean[rollout in batch](exp(mean[token](logp)) * reward / 3)
}
`;

/** The text with `#` for every number that varies, and columns one space apart. */
const masked = (text: string): string =>
  text
    .replace(/^.*, \d+ cores?, .*$/m, 'MACHINE')
    .replace(/^ {2}(?:ops|loops|wasm|copy) .*$/gm, (row) => row.replace(/\d[\d.]*(e-\d+)?/g, '#'))
    .replace(/apart by \d\S*/, 'apart by #')
    .replace(/ {2,}/g, ' ');

afterEach(() => {
  delete process.env['VERILOSS_PATH'];
});

test('a table for each objective, shape and backend, and a line that says whether paths agree', async () => {
  const { veriloss } = terminal({ 'a.obj': MINI, 'b.obj': CURVED });
  process.env['VERILOSS_PATH'] = 'auto';
  const { code, stdout, stderr } = await veriloss(
    `bench a.obj b.obj ${QUICK} --backend cpu --backend wasm --group-size 2 --kept 1`,
  );
  expect([code, stderr]).toEqual([0, '']);
  await expect(masked(stdout)).toMatchFileSnapshot('transcripts/bench.txt');
  expect(process.env['VERILOSS_PATH']).toBe('auto');
});

/** What there is at each place of a document: names in order, and the type of each value. */
function structure(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(structure);
  if (value === null || typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, structure(one)]));
}

test('JSON has the members that docs/performance.md lists', async () => {
  const page = readFileSync(join(ROOT, 'docs/performance.md'), 'utf8');
  const [, shown = ''] = /```json\n(\{\n {2}"format_version"[\s\S]*?)```/.exec(page) ?? [];
  const { veriloss } = project({ 'a.obj': MINI });
  const { code, stdout, stderr } = await veriloss(`bench a.obj ${QUICK} --format json`);
  expect(code).toBe(0);
  expect(stderr).toBe(
    'note: not measured: WebGPU found no adapter on this machine\n' +
      'note: not measured: backend `node` is installed, but cannot be loaded: no library\n',
  );
  type Document = {
    readonly measurements: readonly { readonly backend: string; readonly paths: readonly object[] }[];
  };
  const [documented, found] = [JSON.parse(shown) as Document, JSON.parse(stdout) as Document];
  const parts = ({ measurements, ...document }: Document): unknown => [
    structure(document),
    measurements.map(({ paths, ...one }) => [
      structure({ ...one, params: {}, absent: [] }),
      paths.map(structure),
    ]),
  ];
  expect(parts({ ...found, measurements: found.measurements.slice(0, 1) })).toEqual(parts(documented));
  expect(found).toMatchObject({
    rounds: 2,
    seed: 1,
    layout: 'once',
    agree: true,
    missing: [{ backend: 'webgpu' }, { backend: 'node', hint: null }],
    measurements: [
      { backend: 'cpu', file: 'a.obj', objective: 'mini', shape: [6, 5], params: { tau: 0.5 } },
      {
        backend: 'wasm',
        bytes_per_token: { read: 4, written: 4 },
        paths: [{ path: 'ops' }, { path: 'wasm' }],
      },
    ],
  });
});

/** A machine without a GPU and with a broken TensorFlow. */
const project = (files: Readonly<Record<string, string>>): ReturnType<typeof terminal> =>
  terminal({
    ...files,
    'node_modules/webgpu/package.json': '{"main": "index.js"}',
    'node_modules/webgpu/index.js':
      'exports.globals = {}; exports.create = () => ({ requestAdapter: async () => null });',
    'node_modules/@tensorflow/tfjs-node-gpu/package.json': '{"main": "index.js"}',
    'node_modules/@tensorflow/tfjs-node-gpu/index.js': "throw new Error('no library');",
  });

test('a backend that is asked for and missing is an error', async () => {
  const { veriloss } = project({ 'a.obj': MINI });
  expect(await veriloss(`bench a.obj ${QUICK} --backend cpu --backend node`)).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: backend `node` is installed, but cannot be loaded: no library\n',
  });
});

test('paths that differ by more than is allowed are exit code 1, in text and JSON', async () => {
  const { veriloss } = terminal({ 'a.obj': CURVED });
  const line = 'bench a.obj --rounds 2 --shape 16,64 --backend wasm --rtol 0';
  const said = await veriloss(line);
  expect(said.code).toBe(1);
  expect(said.stdout).toMatch(
    /\n✗ curved on wasm, \[16, 64\]: the gradients of ops and wasm are apart by \de-\d+ of the largest\n$/,
  );
  const document = await veriloss(`${line} --format json`);
  expect(document.code).toBe(1);
  expect(JSON.parse(document.stdout)).toMatchObject({
    agree: false,
    measurements: [{ paths: [{ agrees: null }, { agrees: false }] }],
  });
});

test('several optimizers, tags and levels; a path that is asked for; a layout for each step', async () => {
  const { veriloss, read } = terminal({ 'a.obj': ACTOR_CRITIC, 'b.obj': MINI });
  const { code, stdout } = await veriloss(
    `bench a.obj b.obj ${QUICK} --backend cpu --backend wasm --path wasm --prepare --set tau=0.25 --format json -o b.json`,
  );
  expect([code, stdout]).toEqual([0, '']);
  const none = {
    path: 'wasm',
    why: 'VERILOSS_PATH asks for `wasm`, which the active backend `cpu` does not have',
  };
  const [ops, wasm] = [
    { path: 'ops', agrees: null },
    { path: 'wasm', agrees: true, kernels: 0 },
  ];
  expect(JSON.parse(read('b.json'))).toMatchObject({
    layout: 'every step',
    measurements: [
      { objective: 'actor_critic', params: { eps: 0.2, cap: 0.5 }, paths: [ops], absent: [none] },
      { objective: 'mini', params: { tau: 0.25 }, paths: [ops], absent: [none] },
      { objective: 'actor_critic', paths: [ops, wasm], absent: [] },
      { objective: 'mini', paths: [ops, wasm], absent: [] },
    ],
  });
});

test('where only ops run, the reason is told, and there is nothing to agree', async () => {
  const { veriloss } = terminal({ 'a.obj': MINI });
  const { code, stdout } = await veriloss(`bench a.obj ${QUICK} --backend cpu --path ops`);
  expect(code).toBe(0);
  expect(stdout).toContain('\n  only ops: VERILOSS_PATH asks for it\n');
  expect(stdout).toMatch(/\n✓ measured; there is nothing that ops are compared with\n$/);
});

describe('a process for each backend', () => {
  const entry = pathToFileURL(join(ROOT, 'dist/cli/bench-process.js'));
  const env = { PATH: process.env['PATH'] ?? '' };

  test('finds what this one finds', async () => {
    const { veriloss } = terminal({ 'a.obj': MINI });
    const line = `bench a.obj ${QUICK} --shape 16,4 --backend wasm`;
    const [here, apart] = [await veriloss(line), await veriloss(line, { backendProcess: entry, env })];
    expect(masked(apart.stdout)).toBe(masked(here.stdout));
    expect([apart.code, apart.stderr]).toEqual([0, '']);
  });

  test('its failures are failures here, and its end without an answer is told', async () => {
    const { veriloss, folder } = terminal({
      'a.obj': MINI,
      'dead.mjs':
        "console.error('first\\nout of luck'); process.exitCode = 7; process.once('message', () => process.exit());",
      'broken.mjs': "process.once('message', () => process.send({ broken: 'Error: out of thin air' }));",
    });
    const own = (name: string): Promise<Result> =>
      veriloss(`bench a.obj ${QUICK} --backend cpu`, {
        backendProcess: pathToFileURL(join(folder, name)),
        env,
      });
    expect(await own('dead.mjs')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: the process of backend `cpu` ended with exit code 7: out of luck\n',
    });
    expect((await own('broken.mjs')).stderr).toMatch(/^internal error: [\s\S]*Error: out of thin air\n/);
    const line = `bench a.obj ${QUICK} --backend cpu --path wasm`;
    expect((await veriloss(line, { backendProcess: entry, env })).stderr).toBe(
      'error: path `wasm` runs on no backend here: VERILOSS_PATH asks for `wasm`, which the active backend `cpu` does not have\n',
    );
  });
});

describe('what it refuses', () => {
  const files = {
    'pairs.obj': MINI.replace('mini', 'pairs').replace('  verify', '  assume count[rollout] == 2\n  verify'),
    'a.obj': MINI,
    'pair.obj': PAIR,
    'wrong.obj': WRONG,
  };
  test.each([
    ['', 2, 'error: missing required argument `files`'],
    [
      'a.obj --shape 64',
      2,
      'error: --shape is `64`, expected rollouts and positions\n  = hint: write `--shape 64,2048`',
    ],
    ['a.obj --shape 0,4', 2, 'error: --shape is `0,4`'],
    ['a.obj --shape 4,4,4', 2, 'error: --shape is `4,4,4`'],
    ['a.obj --backend wsam', 2, 'error: --backend is `wsam`, expected cpu, wasm, webgpu or node'],
    ['a.obj --path fast', 2, 'error: --path is `fast`, expected ops, loops, wasm, webgpu, xla or graph'],
    ['a.obj --rounds 0', 2, 'error: --rounds is `0`, expected 1 at least'],
    ['a.obj --group-size some', 2, 'error: --group-size is `some`, expected a whole number'],
    ['a.obj --kept 0', 2, 'error: --kept is `0`, expected a share above 0, up to 1'],
    ['a.obj --kept 1.5', 2, 'error: --kept is `1.5`'],
    ['a.obj --rtol much', 2, 'error: --rtol is `much`, expected a number such as 1e-6'],
    ['a.obj --seed -1', 2, 'error: --seed is `-1`, expected a whole number'],
    ['a.obj --format yaml', 2, 'error: --format is `yaml`, expected text or json'],
    [
      'a.obj --set beta=1',
      2,
      'error: --set beta: no objective here has a parameter `beta`\n  = hint: they have `tau`',
    ],
    ['a.obj --set tau=-1', 2, 'error: `tau` is -1, expected a value in (0, inf)'],
    ['none.obj', 2, 'error: there is no none.obj'],
    ['pair.obj', 2, 'error: pair.obj holds 2 objectives: `first`, `second`'],
    ['wrong.obj', 1, 'error[E0201]'],
    [
      'pairs.obj --group-size 3 --shape 6,4 --backend cpu',
      2,
      'error: pairs at [6, 4]: the batch breaks `assume ',
    ],
  ])('bench %s', async (line, code, said) => {
    const { veriloss } = terminal(files);
    const result = await veriloss(`bench ${line}`);
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toContain(said);
  });
});

/** `veriloss eval`: results, batches that do not fit, parameters, and the generated code on backends. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../sources.js';
import { ACTOR_CRITIC, MINI, PAIR, runIn, terminal, transcript, WRONG } from './terminal.js';

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
const json = (more: object = {}): string => JSON.stringify({ ...BATCH, ...more });
const FILES = { 'a.obj': MINI, 'b.json': json() };

test('transcript', async () => {
  const files = { 'a.obj': MINI, 'b.json': json(), 'c.jsonl': `${json()}\n\n${json({ reward: [1, 1] })}\n` };
  const lines = [
    'eval a.obj --batch b.json',
    'eval a.obj --batch b.json --format text',
    'eval a.obj --batch c.jsonl --set tau=3',
  ];
  await expect(await transcript(files, lines)).toMatchFileSnapshot('transcripts/eval.txt');
});

const AC_BATCH = {
  group: [7, 2],
  mask: [
    [1, 1],
    [1, 0],
  ],
  logp: [
    [-1, -2],
    [-0.5, 9],
  ],
  value: [
    [1, 2],
    [0, 9],
  ],
  target: [
    [2, 2],
    [-1, 9],
  ],
  weight: [0.25, 0.5],
  task: [4, 16777217],
};

test('transcript of several losses', async () => {
  const batch = (more: object = {}): string => JSON.stringify({ ...AC_BATCH, ...more });
  const files = {
    'ac.obj': ACTOR_CRITIC,
    'b.json': batch(),
    'half.json': batch({ task: [4.5, 3] }),
    'large.json': batch({ task: [4, 4294967296] }),
    'broken.json': batch({ task: [4, -1] }),
  };
  const lines = [
    'eval ac.obj --batch b.json',
    'eval ac.obj --batch b.json --format text',
    'eval ac.obj --batch b.json --backend cpu --format text',
    'eval ac.obj --batch b.json --set eps=0.6',
    'eval ac.obj --batch b.json --set eps=0.6 --set cap=0.5',
    'eval ac.obj --batch b.json --set cap=0.3',
    'eval ac.obj --batch b.json --set cap=0.3 --backend cpu',
    'eval ac.obj --batch half.json',
    'eval ac.obj --batch half.json --backend cpu',
    'eval ac.obj --batch large.json --format text',
    'eval ac.obj --batch large.json --backend cpu',
    'check ac.obj --batch broken.json',
    'check ac.obj --batch b.json --set cap=0.3',
  ];
  await expect(await transcript(files, lines)).toMatchFileSnapshot('transcripts/eval-several.txt');
});

test('the loss, the gradient and the metrics', async () => {
  const { veriloss } = terminal(FILES);
  const { code, stdout, stderr } = await veriloss('eval a.obj --batch b.json --set tau=3');
  expect([code, stderr]).toEqual([0, '']);
  const { objective, loss, grad, metrics } = JSON.parse(stdout) as Record<string, unknown>;
  expect([objective, loss, metrics]).toEqual(['mini', 3, { accuracy: 0.5 }]);
  expect(grad).toEqual({
    logp: [
      [-1, -1],
      [-0, 0],
    ],
  });
});

describe('batches', () => {
  test('standard input is one batch, or one per line', async () => {
    const { veriloss } = terminal(FILES);
    const one = await veriloss('eval a.obj --batch -', { stdin: json() });
    expect(one.stdout).toBe((await veriloss('eval a.obj --batch b.json')).stdout);
    const pretty = await veriloss('eval a.obj --batch -', { stdin: JSON.stringify(BATCH, null, 2) });
    expect(pretty.stdout).toBe(one.stdout);
    const two = await veriloss('eval a.obj --batch -', { stdin: `${json()}\n${json()}\n` });
    expect(
      two.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([JSON.parse(one.stdout), JSON.parse(one.stdout)]);
  });

  test('numbers that JSON does not have are in quotes, in results too', async () => {
    const { veriloss } = terminal({
      ...FILES,
      'n.json': json({
        logp: [
          ['NaN', -2],
          [-3, null],
        ],
      }),
    });
    expect((await veriloss('eval a.obj --batch n.json')).stdout).toContain('"loss": "NaN"');
  });

  test('without groups, all rollouts are one, and a note says so', async () => {
    const { veriloss } = terminal({ ...FILES, 'g.json': json({ group: undefined }) });
    const { code, stderr } = await veriloss('eval a.obj --batch g.json');
    expect(stderr).toBe('note: g.json: the batch has no `group`: its rollouts are taken as one group (2)\n');
    expect(code).toBe(0);
  });

  test.each([
    ['{"group": [0}', 'error: x.json:1:13: expected `,` or `]`, found `}`'],
    ['[1]', 'error: x.json:1:1: a batch is an object'],
    [json({ reward: undefined }), 'error: x.json: `reward` is missing'],
    [json({ reward: undefined, rewrad: [1, 0] }), 'hint: rename `rewrad` to `reward`'],
    [json({ reward: [1, 0.5] }), 'error: x.json: `reward[1]` is 0.5, expected a value in {0, 1}'],
    [json({ reward: [1] }), 'error: x.json: `reward` has 1 entries, expected 2'],
    [json({ mask: undefined }), 'error: x.json: `mask` is missing'],
  ])('%s', async (content, message) => {
    const { veriloss } = terminal({ ...FILES, 'x.json': content });
    const { code, stdout, stderr } = await veriloss('eval a.obj --batch x.json');
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });

  test.each([
    [`${json()}\n{"group": 0,}\n`, 'error: x.jsonl:2:13: '],
    [`${json()}\n\n${json({ reward: [3, 0] })}\n`, 'error: x.jsonl:3: `reward[0]` is 3'],
    ['\n', 'error: x.jsonl holds no batch'],
  ])('of several lines, the wrong one is named', async (content, message) => {
    const { veriloss } = terminal({ ...FILES, 'x.jsonl': content });
    const { code, stdout, stderr } = await veriloss('eval a.obj --batch x.jsonl');
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});

test.each([
  ['eval a.obj', 2, 'option `--batch <batch>` is missing'],
  ['eval a.obj --batch bb.json', 2, 'did you mean `b.json`?'],
  ['eval - --batch -', 2, 'cannot both come from standard input'],
  ['eval a.obj --batch b.json --set tau', 2, 'expected NAME=VALUE'],
  ['eval a.obj --batch b.json --set tau=high', 2, '--set tau is `high`, expected a number'],
  ['eval a.obj --batch b.json --set tau=1 --set tau=2', 2, '--set gives `tau` twice'],
  ['eval a.obj --batch b.json --set tau=0', 2, 'error: `tau` is 0, expected a value in (0, inf)'],
  ['eval a.obj --batch b.json --set tua=1', 2, 'the objective has no parameter `tua`'],
  ['eval a.obj --batch b.json --backend gpu', 2, 'expected reference, cpu, wasm, webgpu or node'],
  ['eval pair.obj --batch b.json', 2, 'pair.obj holds 2 objectives: `first`, `second`'],
  ['eval pair.obj --batch b.json --objective frist', 2, 'pair.obj has no objective `frist`'],
  ['eval wrong.obj --batch b.json', 1, 'error[E0201]'],
])('`%s`', async (line, expected, message) => {
  const { veriloss } = terminal({ ...FILES, 'pair.obj': PAIR, 'wrong.obj': WRONG });
  const { code, stdout, stderr } = await veriloss(line);
  expect(stderr).toContain(message);
  expect([code, stdout]).toEqual([expected, '']);
});

describe('backends', () => {
  const golden = JSON.parse(readFileSync(join(ROOT, 'test/recorded/real.json'), 'utf8')) as {
    readonly cases: readonly { readonly batch: object }[];
  };
  interface Result {
    readonly loss: number;
    readonly grad: { readonly logp: readonly (readonly number[])[] };
    readonly metrics: Readonly<Record<string, number>>;
  }

  test.each(['cpu', 'wasm'])('%s agrees with the reference', async (backend) => {
    const lines = golden.cases.map(({ batch }) => JSON.stringify(batch)).join('\n');
    const argv = ['eval', 'objectives/real.obj', '--batch', '-'];
    const results = async (more: readonly string[]): Promise<readonly Result[]> => {
      const { code, stdout, stderr } = await runIn(ROOT, [...argv, ...more], { stdin: lines });
      expect([code, stderr]).toEqual([0, '']);
      return stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Result);
    };
    const expected = await results([]);
    const found = await results(['--backend', backend]);
    expect(found.length).toBe(golden.cases.length);
    for (const [at, one] of expected.entries()) {
      expect(found[at]?.loss).toBeCloseTo(one.loss, 5);
      expect(Object.keys(found[at]?.metrics ?? {})).toEqual(Object.keys(one.metrics));
      for (const [row, values] of one.grad.logp.entries())
        for (const [position, value] of values.entries())
          expect(found[at]?.grad.logp[row]?.[position]).toBeCloseTo(value, 5);
    }
  });

  test('a batch that does not fit is refused in the same words', async () => {
    const { veriloss } = terminal({ ...FILES, 'x.json': json({ reward: [1, 2] }) });
    const reference = await veriloss('eval a.obj --batch x.json');
    expect(await veriloss('eval a.obj --batch x.json --backend cpu')).toEqual(reference);
  });
});

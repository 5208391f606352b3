/** `veriloss conform`: results that agree, differ, are missing or are none, in every format. */
import { describe, expect, test } from 'vitest';
import { MINI, terminal, transcript, WRONG, type Terminal } from './terminal.js';

type Results = Record<string, { loss?: unknown; grad?: Record<string, unknown>; metrics?: unknown }>;

/** A folder with vectors of `mini` and right results for them, changed as asked. */
async function prepared(change: (results: Results) => void = () => {}): Promise<Terminal> {
  const place = terminal({ 'a.obj': MINI, 'wrong.obj': WRONG });
  const { stdout } = await place.veriloss('vectors a.obj');
  await place.veriloss('vectors a.obj -o out');
  place.write('all.json', stdout);
  const { vectors } = JSON.parse(stdout) as {
    vectors: readonly { name: string; loss: unknown; grad: object; metrics: unknown }[];
  };
  const results = Object.fromEntries(
    vectors.map(({ name, loss, grad, metrics }) => [name, { loss, grad, metrics }]),
  ) as Results;
  change(results);
  place.write('r.json', JSON.stringify(results));
  return place;
}
const logpOf = (results: Results, name: string): number[][] => results[name]?.grad?.['logp'] as number[][];

test('right results conform, whichever way the vectors come', async () => {
  const { veriloss, read } = await prepared();
  for (const from of [
    '',
    ' --vectors out',
    ' --vectors all.json',
    ' --seed 1',
    ' --rtol 1e-12',
    ' --rtol 0 --atol 0',
  ])
    expect(await veriloss(`conform a.obj --against r.json${from}`)).toMatchObject({ code: 0, stderr: '' });
  const piped = await veriloss('conform a.obj --against -', { stdin: read('r.json') });
  expect(piped.stdout).toMatch(/^✓ mini: \d+ vectors within 0\.000001\n$/);
});

/** What is done to the results, and what is said of it. */
const FAULTS: readonly (readonly [string, (results: Results) => void, string])[] = [
  [
    'a loss',
    (all) => void (all['typical-1'] = { ...all['typical-1'], loss: 3 }),
    '✗ typical-1: `loss` is 3, expected ',
  ],
  [
    'an entry',
    (all) => {
      const row = logpOf(all, 'typical-2')[1];
      if (row) row[0] = 9;
    },
    '✗ typical-2: `grad.logp[1][0]` is 9, expected ',
  ],
  [
    'no result',
    (all) => {
      delete all['typical-3'];
    },
    '✗ typical-3: there is no result',
  ],
  [
    'no loss',
    (all) => {
      delete all['typical-1']?.loss;
    },
    '✗ typical-1: `loss` is missing, expected ',
  ],
  [
    'no gradient',
    (all) => {
      delete all['typical-1']?.grad;
    },
    '✗ typical-1: `grad` is missing, expected an object with logp',
  ],
  [
    'no input',
    (all) => void (all['typical-1'] = { ...all['typical-1'], grad: {} }),
    '✗ typical-1: `grad.logp` is missing, expected a list of 8',
  ],
  [
    'too few rows',
    (all) => void logpOf(all, 'typical-1').pop(),
    '✗ typical-1: `grad.logp` is a list of 7, expected a list of 8',
  ],
  [
    'a short row',
    (all) => void logpOf(all, 'typical-1')[2]?.pop(),
    '✗ typical-1: `grad.logp[2]` is a list of 5, expected a list of 6',
  ],
  [
    'a number for a list',
    (all) => void (all['typical-1'] = { ...all['typical-1'], grad: { logp: 1 } }),
    '✗ typical-1: `grad.logp` is a number, expected a list of 8',
  ],
  [
    'NaN',
    (all) => void (all['typical-1'] = { ...all['typical-1'], loss: 'NaN' }),
    '✗ typical-1: `loss` is NaN, expected ',
  ],
  [
    'infinity',
    (all) => void (all['typical-1'] = { ...all['typical-1'], loss: '-inf' }),
    '✗ typical-1: `loss` is -inf, expected ',
  ],
  [
    'a metric',
    (all) => void (all['typical-1'] = { ...all['typical-1'], metrics: { accuracy: 7 } }),
    '✗ typical-1: `metrics.accuracy` is 7, expected ',
  ],
];

test.each(FAULTS)('%s: said with its place', async (_, change, said) => {
  const { veriloss } = await prepared(change);
  const { code, stdout } = await veriloss('conform a.obj --against r.json --vectors out');
  expect(code).toBe(1);
  expect(stdout).toContain(said);
  expect(stdout).toMatch(/✗ mini: 1 of \d+ vectors differs, the first is typical-\d/);
});

describe('formats', () => {
  const doubled = (all: Results): void => {
    for (const one of Object.values(all)) {
      one.loss = 2 * Number(one.loss);
      one.grad = { logp: (one.grad?.['logp'] as number[][]).map((row) => row.map((value) => 2 * value)) };
    }
  };
  test.each(['text', 'json', 'junit'])('%s', async (format) => {
    const { veriloss } = await prepared(doubled);
    const { code, stdout, stderr } = await veriloss(
      `conform a.obj --against r.json --vectors out --format ${format}`,
    );
    expect([code, stderr]).toEqual([1, '']);
    await expect(stdout).toMatchFileSnapshot(`transcripts/conform-${format}.txt`);
  });
});

test('a name that no vector has is told, and what is meant', async () => {
  const { veriloss } = await prepared((all) => void (all['typicl-1'] = { loss: 1 }));
  const { code, stderr } = await veriloss('conform a.obj --against r.json');
  expect([code, stderr]).toEqual([0, 'note: no vector is called `typicl-1`; there is `typical-1`\n']);
});

describe('vectors of another version', () => {
  const conform = async (place: Terminal, file = 'out'): Promise<string> => {
    const { code, stderr, stdout } = await place.veriloss(`conform a.obj --against r.json --vectors ${file}`);
    expect([code, stdout]).toEqual([2, '']);
    return stderr;
  };

  test('of the objective', async () => {
    const place = await prepared();
    place.write('a.obj', MINI.replace('-tau * reward', '-tau * reward * 2'));
    for (const file of ['out', 'all.json'])
      expect(await conform(place, file)).toContain(
        'holds vectors of another version of `mini`\n  = hint: write them anew',
      );
  });

  test('not where only its wording changed', async () => {
    const place = await prepared();
    place.write('a.obj', `# Another comment.\n${MINI}`);
    expect((await place.veriloss('conform a.obj --against r.json --vectors out')).code).toBe(0);
  });

  test('of one file among them', async () => {
    const place = await prepared();
    place.write('out/typical-2.json', place.read('out/typical-2.json').replace(/sha256:\w/, 'sha256:x'));
    expect(await conform(place)).toContain('out/typical-2.json is of another version of `mini`');
  });

  test('of numbers that were changed by hand', async () => {
    const place = await prepared();
    place.write('out/typical-2.json', place.read('out/typical-2.json').replace(/"loss": [^,]+/, '"loss": 7'));
    expect(await conform(place)).toContain(
      'out/typical-2.json has other numbers than `mini` gives on its batch',
    );
  });

  test('of another objective, or none', async () => {
    const place = await prepared();
    place.write('b.obj', MINI.replace('mini', 'other'));
    const other = await place.veriloss('conform b.obj --against r.json --vectors out');
    expect(other.stderr).toContain('holds vectors of `mini`, expected `other`');
    place.write('none.json', '{}');
    expect(await conform(place, 'none.json')).toContain('none.json holds no test vectors');
    expect(await conform(place, 'missing')).toContain('there is no missing');
    place.write('out/typical-1.json', '{"name": 3}');
    expect(await conform(place)).toContain('`vector.name` is 3, expected a text');
  });
});

test('wrong usage', async () => {
  const files = {
    'a.obj': MINI,
    'wrong.obj': WRONG,
    'list.json': '[1]',
    'cut.json': '{"typical-1": {"loss": 1',
    'none.json': '{"other": {"loss": 1}}',
    'text.json': '{"typical-1": {"loss": "much"}}',
    'bare.json': '{"typical-1": {"loss": NaN}}',
    'flat.json': '{"typical-1": 3}',
    'null.json': '{"typical-1": {"loss": 1, "grad": {"logp": [[null]]}}}',
  };
  const lines = [
    'conform a.obj',
    'conform a.obj --against missing.json',
    ...['list', 'cut', 'none', 'text', 'bare', 'flat', 'null'].map(
      (name) => `conform a.obj --against ${name}.json`,
    ),
    'conform wrong.obj --against none.json',
    'conform a.obj --against none.json --rtol few',
    'conform a.obj --against none.json --rtol -1',
    'conform a.obj --against none.json --format xml',
    'conform a.obj --against none.json --vectors out --seed 2',
    'conform a.obj --against none.json --vectors out --set tau=1',
    'conform a.obj --against none.json --set tau=-1',
    'conform - --against -',
  ];
  await expect(await transcript(files, lines)).toMatchFileSnapshot('transcripts/conform.txt');
});

/** Test vectors: every objective has them, they keep its contract, and they are the same each time. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkBatch } from '../../src/evaluation.js';
import { vectorFiles, vectorsJson } from '../../src/report/vectors-json.js';
import { fingerprintOf, testVectors, type Vector, type VectorSet } from '../../src/vectors.js';
import { FAMILIES } from '../../src/vectors/families/index.js';
import { leavesOf } from '../../src/vectors/tree.js';
import { ACTOR_CRITIC, groupOf, maskOf, objectiveText, programOf } from '../conform/implementations.js';
import { ROOT } from '../sources.js';

async function setOf(text: string, seed?: number, params = {}): Promise<VectorSet> {
  const set = await testVectors(programOf(text), { ...(seed === undefined ? {} : { seed }), params });
  if ('problem' in set) throw new Error(set.problem.message);
  return set;
}
const named = ({ vectors }: VectorSet, name: string): Vector => {
  const found = vectors.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no vector ${name}`);
  return found;
};
const numbers = (of: unknown): readonly number[] => leavesOf(of as Vector['loss']);

/** The numbers of an input, those behind the mask of a token input left out. */
function unmasked({ batch }: Vector, name: string): readonly number[] {
  const value = batch[name];
  if (typeof value !== 'object' || !value.some((row) => typeof row === 'object')) return numbers(value);
  const counts = maskOf({ batch }).flat();
  return numbers(value).filter((_, at) => counts[at] === 1);
}

const NAMES = readdirSync(join(ROOT, 'objectives'))
  .filter((name) => name.endsWith('.obj'))
  .map((name) => name.replace(/\.obj$/, ''));

describe.each(NAMES)('%s', (name) => {
  const text = objectiveText(name);
  let known: Promise<VectorSet> | undefined;
  /** Made once for all that is asked of it. */
  const own = (): Promise<VectorSet> => (known ??= setOf(text));

  test('has vectors of every family, or says why not', async () => {
    const { vectors, gaps } = await own();
    const met = new Set([...vectors, ...gaps].map(({ family }) => family));
    expect(FAMILIES.map((family) => family.name).filter((family) => !met.has(family))).toEqual([]);
    expect(gaps.filter(({ name: one, why }) => one !== undefined && !why.includes('assume'))).toEqual([]);
    expect(vectors.length).toBeGreaterThan(20);
    expect(vectors.filter(({ name: one }) => !/^[\w-]+$/.test(one))).toEqual([]);
    expect(new Set(vectors.map(({ name: one }) => one)).size).toBe(vectors.length);
  });

  test('they keep the contract, and are finite except where exponentials overflow', async () => {
    const program = programOf(text);
    const { vectors } = await own();
    for (const vector of vectors) {
      expect(checkBatch(program, vector.batch, vector.params)).toHaveProperty('notes');
      const { loss, grad } = vector;
      const isFinite = [...numbers(loss), ...numbers(grad)].every(Number.isFinite);
      expect(isFinite || vector.family === 'extreme', vector.name).toBe(true);
      for (const { name: input } of program.inputs.filter((one) => /logp$/.test(one.name)))
        expect(
          Math.max(-Infinity, ...unmasked(vector, input)),
          `${vector.name} ${input}`,
        ).toBeLessThanOrEqual(0);
    }
    expect(vectors.some(({ grad }) => numbers(grad).some((value) => value !== 0))).toBe(true);
  });

  test('what is masked changes no bit of the results', async () => {
    const set = await own();
    const variants = set.vectors.filter(({ sameAs }) => sameAs !== undefined);
    const hasTokens = programOf(text).inputs.some(({ level }) => level === 'token');
    expect(variants.length).toBe(hasTokens ? 5 : 0);
    for (const { sameAs = '', loss, grad, metrics } of variants) {
      const base = named(set, sameAs);
      expect({ loss, grad, metrics }).toEqual({ loss: base.loss, grad: base.grad, metrics: base.metrics });
    }
  });

  test('another order of the rollouts gives the same loss, and the gradient in that order', async () => {
    const set = await own();
    const second = named(set, 'order-2');
    const first = named(set, 'order-1');
    const rows = second.reorders?.rows ?? [];
    const close = (found: unknown, wanted: unknown): void => {
      numbers(found).forEach((value, at) => {
        expect(value).toBeCloseTo(numbers(wanted)[at] ?? NaN, 10);
      });
    };
    close(second.loss, first.loss);
    for (const { name: input, level } of programOf(text).inputs.filter(({ role }) => role === 'model')) {
      const [there, here] = [first, second].map(
        ({ grad }) => (grad as Record<string, number[]>)[input] ?? [],
      );
      const isOfRow = level === 'rollout' || level === 'token';
      close(here, isOfRow ? rows.map((row) => there?.[row] ?? NaN) : there);
    }
    expect([...rows].sort()).not.toEqual(rows);
  });
});

describe('files', () => {
  const files = async (seed?: number): Promise<ReturnType<typeof vectorFiles>> =>
    vectorFiles(await setOf(objectiveText('real'), seed), programOf(objectiveText('real')));

  test('the same seed gives the same bytes, another seed others', async () => {
    expect(await files()).toEqual(await files(1));
    const [first, second] = [await files(1), await files(2)];
    expect(second.map(({ path }) => path)).toEqual(first.map(({ path }) => path));
    expect(second.filter(({ text }, at) => text === first[at]?.text).map(({ path }) => path)).toEqual([]);
  });

  test('every number reads back as the same double', async () => {
    const set = await setOf(objectiveText('grpo'));
    const document = JSON.parse(vectorsJson(set, programOf(objectiveText('grpo')))) as {
      readonly vectors: readonly Vector[];
    };
    const quoted = (of: unknown): readonly unknown[] =>
      typeof of === 'object' && of !== null ? Object.values(of).flatMap(quoted) : [of];
    document.vectors.forEach(({ batch, loss, grad }, at) => {
      const vector = set.vectors[at];
      const wanted = [vector?.batch, vector?.loss, vector?.grad].flatMap(numbers);
      const read = [batch, loss, grad]
        .flatMap(quoted)
        .map((one) => (typeof one === 'string' ? textual(one) : one));
      expect(read).toEqual(wanted);
    });
  });
  const textual = (text: string): number => Number(text.replace('inf', 'Infinity'));
});

describe('the fingerprint', () => {
  const of = async (text: string): Promise<string> => fingerprintOf(programOf(text));
  const TEXT =
    'objective a {\n  param c in (0, 9) = 2\n  model logp : token\n  let x = c * logp\n  minimize mean[token in batch](x)\n}';
  test.each([
    ['a comment', TEXT.replace('let', '# here\n  let')],
    ['white space', TEXT.replaceAll('\n', '\n\n ')],
    ['the name of a let', TEXT.replace('let x', 'let y').replace('(x)', '(y)')],
    ['a let that is put in', TEXT.replace('  let x = c * logp\n', '').replace('(x)', '(c * logp)')],
  ])('is not changed by %s', async (_, text) => {
    expect(await of(text)).toBe(await of(TEXT));
  });
  test.each([
    ['a constant', TEXT.replace('c * logp', 'c * logp * 2')],
    ['a level', TEXT.replace('mean[token in batch](x)', 'mean[rollout in batch](mean[token](x))')],
    ['a domain', TEXT.replace('(0, 9)', '(0, 9]')],
    ['a default', TEXT.replace('= 2', '= 3')],
    ['the direction', TEXT.replace('minimize', 'maximize')],
    ['a condition', TEXT.replace('[token in batch](x)', '[token in batch where logp < 0](x)')],
    ['a metric', TEXT.replace('}', '  metric m = mean[token in batch](logp)\n}')],
  ])('is changed by %s', async (_, text) => {
    expect(await of(text)).not.toBe(await of(TEXT));
  });
});

describe('other inputs than everyone’s', () => {
  const program = (items: string): string => `objective other {\n${items}\n}`;

  test('no value per token: no mask, and the families about tokens say so', async () => {
    const set = await setOf(
      program(
        'model q : rollout\n data label : rollout in {0, 1}\n data size : group in (0, inf)\n data t : batch in [0, 1]\n minimize mean[rollout in batch](size * t * softplus(if label == 1 then -q else q))',
      ),
    );
    expect(set.gaps.map(({ family }) => family)).toEqual([
      'on-policy',
      'off-policy',
      'lengths',
      'masked',
      'parameters',
    ]);
    const vector = named(set, 'ragged');
    expect(vector.batch['mask']).toBeUndefined();
    expect(numbers(vector.batch['size']).length).toBe(new Set(groupOf(vector)).size);
    expect(numbers(named(set, 'boundary-t').batch['t'])).toEqual([0]);
    expect(new Set(numbers(named(set, 'one-right').batch['label']))).toEqual(new Set([0, 1]));
    expect(Math.max(...numbers(named(set, 'extreme-100').batch['q']).map(Math.abs))).toBeGreaterThan(98);
  });

  test('domains are kept, with every member of a set and every closed end', async () => {
    const set = await setOf(
      program(
        'model logp : token\n data grade : rollout in {-1, 0, 2}\n data turn : rollout in integer [3, 5]\n data w : token in [0.5, 1)\n minimize mean[token in batch](w * grade * turn * logp)',
      ),
    );
    const all = (name: string): readonly number[] =>
      [...new Set(set.vectors.flatMap(({ batch }) => numbers(batch[name])))].sort((a, b) => a - b);
    expect([all('grade'), all('turn')]).toEqual([
      [-1, 0, 2],
      [3, 4, 5],
    ]);
    expect(new Set(numbers(named(set, 'boundary-grade').batch['grade']))).toEqual(new Set([-1, 0, 2]));
    expect(numbers(named(set, 'boundary-w').batch['w'])).toContain(0.5);
  });

  test('assumptions are kept, by drawing again', async () => {
    const text = program(
      'model logp : token\n data reward : rollout\n assume any[rollout](reward == 1)\n minimize mean[token in batch](-reward * logp)',
    );
    const set = await setOf(text);
    const right = set.vectors.every((vector) =>
      [...new Set(groupOf(vector))].every((id) =>
        groupOf(vector).some((one, row) => one === id && numbers(vector.batch['reward'])[row] === 1),
      ),
    );
    expect([set.vectors.length > 20, right]).toEqual([true, true]);
    expect(set.gaps.find(({ name }) => name === 'all-wrong')?.why).toMatch(
      /^none of 50 batches keeps the contract: the batch breaks `assume any/,
    );
  });

  test('groups have the size that assumptions demand, and the vectors that cannot be say so', async () => {
    const set = await setOf(
      program(
        'model logp : token\n data chosen : rollout in {0, 1}\n assume count[rollout where chosen == 1] == 1 and count[rollout where chosen == 0] == 1\n minimize mean[rollout in batch](if chosen == 1 then -mean[token](logp) else mean[token](logp))',
      ),
    );
    const size = (vector: Vector): number => groupOf(vector).length / new Set(groupOf(vector)).size;
    expect([...new Set(set.vectors.map(size))]).toEqual([2]);
    expect(named(set, 'order-2').reorders?.rows.length).toBe(8);
    expect(set.gaps.map(({ name, family }) => name ?? family)).toEqual([
      'on-policy',
      'off-policy',
      'all-right',
      'all-wrong',
      'one-right',
      'one-wrong',
      'some-mixed',
      'groups-of-one',
      'single-rollout',
      'boundary-chosen',
      'parameters',
    ]);
  });

  test('what no batch can keep is left out, and nothing else is said to be there', async () => {
    const { vectors, gaps } = await setOf(
      program(
        'model logp : token\n data w : rollout in (0, 1)\n assume w > 2\n minimize mean[token in batch](w * logp)',
      ),
    );
    expect(vectors).toEqual([]);
    expect(gaps.filter(({ why }) => why.includes('assume w > 2')).length).toBeGreaterThan(20);
  });

  test('a parameter without default is drawn, one that is given stays', async () => {
    const text = program(
      'param c in (2, 3)\n param d in {1, 4} = 1\n model logp : token\n minimize mean[token in batch](c * d * logp)',
    );
    const drawn = named(await setOf(text), 'typical-1').params;
    expect(drawn['c']).toBeGreaterThan(2);
    expect(drawn['c']).toBeLessThan(3);
    const set = await setOf(text, 1, { c: 2.5 });
    expect([...new Set(set.vectors.map(({ params }) => params['c']))]).toEqual([2.5]);
    expect([...new Set(set.vectors.map(({ params }) => params['d']))].sort()).toEqual([1, 4]);
  });

  test('several losses: loss and gradient by name of optimizer', async () => {
    const set = await setOf(ACTOR_CRITIC);
    const { loss, grad, tolerance } = named(set, 'typical-1');
    expect(Object.keys(loss)).toEqual(['actor', 'critic']);
    expect(Object.keys(grad)).toEqual(['actor', 'critic']);
    expect(numbers(grad).some((value) => value !== 0)).toBe(true);
    expect(tolerance.float32).toBeDefined();
    expect(set.vectors.filter(({ family }) => family === 'kinks').length).toBeGreaterThan(2);
    expect(vectorsJson(set, programOf(ACTOR_CRITIC))).toContain('"actor"');
  });

  test('tags are whole numbers, a few of them, and only compared', async () => {
    const set = await setOf(
      program(
        'model logp : token\n tag source : rollout\n minimize mean[token in batch](if source == 1 then -logp else 0)',
      ),
    );
    const met = [...new Set(set.vectors.flatMap(({ batch }) => numbers(batch['source'])))];
    expect([met.every(Number.isInteger), met.length > 2]).toEqual([true, true]);
  });

  test('domains whose ends are parameters are kept as those move', async () => {
    const text = program(
      'param low in (0, 1) = 0.25\n param high in [low, inf) = 0.5\n model logp : token\n data w : rollout in [-high, high]\n minimize mean[token in batch](w * clip(logp, -high, -low))',
    );
    const { vectors, gaps } = await setOf(text);
    for (const { batch, params } of vectors)
      expect(Math.max(...numbers(batch['w']).map(Math.abs))).toBeLessThanOrEqual(params['high'] ?? NaN);
    expect(vectors.map(({ name }) => name)).toContain('parameter-high-2');
    expect(numbers(vectors.find(({ name }) => name === 'boundary-w')?.batch['w'])).toContain(-0.5);
    expect(gaps.filter(({ name }) => name !== undefined)).toEqual([]);
  });

  test('a parameter that does not fit is a problem', async () => {
    const text = program('param c in (2, 3)\n model logp : token\n minimize mean[token in batch](c * logp)');
    const outcome = await testVectors(programOf(text), { params: { c: 7 } });
    expect(outcome).toMatchObject({ problem: { message: '`c` is 7, expected a value in (2, 3)' } });
  });
});

describe('kinks', () => {
  test('both sides of a clip are met, close by', async () => {
    const set = await setOf(
      'objective k {\n model q : rollout\n data weight : rollout in (0, 1)\n minimize mean[rollout in batch](weight * clip(q, -1, 1.5))\n}',
    );
    for (const [name, bound] of [
      ['kink-1', -1],
      ['kink-2', 1.5],
    ] as const) {
      const near = numbers(named(set, name).batch['q']).filter((value) => Math.abs(value - bound) < 1e-3);
      expect([near.some((value) => value > bound), near.some((value) => value < bound)]).toEqual([
        true,
        true,
      ]);
    }
  });

  test('ties are exact: all rollouts of a group attain the extreme', async () => {
    const set = await setOf(
      'objective k {\n model logp : token\n data old_logp : token\n minimize mean[group in batch](max[rollout](mean[token](logp - old_logp)))\n}',
    );
    const { batch, grad } = named(set, 'ties');
    const rows = (batch['logp'] as readonly (readonly number[])[]).slice(0, 3);
    expect(rows[1]).toEqual(rows[0]);
    const grads = (grad as { logp: number[][] }).logp.map((row) => row.some((value) => value !== 0));
    expect(grads).toEqual([true, false, false, true, false, false]);
  });
});

test('recommended tolerances hold single precision', async () => {
  const { vectors } = await setOf(objectiveText('dapo'));
  expect(vectors.filter(({ tolerance }) => tolerance.float32 === undefined).map(({ name }) => name)).toEqual([
    'extreme-100',
  ]);
  for (const { tolerance } of vectors) expect(tolerance.float64.rtol).toBe(1e-9);
});

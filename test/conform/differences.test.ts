/** Wrong implementations are recognised: one at least for every known difference, and nothing else is named. */
import { describe, expect, test } from 'vitest';
import { conformance } from '../../src/conform.js';
import { DIFFERENCES } from '../../src/conform/differences/index.js';
import {
  ACTOR_CRITIC,
  edited,
  given,
  objectiveText,
  programOf,
  resultsOf,
  scaled,
  vectorsOf,
} from './implementations.js';
import { WRONG } from './wrong.js';

describe('a wrong implementation is recognised', () => {
  test.each(WRONG.map((one, at) => [`${one.difference} in ${one.objective} (${at})`, one] as const))(
    '%s',
    async (_, { difference, objective, edits, numbers, params = {}, also = [] }) => {
      const text = objectiveText(objective);
      const program = programOf(text);
      const vectors = await vectorsOf(program, params);
      const other = edits === undefined ? undefined : programOf(edited(text, edits));
      const results = resultsOf(vectors, (vector) =>
        other === undefined ? (numbers?.(program, vector) ?? {}) : given(other, vector),
      );
      const { conforms, diagnosis } = conformance(program, vectors, results, { rtol: 1e-9 });
      expect(conforms).toBe(false);
      const names = diagnosis?.explanations.map(({ parts }) =>
        parts.map((part) => part.difference.name).join('+'),
      );
      expect([...new Set(names)].sort()).toEqual([difference, ...also].sort());
    },
  );

  test('every known difference is among them', () => {
    const met = new Set(WRONG.map(({ difference }) => difference));
    expect(DIFFERENCES.map(({ name }) => name).filter((name) => !met.has(name))).toEqual([]);
  });
});

/** Small, so that pairs are soon tried. */
const SMALL = `objective small {
  model logp : token
  data reward : rollout
  let advantage = (reward - mean[rollout](reward)) / (std[rollout](reward) + 1e-6)
  minimize mean[rollout in batch](mean[token](-advantage * logp))
}`;

describe('what one difference does not explain', () => {
  const found = async (text: string): Promise<ReturnType<typeof conformance>> => {
    const program = programOf(SMALL);
    const vectors = await vectorsOf(program);
    const other = programOf(text);
    return conformance(
      program,
      vectors,
      resultsOf(vectors, (vector) => given(other, vector)),
    );
  };

  test('two together may', async () => {
    const text = edited(SMALL, [
      ['std[', 'pstd['],
      ['mean[rollout in batch](mean[token](-advantage * logp))', 'mean[token in batch](-advantage * logp)'],
    ]);
    const names = (await found(text)).diagnosis?.explanations.map(({ parts }) =>
      parts.map(({ difference }) => difference.name).join(' + '),
    );
    expect(names).toEqual(['token-mean + std-ddof']);
  });

  test('otherwise nothing is named', async () => {
    const { diagnosis } = await found(edited(SMALL, [['* logp', '* sigmoid(logp)']]));
    expect(diagnosis?.explanations).toEqual([]);
    expect(diagnosis?.nearest).toBeUndefined();
  });

  test('the nearest is told where it accounts for most of what differs', async () => {
    const program = programOf(SMALL);
    const vectors = await vectorsOf(program);
    const results = resultsOf(vectors, (vector) =>
      scaled(given(program, vector), vector.name === 'typical-1' ? 5 : -1),
    );
    const { diagnosis } = conformance(program, vectors, results);
    expect(diagnosis?.explanations).toEqual([]);
    expect(diagnosis?.nearest?.parts.map(({ difference }) => difference.name)).toEqual(['sign']);
  });
});

test('of several losses, each is compared and all are rewritten', async () => {
  const program = programOf(ACTOR_CRITIC);
  const vectors = await vectorsOf(program);
  const other = programOf(
    ACTOR_CRITIC.replaceAll('mean[rollout in batch](mean[token](', '(mean[token in batch]('),
  );
  const wrong = conformance(
    program,
    vectors,
    resultsOf(vectors, (vector) => given(other, vector)),
  );
  expect(wrong.diagnosis?.explanations.map(({ parts }) => parts[0]?.difference.name)).toEqual(['token-mean']);
  expect(wrong.verdicts[0]?.comparison?.wrong[0]?.path).toEqual(['actor']);
  const right = resultsOf(vectors, (vector) => given(program, vector));
  expect(conformance(program, vectors, right).conforms).toBe(true);
});

describe('right results', () => {
  test.each(['grpo', 'real', 'cispo', 'gspo_token'])('of %s agree', async (name) => {
    const program = programOf(objectiveText(name));
    const vectors = await vectorsOf(program);
    const results = resultsOf(vectors, (vector) => given(program, vector));
    const { conforms, diagnosis } = conformance(program, vectors, results, { rtol: 1e-12 });
    expect([conforms, diagnosis]).toEqual([true, undefined]);
  });

  test.each(['grpo', 'real', 'cispo', 'gspo_token'])(
    'of %s in single precision agree within 1e-4',
    async (name) => {
      const program = programOf(objectiveText(name));
      const vectors = await vectorsOf(program);
      const results = resultsOf(vectors, (vector) => given(program, vector, Math.fround));
      expect(
        conformance(program, vectors, results, { rtol: 1e-4 }).verdicts.filter(
          ({ status }) => status === 'differs',
        ),
      ).toEqual([]);
      const { conforms, diagnosis } = conformance(program, vectors, results, { rtol: 1e-9 });
      expect(conforms).toBe(false);
      expect(diagnosis?.explanations.map(({ parts }) => parts[0]?.difference.name)).toEqual([
        'single-precision',
      ]);
    },
  );
});

/** Convexity by the derivative: a function is continuous up to the last value that its variable has, and there, too. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

const textOf = (e: string, domain: string): string => `objective chords {
  model x : token in ${domain}
  let e = ${e}
  minimize mean[token in batch](x)
  verify : e is convex in x
}
`;
const x = (copy: number): unknown => ['var', `x.${String(copy)}`];
const minus = (a: unknown, b: unknown): unknown => ['+', a, ['*', '-1', b]];
const absurd = { rule: 'absurd' };
/** That one value comes before another says that it is not the last one. */
const forged = (term: unknown, given: readonly unknown[]): unknown => ({
  format: 1,
  prover: '0',
  objective: 'chords',
  claim: 0,
  status: 'proved',
  view: { opaque: [], families: [], rests: [], splits: [], unknowns: [], lifts: [] },
  obligations: [
    {
      kind: 'continuous',
      what: 'continuous',
      given,
      term,
      variable: 'x.1',
      joined: [absurd],
      defined: [],
    },
    {
      kind: 'holds',
      what: 'derivative',
      sequent: { variables: [{ name: 'x.1' }, { name: 'x.2' }], given: [], goal: true },
      proof: absurd,
    },
  ],
  example: {
    params: {},
    batch: { group: [0], mask: [[1]], x: [[0]] },
    second: { params: {}, batch: { group: [0], mask: [[1]], x: [[1]] } },
  },
});
const answer = (text: string, certificate: unknown): unknown =>
  recheck({ text, name: 'chords.obj', certificate });

describe('a function that falls at the last value of all', () => {
  const text = textOf('if x >= 5 then -100 else 0', '(-inf, 5]');
  const term = ['if', ['>=', minus(x(1), '5')], '-100', '0'];

  test.each([
    [
      'by the order of two values',
      [
        ['>', minus(x(2), x(1))],
        ['>=', minus('5', x(2))],
      ],
    ],
    ['by what follows from it', [['>', minus('5', x(1))]]],
  ])('is not convex %s', (_, given) => {
    expect(answer(text, forged(term, given))).toMatchObject({ where: 'obligations[0].given[0]' });
  });
  test('nor as another term', () => {
    const certificate = forged('0', []) as { obligations: { joined: unknown[] }[] };
    certificate.obligations[0]?.joined.pop();
    expect(answer(text, certificate)).toMatchObject({ where: 'obligations[0].term' });
  });
});

test.each([
  ['if x >= 5 then -100 else 0', '(-inf, 5]', 'refuted'],
  ['if x < 5 then 0 else -100', '(-inf, 5]', 'refuted'],
  ['if x <= 0 then -1 else x', '[0, inf)', 'refuted'],
  ['if x > 5 then -100 else 0', '(-inf, 5]', 'proved'],
  ['if x >= 5 then -100 else 0', '(-inf, 5)', 'proved'],
  ['if x >= 3 then 2 * x - 6 else 0', '(-inf, 5]', 'proved'],
] as const)('%s for x in %s: %s', (e, domain, expected) => {
  const text = textOf(e, domain);
  const { program } = analyze(text).units[0] ?? expect.fail('no objective');
  const { status, certificate, witness } = verifyClaim(program, 0, budgetOf(500_000));
  expect(status).toBe(expected);
  const plain = JSON.parse(
    JSON.stringify({ certificate: certificate && certificateJson(certificate), witness }),
  ) as { certificate: unknown; witness?: unknown };
  expect(recheck({ text, name: 'chords.obj', ...plain })).toEqual({ accepted: true });
});

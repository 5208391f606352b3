/** Witnesses along a line, made by hand: a let takes the values that its inputs permit, and a quantile is a term where the order is. */
import { describe, expect, test } from 'vitest';
import { recheck } from '../../src/recheck.js';

const TEXT = `objective lines {
  param share in [0, 1] = 0.5
  model logp : token
  data old_logp : token
  data weight : token
  let ratio  = exp(logp - old_logp)
  let two    = if logp > 0 then 1 else -1
  let middle = quantile[token in batch](weight, share)
  minimize mean[token in batch](ratio)
  refute : middle * logp is bounded in logp
  refute : logp - quantile[token in batch](logp, share) is bounded in logp
  refute : sigmoid(exp(logp)) * exp(logp) is bounded in logp
  refute : (if ratio > 0 then ratio + 1 else 0) tends to 0 as ratio -> 0
  refute : (if two > 0 then 1 else 0) is continuous in two
}
`;
const TERM = ['var', 'x'];
const tends = (what: string, variable: string, toward: object, value: unknown): object => ({
  kind: 'tends',
  what,
  given: [],
  term: TERM,
  variable,
  toward,
  value,
  proof: { rule: 'limit' },
});

interface Made {
  readonly claim: number;
  readonly points: readonly object[];
  readonly obligations: readonly object[];
  readonly share?: number;
}
const isAccepted = ({ claim, points, obligations, share = 0.5 }: Made, text = TEXT): boolean =>
  recheck({
    text,
    name: 'lines.obj',
    certificate: { format: 1, prover: '0', objective: 'lines', claim, status: 'refuted', obligations },
    witness: {
      params: { share },
      element: { level: 'token', group: 0, rollout: 0, token: 0 },
      points,
    },
  }).accepted;

/** One rollout; what is varied is that of its first token. */
const batch = (logp: readonly number[], weight: readonly number[]): object => ({
  group: [0],
  mask: [logp.map(() => 1)],
  logp: [logp],
  old_logp: [logp.map(() => 0)],
  weight: [weight],
});
const GROWTH = [tends('unbounded', 'logp', { at: 'inf' }, 'inf')];
const growing = (claim: number, weight: readonly number[], share = 0.5): Made => ({
  claim,
  share,
  obligations: GROWTH,
  points: [1e4, 1e7, 1e10].map((x) => {
    const others = weight.slice(1).map(() => 0);
    return { batch: batch([x, ...others], weight), variable: { name: 'logp', value: x } };
  }),
});

describe('a quantile along a line', () => {
  test('lies between members whose order is the same all along', () => {
    expect(isAccepted(growing(0, [1, 5, 2]))).toBe(true);
    expect(isAccepted(growing(0, [0, 5, 1], 0.25))).toBe(true);
    expect(isAccepted(growing(0, [-1, 1, 2], 0.375))).toBe(true);
  });
  test('is 0 where it is', () => {
    expect(isAccepted(growing(0, [0, 5, -1]))).toBe(false);
    expect(isAccepted(growing(0, [-1, 1, 2], 0.25))).toBe(false);
    expect(isAccepted(growing(0, [3, 0], 0))).toBe(false);
  });
  test('of one member is that one, of two whose order turns it is no term', () => {
    expect(isAccepted(growing(1, [0]))).toBe(false);
    expect(isAccepted(growing(1, [0, 0]))).toBe(false);
  });
});

describe('what is too large for a double', () => {
  const made = (...at: readonly number[]): Made => ({
    ...growing(2, [0]),
    points: at.map((x) => ({ batch: batch([x], [0]), variable: { name: 'logp', value: x } })),
  });
  test('is known by its logarithm, and no better', () => {
    expect(isAccepted(made(7, 14, 21))).toBe(true);
    expect(isAccepted(made(6.9, 14, 21))).toBe(false);
    expect(isAccepted(made(7, 14, 20.7))).toBe(false);
  });
});

describe('values that inputs permit', () => {
  const points = [-9, -4].map((logp) => ({
    batch: batch([logp], [0]),
    variable: { name: 'ratio', value: Math.exp(logp) },
  }));
  const limit = (toward: object, value: unknown): Made => ({
    claim: 3,
    points,
    obligations: [tends('limit', 'ratio', toward, value)],
  });
  test('a limit is on the side on which they are', () => {
    expect(isAccepted(limit({ at: '0', side: 'above' }, '1'))).toBe(true);
    expect(isAccepted(limit({ at: '0', side: 'below' }, '0'))).toBe(false);
    expect(isAccepted(limit({ at: '0', side: 'both' }, '1'))).toBe(false);
  });
  test('nor is one that is approached where they end', () => {
    const text = TEXT.replace('model logp : token', 'model logp : token in [0, inf)').replace(
      'data old_logp : token',
      'data old_logp : token in (-inf, 0]',
    );
    expect(isAccepted(limit({ at: '0', side: 'above' }, '1'), text)).toBe(false);
  });
  test('a jump between two values, with none between them', () => {
    const sides = [
      ['from below', 'below', '0'],
      ['from above', 'above', '1'],
    ] as const;
    const obligations = sides.map(([what, side, value]) => tends(what, 'two', { at: '0', side }, value));
    const ends = [-1, 1].map((x) => ({ batch: batch([x], [0]), variable: { name: 'two', value: x } }));
    expect(isAccepted({ claim: 4, points: ends, obligations })).toBe(false);
  });
});

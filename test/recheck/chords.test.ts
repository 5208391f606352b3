/** A function that is under its chord, by its tangent at the middle of three points: as it is right, and as somebody forged it. */
import { describe, expect, test } from 'vitest';
import { checkSequent, type Outcome } from '../../src/recheck/sequent.js';

type Json = readonly unknown[] | string;
const V = (name: string): Json => ['var', name];
const [x, y, w] = [V('x'), V('y'), V('w')];
const plus = (...terms: readonly Json[]): Json => ['+', ...terms];
const times = (...factors: readonly Json[]): Json => ['*', ...factors];
const minus = (a: Json, b: Json): Json => plus(a, times('-1', b));
const power = (of: Json, to: string): Json => ['^', of, to];
const literal = (op: '>' | '>=', term: Json): Json => [op, term];
const absurd = { rule: 'absurd' };

/** What is said to be convex, with its derivative. */
interface Curve {
  readonly f: (at: Json) => Json;
  readonly slope: (at: Json) => Json;
}
const SQUARE: Curve = { f: (at) => power(at, '2'), slope: (at) => times('2', at) };
const CUBE: Curve = { f: (at) => power(at, '3'), slope: (at) => times('3', power(at, '2')) };
/** Convex, but not plainly so. */
const FOURTH: Curve = { f: (at) => power(at, '4'), slope: (at) => times('4', power(at, '3')) };

interface Parts {
  readonly curve: Curve;
  readonly given: readonly Json[];
  /** Where the tangent is. */
  readonly at: Json;
  readonly variable: string;
  readonly signs: readonly [string, string];
  /** What stands before what is above the tangent at the low point, and at the high one. */
  readonly gaps: readonly [Json, Json];
}
const RIGHT: Parts = {
  curve: SQUARE,
  given: [literal('>', minus(y, x)), literal('>', minus(w, y))],
  at: y,
  variable: 't',
  signs: ['<=', '>='],
  gaps: [minus(w, y), minus(y, x)],
};

function outcome(change: Partial<Parts>): Outcome {
  const { curve, given, at, variable, signs, gaps } = { ...RIGHT, ...change };
  const chord = minus(
    plus(times(minus(w, y), curve.f(x)), times(minus(y, x), curve.f(w))),
    times(minus(w, x), curve.f(y)),
  );
  const sequent = {
    variables: ['x', 'y', 'w'].map((name) => ({ name })),
    given,
    goal: literal('>=', chord),
  };
  const beyond = (point: Json): Json => minus(curve.f(point), times(curve.slope(at), point));
  const step = (which: 0 | 1, from: Json, to: Json, then: unknown): unknown => ({
    rule: 'mean-value',
    along: { variable, f: beyond(V(variable)), defined: [], joined: [], slope: absurd },
    from,
    to,
    sign: signs[which],
    then,
  });
  const facts = (...all: readonly Json[]): unknown => ({ times: '1', of: all.map((fact) => ({ fact })) });
  const contradiction = {
    rule: 'contradiction',
    sum: [
      facts(literal('>', times('-1', chord))),
      facts(literal('>', gaps[0]), literal('>=', minus(beyond(x), beyond(y)))),
      facts(literal('>', gaps[1]), literal('>=', minus(beyond(w), beyond(y)))),
    ],
  };
  return checkSequent(sequent, step(0, x, y, step(1, y, w, contradiction)));
}

test('a square is', () => {
  expect(outcome({})).toEqual({ accepted: true });
});

describe('refused', () => {
  test.each<readonly [string, Partial<Parts>]>([
    ['a cube', { curve: CUBE }],
    ['the other way round', { signs: ['>=', '<='] }],
    ['rising on both sides', { signs: ['>=', '>='] }],
    ['the tangent somewhere else', { at: x }],
    ['gaps exchanged', { gaps: [minus(y, x), minus(w, y)] }],
    [
      'a middle one that may be beyond the high one',
      { given: [literal('>', minus(y, x)), literal('>', minus(w, x))] },
    ],
    ['points in no order', { given: [] }],
    ['a variable that is there already', { variable: 'x' }],
    ['a slope that nobody shows', { curve: FOURTH }],
  ])('%s', (_, change) => {
    expect(outcome(change)).toMatchObject({ accepted: false });
  });
});

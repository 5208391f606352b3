/** Certificates and witnesses that somebody made up for claims of which the opposite is true: all are refused. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { emptyContext } from '../../src/recheck/context.js';
import { checkDerivation } from '../../src/recheck/derivation.js';
import { outcomeOf } from '../../src/recheck/sequent.js';
import { text } from '../../src/recheck/rational.js';
import { readObjective } from '../../src/recheck/reading/objective.js';
import { ownPlace } from '../../src/recheck/reading/place.js';
import { readerFor } from '../../src/recheck/reading/reader.js';
import { partsOf, statementOf } from '../../src/recheck/reading/statement.js';
import { isTruth } from '../../src/recheck/reading/tree.js';
import { readView } from '../../src/recheck/reading/view.js';
import { readTerm, type Condition, type Term } from '../../src/recheck/term.js';
import { recheck } from '../../src/recheck.js';

const withClaim = (claim: string, loss: string): string => `objective small {
  model logp      : token
  data  old_logp  : token
  data  advantage : token in (0, inf)
  let s     = logp - old_logp
  let ratio = exp(s)
  let cost  = -advantage * ratio
  minimize mean[token in batch](${loss})
  ${claim}
}
`;
const BATCH = { group: [0], mask: [[1]], logp: [[-1]], old_logp: [[-1]], advantage: [[1]] };
/** A witness whose points set what is varied over its own value. */
const overridden = (name: string, ...values: readonly number[]): unknown => ({
  params: {},
  element: { level: 'token', group: 0, rollout: 0, token: 0 },
  points: values.map((value) => ({ batch: BATCH, variable: { name, value }, readings: [] })),
  overridden: true,
});
const refuted = (...obligations: readonly unknown[]): unknown => ({
  format: 1,
  prover: '0',
  objective: 'small',
  claim: 0,
  status: 'refuted',
  obligations,
});
function outcome(claim: string, certificate: unknown, witness: unknown, loss = 'cost'): unknown {
  const source = withClaim(claim, loss);
  expect(analyze(source).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return recheck({ text: source, name: 'small.obj', certificate, witness });
}
const REFUSED = { accepted: false, reason: expect.any(String), where: expect.any(String) };

/** A term as certificates write it. */
function json(term: Term | Condition): unknown {
  switch (term.op) {
    case 'number':
      return text(term.value);
    case 'boolean':
      return term.value;
    case 'pi':
      return ['pi'];
    case 'variable':
      return ['var', term.name];
    case 'flag':
      return ['flag', term.name];
    case 'sum':
      return term.of.length > 1 ? ['+', ...term.of.map(json)] : ['+', '0', ...term.of.map(json)];
    case 'product':
      return ['*', '1', ...term.of.map(json)];
    case 'and':
    case 'or':
      return [term.op, ...term.of.map(json)];
    case 'power':
      return ['^', json(term.base), text(term.exponent)];
    case 'select':
      return ['if', json(term.if), json(term.then), json(term.else)];
    default:
      return [term.op, json(term.x)];
  }
}

describe('no value that inputs do not permit', () => {
  test.each([
    ['refute : ratio * ratio is nondecreasing in ratio', [-2, -1]],
    ['refute : inf(ratio, ratio) == 0', [-2]],
    ['refute : abs(ratio) is convex in ratio', [-3, -2, 0]],
    ['refute : abs(ratio) is constant in ratio', [-2, -1]],
    ['refute : ratio * ratio is lipschitz in ratio by 1', [-3, -2]],
    ['refute : max(ratio, 0) is nowhere zero in ratio', [-2, -1]],
  ] as const)('%s', (claim, values) => {
    expect(outcome(claim, refuted(), overridden('ratio', ...values))).toEqual(REFUSED);
  });
});

describe('what may have a value is not without one, and the other way round', () => {
  const at = (logp: number): unknown => ({
    params: {},
    element: { level: 'token', group: 0, rollout: 0, token: 0 },
    points: [{ batch: { ...BATCH, logp: [[logp]], old_logp: [[0]] }, readings: [] }],
  });
  /** 1, but no enclosure says so. */
  const one = 'exp(s) * exp(-s)';
  test.each([
    ['a branch that is not taken', `verify : (if ${one} >= 1 then 0 else 1 / (s - s)) <= 1`],
    ['a largest one', `verify : max[token where ${one} < 1](1 / (s - s), anchor: 0) <= 1`],
    ['a denominator that is 0', `refute : 1 / (${one} - 1) - 1 / (${one} - 1) > 5`],
    ['a condition without a value', `refute : (if 1 / (s - s) > 0 then 1 else 2) > 3`],
  ])('%s', (_, claim) => {
    expect(outcome(claim, refuted(), at(0.3))).toEqual(REFUSED);
  });
  test('a loss that is not defined', () => {
    expect(outcome('refute : s > 5', refuted(), at(0.3), `1 / (${one} - 1)`)).toEqual(REFUSED);
    expect(outcome('refute : s > 5', refuted(), at(0.3))).toEqual({ accepted: true });
  });
  test('a rollout without tokens', () => {
    const source = ofGroups('verify : count[token] >= 1');
    const point = { batch: EXAMPLE.batch, readings: [] };
    const witness = { params: {}, element: { level: 'rollout', group: 0, rollout: 0 }, points: [point] };
    const certificate = { ...(refuted() as object), objective: 'grouped' };
    expect(recheck({ text: source, name: 'grouped.obj', certificate, witness })).toEqual(REFUSED);
  });
});

/** Claims of one rollout among others; what they read of the others moves with the own score. */
const ofGroups = (claim: string): string => `objective grouped {
  model z     : rollout
  data  old   : rollout
  let s      = z - old
  let middle = quantile[rollout](s, 0.5)
  let share  = exp(s) / sum[rollout](exp(s))
  let excess = sum[rollout](relu(share - 0.1))
  let jumps  = if middle >= 0 then 1 else 0
  let breaks = if excess > 0.5 then 1 else 0
  let bends  = sum[rollout](square(share - 0.5))
  minimize mean[rollout in batch](z)
  ${claim}
}
`;
/** The checker's own reading of what a claim speaks of, in a view, as JSON. */
function readingOf(source: string, view: unknown, copies = 1): unknown {
  const objective = readObjective(source, 'grouped.obj', undefined, 'grouped');
  const [claim] = objective.claims;
  if (claim === undefined) throw new Error('no claim');
  const { statement, level, varied } = statementOf(claim);
  const reader = readerFor(objective, readView(view, 'view'), ownPlace(level), varied, copies);
  const [part] = partsOf(statement);
  if (part === undefined || isTruth(part)) throw new Error('no number');
  return json(reader.term(part, reader.own, 1));
}
const SECOND = { batch: { group: [0, 0], z: [-0.5, -2], old: [-1, -1] }, params: {} };
const EXAMPLE = { batch: { group: [0, 0], z: [-1, -2], old: [-1, -1] }, params: {}, second: SECOND };
const NO_VIEW = { opaque: ['s'], families: [], rests: [], lifts: [] };
const proved = (view: unknown, bound: unknown, ...obligations: readonly unknown[]): unknown => ({
  format: 1,
  prover: '0',
  objective: 'grouped',
  claim: 0,
  status: 'proved',
  view,
  example: EXAMPLE,
  obligations,
  ...(bound === undefined ? {} : { bound }),
});

describe('what moves with the variable is not fixed', () => {
  const absurd = { rule: 'absurd' };
  test.each([
    ['a value of which nothing is known, in a condition', 'jumps is continuous', 'claim', 1],
    ['a sum that the view has no name for, in a condition', 'breaks is continuous', 'claim', 1],
    ['such a sum, of two copies', 'breaks is convex', 'continuous', 2],
  ])('%s', (_, claim, what, copies) => {
    const source = ofGroups(`verify : ${claim} in s`);
    const term = readingOf(source, NO_VIEW, copies);
    const variable = copies === 1 ? 's' : 's.1';
    const obligation = { kind: 'continuous', what, given: [], term, variable, joined: [] };
    const certificate = proved(NO_VIEW, undefined, obligation);
    const found = recheck({ text: source, name: 'grouped.obj', certificate });
    expect(found).toEqual({ ...REFUSED, reason: expect.stringContaining('moves with the variable') });
  });
  test('a bound in the variable is none over what moves with it', () => {
    const source = ofGroups('verify : middle is bounded in s');
    const bound = [
      'if',
      ['>=', readingOf(source, NO_VIEW)],
      readingOf(source, NO_VIEW),
      ['*', '-1', readingOf(source, NO_VIEW)],
    ];
    const side = (sign: string): unknown => ({
      kind: 'holds',
      what: 'claim',
      sequent: {
        variables: [],
        given: [],
        goal: ['>=', ['+', bound, ['*', sign, readingOf(source, NO_VIEW)]]],
      },
      proof: { rule: 'cases', on: ['>=', readingOf(source, NO_VIEW)], then: absurd, else: absurd },
    });
    const certificate = proved(NO_VIEW, bound, side('-1'), side('1'));
    expect(recheck({ text: source, name: 'grouped.obj', certificate })).toEqual({
      ...REFUSED,
      where: 'bound',
    });
  });
});

describe('a name of a view means one thing', () => {
  test('a sum is not called like the number of members of a family', () => {
    const source = ofGroups('verify : sum[rollout](s) >= s');
    const family = { set: 'f1', from: 'rollout', to: 'group', where: true, ownInside: true };
    const rest = { family: 'f1', reduce: 'sum', body: ['var', 'f1.s'] };
    const view = {
      opaque: ['s'],
      families: [
        { ...family, name: 'f1' },
        { ...family, name: 'f1:1' },
      ],
      rests: [{ ...rest, name: 'f1:1:count' }],
      lifts: [],
    };
    const goal = ['>=', ['var', 'f1:1:count']];
    const obligation = {
      kind: 'holds',
      what: 'claim',
      sequent: { variables: [{ name: 'f1:1:count' }], given: [goal], goal },
      proof: { rule: 'absurd' },
    };
    const found = recheck({
      text: source,
      name: 'grouped.obj',
      certificate: proved(view, undefined, obligation),
    });
    expect(found).toEqual({ ...REFUSED, where: 'view' });
  });
});

describe('a name that a proof gives is none of the statement', () => {
  /** That s tends to a number on one side of a point, the point being what the proof says. */
  const side = (what: 'below' | 'above', at: unknown, value: string, proof: unknown): unknown => ({
    kind: 'tends',
    what: `from ${what}`,
    given: [],
    term: ['var', 'z'],
    variable: 'z',
    toward: { at, side: what },
    value,
    proof,
  });
  const named = (term: string): unknown => ({ rule: 'define', name: 'u', term, then: { rule: 'limit' } });
  const witness = overridden('s', 0, 1);
  test('the two sides of a jump are of one point', () => {
    const certificate = refuted(
      side('below', ['var', 'u'], '0', named('0')),
      side('above', ['var', 'u'], '5', named('5')),
    );
    expect(outcome('refute : s is continuous in s', certificate, witness)).toEqual(REFUSED);
  });
  test.each([
    ['the point', { at: readTerm(['var', 'u'], ''), side: 'below' } as const, '3'],
    ['the value', { at: readTerm('3', ''), side: 'below' } as const, ['var', 'u']],
  ])('of a limit: %s', (_, toward, value) => {
    const goal = {
      kind: 'tends',
      term: readTerm(['var', 'x'], ''),
      variable: 'x',
      toward,
      value: readTerm(value, ''),
      approach: [],
    } as const;
    const found = outcomeOf(() => {
      checkDerivation(named('3'), emptyContext([], ['x']), goal, 'proof');
    });
    expect(found).toEqual({ accepted: false, reason: 'u is not new', where: 'proof.name' });
  });
});

describe('where there is nobody, a sum is nothing; where others are missing, it is not', () => {
  const family = (name: string, where: unknown): unknown => ({
    name,
    set: 'f1',
    from: 'rollout',
    to: 'group',
    where,
    ownInside: true,
  });
  const rest = { name: 'f1:sum1', family: 'f1', reduce: 'sum', body: ['var', 'f1.z'] };
  const view = {
    ...NO_VIEW,
    families: [family('f1', true), family('f1:1', ['>', ['var', 'f1.old']])],
    rests: [rest],
  };
  const reading = (counted: string): string => {
    const sum = `sum[others](if count[${counted}] > 0 then z else 1)`;
    return JSON.stringify(readingOf(ofGroups(`verify : ${sum} >= 0`), view));
  };
  test('the count of all is not 0 where one of them is read', () => {
    expect(reading('others')).toContain('f1:sum1');
    expect(reading('others')).not.toContain('"if"');
  });
  test('the count of some may be', () => {
    expect(reading('rollout where old > 0')).toContain('["if",[">",');
  });
});

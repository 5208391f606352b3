/** Derivations of what is false, or with a premise missing: each is refused, with the place where it goes wrong. */
import { describe, expect, test } from 'vitest';
import { checkSequent } from '../../src/recheck/sequent.js';

const V = (name: string): unknown => ['var', name];
const neg = (x: unknown): unknown => ['*', '-1', x];
const minus = (x: unknown, y: unknown): unknown => ['+', x, neg(y)];
const [x, a, b, t] = [V('x'), V('a'), V('b'), V('t')];
const absurd = { rule: 'absurd' };
const real = (...names: readonly string[]): readonly unknown[] => names.map((name) => ({ name }));
const lemma = (name: string, ...terms: readonly unknown[]): unknown => ({
  rule: 'lemma',
  lemma: name,
  terms,
  then: absurd,
});
const along = (f: unknown, parts: object = {}): object => ({
  variable: 't',
  f,
  defined: [],
  joined: [],
  slope: absurd,
  ...parts,
});
const meanValue = (f: unknown, parts: object = {}, more: object = {}): unknown => ({
  rule: 'mean-value',
  along: along(f, parts),
  from: a,
  to: b,
  sign: '>',
  then: absurd,
  ...more,
});
const sum = (...parts: readonly (readonly [string, ...unknown[]])[]): unknown => ({
  rule: 'contradiction',
  sum: parts.map(([times, ...of]) => ({ times, of })),
});
const ordered = [['>', minus(b, a)]];

/** What is claimed, how it is argued, and what the checker says to that. */
const WRONG: readonly (readonly [string, readonly unknown[], unknown, unknown, RegExp])[] = [
  ['nothing known', [], ['>', x], absurd, /contradicts itself/],
  ['x/x is 1 wherever x is', [], ['==', minus(['*', x, ['^', x, '-1']], '1')], absurd, /contradicts/],
  [
    'x^0.5 squared is x wherever x is',
    [],
    ['==', minus(['^', ['^', x, '1/2'], '2'], x)],
    absurd,
    /contradicts/,
  ],
  [
    'the root of a square is the number',
    [['!=', x]],
    ['==', minus(['^', ['^', x, '2'], '1/2'], x)],
    absurd,
    /contradicts/,
  ],
  [
    'the logarithm of a square',
    [['!=', x]],
    ['==', minus(['log', ['^', x, '2']], ['*', '2', ['log', x]])],
    absurd,
    /contradicts/,
  ],
  [
    'log of a product of negative numbers',
    [['>', ['*', a, b]]],
    ['==', minus(['log', ['*', a, b]], ['+', ['log', a], ['log', b]])],
    absurd,
    /contradicts/,
  ],
  ['exp of a logarithm of anything', [], ['==', minus(['exp', ['log', x]], x)], absurd, /contradicts/],
  [
    '1/(xy) is 1/x·1/y',
    [],
    ['==', minus(['^', ['*', a, b], '-1'], ['*', ['^', a, '-1'], ['^', b, '-1']])],
    absurd,
    /contradicts/,
  ],
  [
    'exponents over what may be 0',
    [],
    [
      '==',
      minus(
        ['*', ['exp', x], ['exp', ['*', x, ['^', a, '-1']]]],
        ['exp', ['*', ['+', a, '1'], x, ['^', a, '-1']]],
      ),
    ],
    absurd,
    /contradicts/,
  ],
  [
    'exponents over another denominator',
    [
      ['!=', a],
      ['!=', b],
    ],
    [
      '==',
      minus(
        ['*', ['exp', x], ['exp', ['*', x, ['^', a, '-1']]]],
        ['exp', ['*', ['+', a, '1'], x, ['^', b, '-1']]],
      ),
    ],
    absurd,
    /contradicts/,
  ],
  ['0/0 is 0', [], ['==', ['*', '2', ['^', '0', '-1']]], absurd, /contradicts/],
  [
    'a difference of squares is positive',
    [],
    ['>', minus(['^', a, '2'], ['^', b, '2'])],
    absurd,
    /contradicts/,
  ],
  [
    'a fact that nobody gave',
    [],
    ['>', x],
    sum(['1', { fact: ['>', x] }], ['1', { fact: ['>=', neg(x)] }]),
    /does not give/,
  ],
  [
    'a weak fact taken for a strict one',
    [['>=', x]],
    ['>', x],
    sum(['1', { fact: ['>', x] }], ['1', { fact: ['>=', neg(x)] }]),
    /does not give/,
  ],
  [
    'no strict summand',
    [['>=', x]],
    ['>', x],
    sum(['1', { fact: ['>=', x] }], ['1', { fact: ['>=', neg(x)] }]),
    /no summand is positive/,
  ],
  ['a negative multiple', [['>', x]], ['>', a], sum(['-1', { fact: ['>', x] }]), /positive number of times/],
  ['a sum that is not 0', [['>', x]], ['>', a], sum(['1', { fact: ['>', x] }]), /not 0 in normal form/],
  [
    'an equality used as a fact',
    [['==', x]],
    ['>', a],
    sum(['1', { fact: ['==', x] }]),
    /literal with >= or >/,
  ],
  [
    'a zero that is none',
    [['>=', x]],
    ['>', a],
    sum(['1', { zero: ['==', x], times: '1' }]),
    /that this is 0/,
  ],
  [
    'the tangent touches at 0',
    [],
    ['>', minus(['exp', x], ['+', '1', x])],
    lemma('exp-tangent-strict', x),
    /premise/,
  ],
  [
    'an even Taylor polynomial left of 0',
    [],
    ['>=', minus(['exp', x], ['+', '1', x, ['*', '1/2', ['^', x, '2']]])],
    lemma('exp-taylor', x, '2'),
    /premise/,
  ],
  ['a Taylor polynomial of negative degree', [], ['>', x], lemma('exp-taylor', x, '-1'), /degree/],
  ['a Taylor polynomial of half degree', [], ['>', x], lemma('exp-taylor', x, '1/2'), /degree/],
  [
    'an order that nobody gave',
    [],
    ['>', minus(['exp', b], ['exp', a])],
    lemma('exp-increasing', a, b),
    /which of the two/,
  ],
  [
    'a logarithm of what may be negative',
    ordered,
    ['>', minus(['log', b], ['log', a])],
    lemma('log-increasing', a, b),
    /premise/,
  ],
  ['a root of what may be negative', [], ['>=', ['^', x, '1/2']], lemma('root', x, '1/2'), /premise/],
  ['a root with a negative exponent', [['>', x]], ['>', a], lemma('root', x, '-1/2'), /exponent of a root/],
  ['no whole number', [['>', x]], ['>=', minus(x, '1')], lemma('integer-gap', x), /whole numbers/],
  [
    'half a whole number',
    [['>', V('n')]],
    ['>=', minus(V('n'), '2')],
    lemma('integer-gap', ['*', '1/2', V('n')]),
    /whole numbers/,
  ],
  ['a lemma that there is not', [], ['>', x], lemma('exp-convex', x), /expected "exp-taylor"/],
  ['too few terms', [], ['>', x], lemma('exp-increasing', x), /is of 2 terms/],
  [
    'a name that is taken',
    [['>', x]],
    ['>', a],
    { rule: 'define', name: 'x', term: '-1', then: absurd },
    /not new/,
  ],
  [
    'a whole number defined as a half',
    [],
    ['>', a],
    { rule: 'define', name: 'n', term: '1/2', then: absurd },
    /not new/,
  ],
  [
    'a name defined by itself',
    [],
    ['>', a],
    { rule: 'define', name: 'u', term: ['+', V('u'), '1'], then: absurd },
    /mentions it/,
  ],
  [
    '1/x rises across 0',
    ordered,
    ['>', minus(neg(['^', b, '-1']), neg(['^', a, '-1']))],
    meanValue(neg(['^', t, '-1']), { defined: [absurd], slope: sum(['1']) }),
    /contradicts itself/,
  ],
  [
    'a derivation of definedness left out',
    ordered,
    ['>', minus(neg(['^', b, '-1']), neg(['^', a, '-1']))],
    meanValue(neg(['^', t, '-1'])),
    /expected 1 derivations, found 0/,
  ],
  [
    'a jump',
    ordered,
    ['>', minus(['if', ['>=', b], b, ['+', b, '1']], ['if', ['>=', a], a, ['+', a, '1']])],
    meanValue(['if', ['>=', t], t, ['+', t, '1']], {
      joined: [absurd],
      slope: { rule: 'cases', on: ['>=', t], then: absurd, else: absurd },
    }),
    /contradicts itself/,
  ],
  [
    'a joint left out',
    ordered,
    ['>', minus(a, b)],
    meanValue(['if', ['>=', t], t, ['+', t, '1']]),
    /expected 1 derivations, found 0/,
  ],
  [
    'a slope of the wrong sign',
    ordered,
    ['>', minus(['exp', neg(b)], ['exp', neg(a)])],
    meanValue(['exp', neg(t)]),
    /contradicts itself/,
  ],
  ['points out of order', [], ['>', minus(['exp', b], ['exp', a])], meanValue(['exp', t]), /comes before/],
  [
    'a strict rise between points that may be one',
    [['>=', minus(b, a)]],
    ['>', minus(['exp', b], ['exp', a])],
    meanValue(['exp', t]),
    /comes before/,
  ],
  ['an end that moves', [['>', minus(t, a)]], ['>', a], meanValue(['exp', t], {}, { to: t }), /mentions t/],
  [
    'a variable that is a whole number',
    ordered,
    ['>', a],
    meanValue(['exp', V('n')], { variable: 'n' }),
    /not new/,
  ],
  [
    'a wrong limit',
    [],
    ['>', minus('2', ['exp', neg(x)])],
    {
      rule: 'limit-bound',
      along: along(neg(['exp', neg(t)])),
      from: x,
      toward: 'inf',
      value: '1',
      sign: '<',
      limit: { rule: 'limit' },
      then: absurd,
    },
    /limit is another/,
  ],
  [
    'a limit from the wrong side',
    [],
    ['>', minus('1', ['exp', neg(x)])],
    {
      rule: 'limit-bound',
      along: along(neg(['exp', neg(t)])),
      from: x,
      toward: 'inf',
      value: '0',
      sign: '>',
      limit: { rule: 'limit' },
      then: absurd,
    },
    /contradicts itself/,
  ],
  [
    'no limit at all',
    [],
    ['>', x],
    {
      rule: 'limit-bound',
      along: along(t, { slope: absurd }),
      from: x,
      toward: 'inf',
      value: '0',
      sign: '<',
      limit: { rule: 'limit' },
      then: absurd,
    },
    /limit is inf/,
  ],
  ['a limit that is no leaf of a sequent', [], ['>', x], { rule: 'limit' }, /only a `tends`/],
  ['an analytic leaf of a sequent', [], ['>', x], { rule: 'analytic', by: absurd }, /only a `nowhere zero`/],
  [
    'a box that is left out',
    [['>=', x]],
    ['>', minus('3', x)],
    { rule: 'enclosure', boxes: { split: 'x', at: '2', below: { fails: ['>=', minus(x, '3')] } } },
    /boxes.above: expected|expected an object/,
  ],
  [
    'a literal that can hold',
    [['>=', x]],
    ['>', minus('3', x)],
    { rule: 'enclosure', boxes: { fails: ['>=', minus(x, '3')] } },
    /may hold somewhere/,
  ],
  [
    'a literal that nobody gave',
    [['>=', x]],
    ['>', minus('3', x)],
    { rule: 'enclosure', boxes: { fails: ['>', neg(['exp', a])] } },
    /does not give/,
  ],
  [
    '1/x over an interval with 0',
    [
      ['>=', ['+', x, '1']],
      ['>=', minus('1', x)],
    ],
    ['>', ['+', ['^', x, '-1'], '2']],
    { rule: 'enclosure', boxes: { fails: ['>=', neg(['+', ['^', x, '-1'], '2'])] } },
    /may hold somewhere/,
  ],
  [
    'one branch left open',
    [],
    ['>=', x],
    { rule: 'cases', on: ['>=', x], then: absurd, else: absurd },
    /contradicts itself/,
  ],
  [
    'a fact that does not follow',
    [],
    ['>', x],
    { rule: 'have', fact: ['>', x], by: absurd, then: absurd },
    /contradicts itself/,
  ],
  ['no rule', [], ['>', x], { rule: 'obvious' }, /expected "cases"/],
  ['no derivation', [], ['>', x], undefined, /expected an object/],
  ['a term that is none', [['>', ['sin', x]]], ['>', x], absurd, /expected a term/],
];

describe('wrong derivations are refused', () => {
  test.each(WRONG)('%s', (_, given, goal, derivation, reason) => {
    const variables = [...real('x', 'a', 'b'), { name: 'n', integer: true }];
    const outcome = checkSequent({ variables, given, goal }, derivation);
    expect(outcome).toMatchObject({ accepted: false, reason: expect.stringMatching(reason) as unknown });
  });
});

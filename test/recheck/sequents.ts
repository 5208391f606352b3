/** Sequents with derivations, written by hand: at least one for each rule, and what each rule has to refuse. */

export interface Example {
  readonly name: string;
  readonly sequent: unknown;
  readonly derivation: unknown;
}
const V = (name: string): unknown => ['var', name];
const minus = (x: unknown, y: unknown): unknown => ['+', x, ['*', '-1', y]];
const over = (x: unknown, y: unknown): unknown => ['*', x, ['^', y, '-1']];
const real = (...names: readonly string[]): readonly unknown[] => names.map((name) => ({ name }));
const fact = (literal: unknown): unknown => ({ fact: literal });
const sum = (...sum: readonly (readonly [string, ...unknown[]])[]): unknown => ({
  rule: 'contradiction',
  sum: sum.map(([times, ...of]) => ({ times, of })),
});
const absurd = { rule: 'absurd' };
const [x, y, a, b] = [V('x'), V('y'), V('a'), V('b')];
/** 1/(1 + e^−x). */
const sigmoid = (of: unknown): unknown => ['^', ['+', '1', ['exp', ['*', '-1', of]]], '-1'];

/** Each is right; `test/recheck/rules.test.ts` checks them, and breaks them. */
export const EXAMPLES: readonly Example[] = [
  {
    name: 'a square is not negative',
    sequent: {
      variables: real('x', 'y'),
      given: [],
      goal: ['>=', ['+', ['^', x, '2'], ['*', '-2', x, y], ['^', y, '2']]],
    },
    derivation: sum(
      ['1', { square: minus(x, y) }],
      ['1', fact(['>', ['*', '-1', ['+', ['^', x, '2'], ['*', '-2', x, y], ['^', y, '2']]]])],
    ),
  },
  {
    name: 'a product of facts, and a fact that is 0',
    sequent: {
      variables: real('x', 'y', 'a'),
      given: [
        ['>', x],
        ['>', minus(y, x)],
        ['==', minus(a, ['*', x, y])],
      ],
      goal: ['>', a],
    },
    derivation: sum(
      ['1', fact(['>', x]), fact(['>', minus(y, x)])],
      ['1', { square: x }],
      ['1', fact(['>=', ['*', '-1', a]])],
      ['1', { zero: ['==', minus(a, ['*', x, y])], times: '1' }],
    ),
  },
  {
    name: 'cases on a condition inside a selection',
    sequent: { variables: real('x'), given: [], goal: ['>=', ['if', ['>=', x], x, ['*', '-1', x]]] },
    derivation: {
      rule: 'cases',
      on: ['>=', x],
      then: sum(['1', fact(['>=', x])], ['1', fact(['>', ['*', '-1', x]])]),
      else: absurd,
    },
  },
  {
    name: 'an intermediate fact',
    sequent: {
      variables: real('x', 'y'),
      given: [
        ['>', minus(x, '1')],
        ['>', minus(y, x)],
      ],
      goal: ['>', y],
    },
    derivation: {
      rule: 'have',
      fact: ['>', x],
      by: sum(['1', fact(['>', minus(x, '1')])], ['1', fact(['>=', ['*', '-1', x]])], ['1']),
      then: sum(['1', fact(['>', x])], ['1', fact(['>', minus(y, x)])], ['1', fact(['>=', ['*', '-1', y]])]),
    },
  },
  {
    name: 'the tangent of an exponential',
    sequent: { variables: real('x'), given: [['!=', x]], goal: ['>', minus(['exp', x], ['+', '1', x])] },
    derivation: { rule: 'lemma', lemma: 'exp-tangent-strict', terms: [x], then: absurd },
  },
  {
    name: 'a Taylor polynomial of even degree, right of 0',
    sequent: {
      variables: real('x'),
      given: [['>=', x]],
      goal: ['>=', minus(['exp', x], ['+', '1', x, ['*', '1/2', ['^', x, '2']]])],
    },
    derivation: { rule: 'lemma', lemma: 'exp-taylor', terms: [x, '2'], then: absurd },
  },
  {
    name: 'the logistic function rises',
    sequent: {
      variables: real('a', 'b'),
      given: [['>', minus(b, a)]],
      goal: ['>', minus(sigmoid(b), sigmoid(a))],
    },
    derivation: {
      rule: 'lemma',
      lemma: 'exp-increasing',
      terms: [
        ['*', '-1', b],
        ['*', '-1', a],
      ],
      then: sum(
        [
          '1',
          fact(['>', minus(['exp', ['*', '-1', a]], ['exp', ['*', '-1', b]])]),
          fact(['>', ['*', sigmoid(a), sigmoid(b)]]),
        ],
        ['1', fact(['>=', minus(sigmoid(a), sigmoid(b))])],
      ),
    },
  },
  {
    name: 'logarithms rise',
    sequent: {
      variables: real('a', 'b'),
      given: [
        ['>', a],
        ['>=', minus(b, a)],
      ],
      goal: ['>=', ['log', over(b, a)]],
    },
    derivation: {
      rule: 'lemma',
      lemma: 'log-increasing',
      terms: [a, b],
      then: {
        rule: 'have',
        fact: ['>', b],
        by: sum(['1', fact(['>', a])], ['1', fact(['>=', minus(b, a)])], ['1', fact(['>=', ['*', '-1', b]])]),
        then: absurd,
      },
    },
  },
  {
    name: 'a root',
    sequent: {
      variables: real('x'),
      given: [['>=', x]],
      goal: ['==', minus(['*', ['^', x, '1/2'], ['^', x, '1/2']], x)],
    },
    derivation: { rule: 'lemma', lemma: 'root', terms: [x, '1/2'], then: absurd },
  },
  {
    name: 'whole numbers above 0 are 1 at least',
    sequent: {
      variables: [{ name: 'n', integer: true }],
      given: [['>', minus(V('n'), '2')]],
      goal: ['>=', minus(V('n'), '3')],
    },
    derivation: { rule: 'lemma', lemma: 'integer-gap', terms: [minus(V('n'), '2')], then: absurd },
  },
  {
    name: 'the size of π',
    sequent: { variables: [], given: [], goal: ['>', minus(['pi'], '3')] },
    derivation: {
      rule: 'lemma',
      lemma: 'pi',
      terms: [],
      then: sum(
        ['1', fact(['>', minus(['pi'], '3.14159')])],
        ['1', fact(['>=', minus('3', ['pi'])])],
        ['0.14159'],
      ),
    },
  },
  {
    name: 'a name for a term',
    sequent: { variables: real('x'), given: [], goal: ['>=', ['*', ['exp', x], ['exp', x]]] },
    derivation: { rule: 'define', name: 'u', term: ['exp', x], then: absurd },
  },
  {
    name: 'exponents over a denominator are brought together',
    sequent: {
      variables: real('x', 'y', 'n'),
      given: [['>', minus(V('n'), '1')]],
      goal: [
        '==',
        minus(
          sigmoid(minus(x, over(minus(y, x), minus(V('n'), '1')))),
          over(
            ['exp', over(['*', V('n'), x], minus(V('n'), '1'))],
            ['+', ['exp', over(y, minus(V('n'), '1'))], ['exp', over(['*', V('n'), x], minus(V('n'), '1'))]],
          ),
        ),
      ],
    },
    derivation: absurd,
  },
  {
    name: 'e^x·e^(x/(n − 1)) is e^(n·x/(n − 1))',
    sequent: {
      variables: real('x', 'n'),
      given: [['!=', minus(V('n'), '1')]],
      goal: [
        '==',
        minus(
          ['*', ['exp', x], ['exp', over(x, minus(V('n'), '1'))]],
          ['exp', over(['*', V('n'), x], minus(V('n'), '1'))],
        ),
      ],
    },
    derivation: absurd,
  },
  {
    name: 'an exponential rises: by its derivative',
    sequent: {
      variables: real('a', 'b'),
      given: [['>', minus(b, a)]],
      goal: ['>', minus(['exp', b], ['exp', a])],
    },
    derivation: {
      rule: 'mean-value',
      along: { variable: 't', f: ['exp', V('t')], defined: [], joined: [], slope: absurd },
      from: a,
      to: b,
      sign: '>',
      then: absurd,
    },
  },
  {
    name: 'a selection that is continuous and rises on both sides',
    sequent: {
      variables: real('a', 'b'),
      given: [['>=', minus(b, a)]],
      goal: ['>=', minus(['if', ['>=', b], b, '0'], ['if', ['>=', a], a, '0'])],
    },
    derivation: {
      rule: 'mean-value',
      along: {
        variable: 't',
        f: ['if', ['>=', V('t')], V('t'), '0'],
        defined: [],
        joined: [absurd],
        slope: { rule: 'cases', on: ['>=', V('t')], then: absurd, else: absurd },
      },
      from: a,
      to: b,
      sign: '>=',
      then: absurd,
    },
  },
  {
    name: 'a logarithm between two positive points',
    sequent: {
      variables: real('a', 'b'),
      given: [
        ['>', a],
        ['>', minus(b, a)],
      ],
      goal: ['>', minus(['log', b], ['log', a])],
    },
    derivation: {
      rule: 'mean-value',
      along: {
        variable: 't',
        f: ['log', V('t')],
        defined: [
          sum(
            ['1', fact(['>', a])],
            ['1', fact(['>=', minus(V('t'), a)])],
            ['1', fact(['>=', ['*', '-1', V('t')]])],
          ),
        ],
        joined: [],
        slope: {
          rule: 'have',
          fact: ['>', V('t')],
          by: sum(
            ['1', fact(['>', a])],
            ['1', fact(['>=', minus(V('t'), a)])],
            ['1', fact(['>=', ['*', '-1', V('t')]])],
          ),
          then: absurd,
        },
      },
      from: a,
      to: b,
      sign: '>',
      then: absurd,
    },
  },
  {
    name: 'the logistic function is below its limit',
    sequent: { variables: real('x'), given: [], goal: ['>', minus('1', sigmoid(x))] },
    derivation: {
      rule: 'limit-bound',
      along: { variable: 't', f: sigmoid(V('t')), defined: [absurd], joined: [], slope: absurd },
      from: x,
      toward: 'inf',
      value: '1',
      sign: '<',
      limit: { rule: 'limit' },
      then: absurd,
    },
  },
  {
    name: 'by intervals, in two parts',
    sequent: {
      variables: real('x'),
      given: [
        ['>=', ['+', x, '1']],
        ['>=', minus('1', x)],
      ],
      goal: ['>', minus('3', ['+', ['exp', x], ['*', '-1', x]])],
    },
    derivation: {
      rule: 'enclosure',
      boxes: {
        split: 'x',
        at: '1/2',
        below: { fails: ['>=', minus(['+', ['exp', x], ['*', '-1', x]], '3')] },
        above: { fails: ['>=', minus(['+', ['exp', x], ['*', '-1', x]], '3')] },
      },
    },
  },
  {
    name: 'a disjunction all of whose members but one are false',
    sequent: {
      variables: real('x'),
      given: [
        ['or', ['>', x], ['flag', 'f']],
        ['not', ['flag', 'f']],
      ],
      goal: ['>', x],
    },
    derivation: absurd,
  },
];

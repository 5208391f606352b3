/** Limits as text: what the engine says, against values far along the way in forty digits, and what it must not say. */
import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import type { Derivation, LimitValue, Toward } from '../../../src/proof/derivation.js';
import { termText } from '../../../src/proof/text.js';
import type { Term } from '../../../src/proof/term.js';
import { budgetOf } from '../../../src/verify/budget.js';
import { limitOf, tends, type LimitQuestion } from '../../../src/verify/limits/limit.js';
import { variablesOf } from '../../../src/verify/prover/walk.js';
import { decimalOf, holdsAt, type Env } from '../decimal-terms.js';
import { randomFrom } from '../../property/batches.js';
import { conditionOf, termOf } from '../prover/text.js';

const Precise = Decimal.clone({ precision: 60, maxE: 9e15, minE: -9e15 });
const STEPS = 3_000_000;
const PARAMETERS = ['tau', 'eps', 'A', 'B', 'C', 'k'];

/** `tau > 0; A < 0` */
const conditions = (given: string): LimitQuestion['given'] =>
  given
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(conditionOf);

/** `inf`, `-inf`, `2`, `2 from below`, `a from above`. */
function towardOf(text: string): Toward {
  if (text === 'inf' || text === '-inf') return { at: text };
  const [, at = '', side] = /^(.*?)(?: from (below|above))?$/.exec(text) ?? [];
  return { at: termOf(at), side: side === 'below' || side === 'above' ? side : 'both' };
}
const valueOf = (text: string): LimitValue => (text === 'inf' || text === '-inf' ? text : termOf(text));

function asked(given: string, term: string, toward: string): LimitQuestion {
  const read = { given: conditions(given), term: termOf(term), toward: towardOf(toward) };
  const parts = [...read.given, read.term, ...('side' in read.toward ? [read.toward.at] : [])];
  const names = new Set(['x', ...parts.flatMap((part) => [...variablesOf(part)])]);
  return { ...read, variable: 'x', variables: [...names].map((name) => ({ name })) };
}

/** Given, term, toward, value. */
const KNOWN: readonly (readonly [string, string, string, string])[] = [
  ['', '3', 'inf', '3'],
  ['', 'x', 'inf', 'inf'],
  ['', 'x', '-inf', '-inf'],
  ['', 'x ^ 2 - 5 * x', '-inf', 'inf'],
  ['', '(2 * x + 1) / (3 * x - 7)', 'inf', '2 / 3'],
  ['', '(2 * x + 1) / (3 * x - 7)', '-inf', '2 / 3'],
  ['', 'x / (x ^ 2 + 1)', '-inf', '0'],
  ['', 'x ^ 3 / (x ^ 2 + 1)', '-inf', '-inf'],
  ['', 'exp(x)', '-inf', '0'],
  ['', 'exp(x)', 'inf', 'inf'],
  ['', 'exp(-x) * x ^ 7', 'inf', '0'],
  ['', 'exp(x) / x ^ 3', 'inf', 'inf'],
  ['', 'sigmoid(x)', 'inf', '1'],
  ['', 'sigmoid(x)', '-inf', '0'],
  ['', 'tanh(x)', '-inf', '-1'],
  ['', 'softplus(x)', '-inf', '0'],
  ['', 'softplus(x)', 'inf', 'inf'],
  ['', 'softplus(x) - x', 'inf', '0'],
  ['', 'x * sigmoid(-x)', 'inf', '0'],
  ['', 'x * sigmoid(x)', '-inf', '0'],
  ['', 'log(x) / x', 'inf', '0'],
  ['', 'log(x ^ 2 + 1) - 2 * log(x)', 'inf', '0'],
  ['', 'log(1 + exp(3 * x)) / x', 'inf', '3'],
  ['', 'sqrt(x ^ 2 + x) - x', 'inf', '1 / 2'],
  ['', '(exp(x) - exp(-x)) / (exp(x) + exp(-x))', 'inf', '1'],
  ['', 'exp(x + log(2)) / exp(x)', 'inf', '2'],
  ['tau > 0', '-1 / (tau * (1 + exp(x / tau)))', 'inf', '0'],
  ['tau > 0', '-1 / (tau * (1 + exp(x / tau)))', '-inf', '-1 / tau'],
  ['tau > 0; C >= 0', 'exp(x / tau) / (tau * (1 + C + exp(x / tau)))', 'inf', '1 / tau'],
  ['tau > 0; C >= 0', 'exp(x / tau) / (tau * (1 + C + exp(x / tau)))', '-inf', '0'],
  ['tau > 0; C > 0', '-1 / (tau * (C * exp(x / tau) + 1))', 'inf', '0'],
  ['tau > 0', 'exp(x / tau) / exp(2 * x / tau)', 'inf', '0'],
  ['tau > 1', 'exp(x / tau) / exp(x)', 'inf', '0'],
  ['tau > 0; tau < 1', 'exp(x / tau) / exp(x)', 'inf', 'inf'],
  ['tau > 0; tau < 1', 'exp(x / tau) / exp(x)', '-inf', '0'],
  ['k > 0', 'exp(x) ^ k', '-inf', '0'],
  ['k > 0', 'x * exp(-k * x)', 'inf', '0'],
  ['A > 0', 'A * x', 'inf', 'inf'],
  ['A < 0', 'A * x', 'inf', '-inf'],
  ['A == 0', 'A * x + 2', 'inf', '2'],
  ['', 'A * exp(-x)', 'inf', '0'],
  ['A > 0', 'A * exp(x) / (1 + exp(x))', 'inf', 'A'],
  ['eps > 0; eps < 1', 'min(exp(x), 1 + eps)', 'inf', '1 + eps'],
  ['eps > 0; eps < 1', 'clip(exp(x), 1 - eps, 1 + eps)', '-inf', '1 - eps'],
  ['eps > 0; eps < 1; A > 0', 'min(exp(x) * A, clip(exp(x), 1 - eps, 1 + eps) * A)', '-inf', '0'],
  ['eps > 0; eps < 1; A < 0', 'min(exp(x) * A, clip(exp(x), 1 - eps, 1 + eps) * A)', '-inf', '(1 - eps) * A'],
  ['eps > 0; A > 0', 'if exp(x) * A <= (1 + eps) * A then -A * exp(x) else 0', 'inf', '0'],
  ['A > 0', 'if A * x > 3 then 1 else 2', 'inf', '1'],
  ['A < 0', 'if A * x > 3 then 1 else 2', 'inf', '2'],
  ['', 'abs(x) / x', '-inf', '-1'],
  ['', 'max(x, -x) - abs(x)', '-inf', '0'],
  ['', 'if x > 100 and x > 7 then exp(-x) else x', 'inf', '0'],
  ['', 'if x > 100 or A > 0 then 4 else x', 'inf', '4'],
  ['tau > 0', 'exp(x) * sigmoid(tau * (exp(x) - 1)) * sigmoid(-tau * (exp(x) - 1))', 'inf', '0'],
  ['tau > 0', 'exp(x) * sigmoid(tau * (exp(x) - 1)) * sigmoid(-tau * (exp(x) - 1))', '-inf', '0'],
  ['tau > 0', 'exp(-tau * exp(x)) * exp(5 * x)', 'inf', '0'],
  ['', 'exp(x)', '0', '1'],
  ['', 'x ^ 2 + 1', '3', '10'],
  ['', '(exp(x) - 1) / x', '0', '1'],
  ['', '1 / x', '0 from above', 'inf'],
  ['', '1 / x', '0 from below', '-inf'],
  ['', 'x * log(x)', '0 from above', '0'],
  ['', 'log(x)', '0 from above', '-inf'],
  ['', 'if x > 2 then 5 else x', '2 from below', '2'],
  ['', 'if x > 2 then 5 else x', '2 from above', '5'],
  ['', 'if x > 2 then 5 else x + 3', '2', '5'],
  ['', 'if exp(x) >= 1 then 1 else 0', '0 from below', '0'],
  ['', 'if exp(x) >= 1 then 1 else 0', '0 from above', '1'],
  ['x <= 0', '1 - exp(x)', '0 from below', '0'],
  ['', '(1 - exp(x)) / x', '-inf', '0'],
  ['B > 0', '(x ^ 2 - B ^ 2) / (x - B)', 'B', '2 * B'],
];

/** Nobody may say anything here: oscillation is not of the language, but cases, gaps and unknown growth are. */
const UNKNOWN: readonly (readonly [string, string, string, string])[] = [
  ['A != 0', 'A * x', 'inf', 'the sign of A decides'],
  ['tau > 0', 'exp(x / tau) / exp(x)', 'inf', 'tau may be above and below 1'],
  ['', 'if x > 2 then 5 else x', '2', 'the sides differ'],
  ['', '1 / x', '0', 'the sides differ'],
  ['C >= 0; tau > 0', '-1 / (tau * (C * exp(x / tau) + 1))', 'inf', 'C may be 0'],
  ['', 'log(x)', '-inf', 'it is not defined there'],
  ['', 'sqrt(x)', '-inf', 'it is not defined there'],
  ['x <= 4', 'exp(-x)', 'inf', 'the hypotheses end on the way'],
  ['x != 2; x <= 1', 'x', '2', 'the hypotheses end before the point'],
];

/** What it does not tend to. */
const FALSE: readonly (readonly [string, string, string, string])[] = [
  ['tau > 0', '-1 / (tau * (1 + exp(x / tau)))', '-inf', '0'],
  ['', 'x', 'inf', '-inf'],
  ['', 'sigmoid(x)', 'inf', '2'],
  ['C >= 0', '1 / (C * exp(x) + 1)', 'inf', '0'],
  ['', 'A * exp(-x) + B', 'inf', '0'],
  ['eps > 0', 'min(exp(x), 1 + eps)', 'inf', '1'],
];

/** Derivations end in limits, or where nothing is left to consider. */
function leaves(proof: Derivation): readonly string[] {
  if (proof.rule === 'cases') return [...leaves(proof.then), ...leaves(proof.else)];
  return proof.rule === 'have' ? leaves(proof.then) : [proof.rule];
}

const VALUES = ['0.4', '0.9', '1.7', '-0.6', '-2', '0'];
/** Values of the parameters that satisfy what is given, x apart. */
function* settings(given: LimitQuestion['given']): Iterable<ReadonlyMap<string, Decimal>> {
  const free = given.filter((one) => !variablesOf(one).has('x'));
  const random = randomFrom(7);
  for (let draw = 0; draw < 120; draw += 1) {
    const values = PARAMETERS.map((name) => {
      const value = VALUES[Math.floor(random() * VALUES.length)] ?? '1';
      return [name, new Precise(value)] as const;
    });
    const variables = new Map(values);
    if (free.every((one) => holdsAt(one, { variables }))) yield variables;
  }
}
const FAR = ['400', '4000', '40000'];
const near = (toward: Toward, env: Env): readonly Decimal[] => {
  if (!('side' in toward)) return FAR.map((far) => new Precise(far).times(toward.at === 'inf' ? 1 : -1));
  const at = new Precise(decimalOf(toward.at, env));
  const sides = toward.side === 'both' ? [-1, 1] : [toward.side === 'below' ? -1 : 1];
  return sides.map((side) => at.plus(new Precise('1e-25').times(side)));
};

function agrees(
  term: Term,
  toward: Toward,
  value: LimitValue,
  variables: ReadonlyMap<string, Decimal>,
): boolean {
  return near(toward, { variables }).every((x, at, all) => {
    const there = decimalOf(term, { variables: new Map([...variables, ['x', x]]) });
    if (typeof value === 'string') {
      const isFar = at < all.length - 1 || there.abs().greaterThan('side' in toward ? 40 : 1000);
      return isFar && there.isNegative() === (value === '-inf');
    }
    const gap = there.minus(decimalOf(value, { variables })).abs();
    return at < all.length - 1 && !('side' in toward) ? true : gap.lessThan('1e-3');
  });
}

describe('known limits', () => {
  test.each(KNOWN)('%s: %s as x -> %s is %s', (given, term, toward, value) => {
    const question = asked(given, term, toward);
    const wanted = valueOf(value);
    const outcome = tends(question, wanted, budgetOf(STEPS));
    expect('stuck' in outcome ? outcome.stuck.reason : 'proved').toBe('proved');
    if ('proof' in outcome) expect(new Set(['limit', 'absurd', ...leaves(outcome.proof)]).size).toBe(2);
    let seen = 0;
    for (const variables of settings(question.given)) {
      expect(agrees(question.term, question.toward, wanted, variables)).toBe(true);
      seen += 1;
    }
    expect(seen).toBeGreaterThan(0);
  });
});

test('there are enough of them', () => {
  expect(KNOWN.length).toBeGreaterThanOrEqual(60);
});

describe('limits that depend, or do not exist', () => {
  test.each(UNKNOWN)('%s: %s as x -> %s (%s)', (given, term, toward) => {
    const found = limitOf(asked(given, term, toward), budgetOf(STEPS));
    expect(
      found === undefined ? undefined : typeof found.value === 'string' ? found.value : termText(found.value),
    ).toBeUndefined();
  });
});

describe('what a term does not tend to', () => {
  test.each(FALSE)('%s: %s as x -> %s is not %s', (given, term, toward, value) => {
    expect(tends(asked(given, term, toward), valueOf(value), budgetOf(STEPS))).toHaveProperty('stuck');
  });
});
